#include "contact/contact.hpp"

#include "app/invocation.hpp"
#include "base/translate.hpp"

namespace agency::cli {

extern const Noun contact_noun{.name = "contact",
                               .summary = N_("Persons at clients, with their consent"),
                               .record = contact::record,
                               .rules = contact::row_rules};

}  // namespace agency::cli
