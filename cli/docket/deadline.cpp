#include "app/command.hpp"
#include "base/translate.hpp"
#include "docket/rule.hpp"

namespace agency::cli {

extern const Noun deadline_noun{.name = "deadline",
                                .summary = N_("Rules of deadlines, by packs; docket runs by them"),
                                .record = docket::rule_record,
                                .rules = docket::rule_rules,
                                .seed = "deadlines"};

}  // namespace agency::cli
