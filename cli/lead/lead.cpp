#include "lead/lead.hpp"

#include "app/command.hpp"
#include "base/translate.hpp"
#include "lead/lifecycle.hpp"

namespace agency::cli {

extern const Noun lead_noun{.name = "lead",
                            .summary = N_("Leads: what may become business"),
                            .record = lead::record,
                            .rules = lead::row_rules,
                            .workflow = &lead::lifecycle};

}  // namespace agency::cli
