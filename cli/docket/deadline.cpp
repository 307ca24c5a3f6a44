#include "app/command.hpp"
#include "base/translate.hpp"
#include "docket/rule.hpp"

namespace agency::cli {

extern const Noun deadline_noun{
    "deadline", N_("Rules of deadlines, by packs; docket runs by them"), {}, docket::rule_record, docket::rule_rules};

}  // namespace agency::cli
