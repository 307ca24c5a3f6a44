#include "raid/raid.hpp"

#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "record/fail_if.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr std::string_view kinds[] = {"risk", "assumption", "issue", "dependency"};
constexpr Option list_options[] = {
    {"project", "CODE", N_("Only of this project"), 0, false, false, {}, "project"},
    {"kind", "WORD", N_("risk, assumption, issue or dependency"), 0, false, false, kinds},
    {"escalated", "", N_("Only what was not answered or solved in time")},
    {"all", "", N_("Also what is closed")},
    {"as_of", "DAY", N_("As it was on that day; default today")},
    {"known_at", "INSTANT", N_("As it was known then; default now")},
    {"fail_if", "COND", N_("Exit 1 when a row holds, e.g. 'level > 0'")},
};
constexpr std::string_view list_examples[] = {"agency raid list --project P-2026-01",
                                              "agency raid list --escalated --fail-if 'level > 0'"};

Outcome list(Invocation& in) {
    raid::ListOptions o;
    o.when = in.as_of();
    o.now = raid::clock_at(in.workspace(), o.when);
    if (in.has("project")) o.project = in.resolve(project::record(), in.get("project"));
    o.kind = in.get("kind");
    o.all = in.has("all");
    o.escalated = in.has("escalated");
    auto outcome = Outcome::of(raid::list(in.workspace(), o));
    fail_if_row(in, outcome);
    return outcome;
}

constexpr Verb verbs[] = {
    {"list",
     N_("What is open, the worst first; what is late has gone up a level"),
     list,
     {},
     list_options,
     list_examples,
     Needs::read,
     true,
     raid::list_columns},
};

}  // namespace

extern const Noun raid_noun{"raid",          N_("Risks, assumptions, issues and dependencies of projects"),
                            verbs,           raid::record,
                            raid::row_rules, nullptr,
                            &raid::workflow};

}  // namespace agency::cli
