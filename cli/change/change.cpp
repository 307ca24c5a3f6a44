#include "app/command.hpp"
#include "base/translate.hpp"
#include "change/change_request.hpp"

namespace agency::cli {

extern const Noun change_noun{
    "change",         N_("Requests to change a project's baseline"), {}, change::record, change::row_rules, nullptr,
    &change::workflow};

}  // namespace agency::cli
