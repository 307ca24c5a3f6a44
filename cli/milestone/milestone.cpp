#include "milestone/milestone.hpp"

#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr Argument number[] = {
    {"NUMBER", N_("Number of the milestone, or a prefix that only one has"), true, false, "milestone"}};
constexpr Option list_options[] = {{"project", "CODE", N_("Only of this project"), 0, false, false, {}, "project"},
                                   {"as_of", "DAY", N_("As it was on that day; default today")},
                                   {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr std::string_view list_examples[] = {"agency milestone list --project P-2026-01",
                                              "agency milestone list --where 'slip_days > 0' --format ics"};
constexpr Option reach_options[] = {{"evidence", "TEXT", N_("What shows it"), 0, true},
                                    {"on", "DAY", N_("When; default today")}};
constexpr std::string_view reach_examples[] = {
    "agency milestone reach P-2026-01/初稿 --evidence '客户邮件 2026-05-08'"};

Outcome list(Invocation& in) {
    const auto project = in.has("project") ? in.resolve(project::record(), in.get("project")) : std::string();
    return Outcome::of(
        milestone::list(in.workspace(), in.as_of(), in.day("as_of").value_or(in.workspace().today()), project));
}

Outcome reach(Invocation& in) {
    const auto ref = in.resolve(milestone::record(), in.argument(0));
    milestone::reach(in.workspace(), ref, in.day("on").value_or(in.workspace().today()), in.get("evidence"),
                     in.command_line);
    return done(in, milestone::record().noun, ref, N_("reached"));
}

constexpr Verb verbs[] = {
    {"list",
     N_("Milestones with their slip and the payments they unlock"),
     list,
     {},
     list_options,
     list_examples,
     Needs::read,
     true,
     milestone::list_columns},
    {"reach", N_("It is reached, with evidence"), reach, number, reach_options, reach_examples, Needs::write},
};

}  // namespace

extern const Noun milestone_noun{"milestone", N_("Milestones of projects"), verbs, milestone::record,
                                 milestone::row_rules};

}  // namespace agency::cli
