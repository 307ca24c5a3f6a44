#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/record_verbs.hpp"
#include "timesheet/report.hpp"

namespace agency::cli {
namespace {

constexpr std::string_view kinds[] = {"billable", "non_billable", "training"};
constexpr std::string_view groups[] = {"employee", "unit", "project"};
constexpr Argument number[] = {
    {"NUMBER", N_("Number of the entry, or a prefix that only one has"), true, false, "time"}};
constexpr Argument maybe_number[] = {
    {"NUMBER", N_("Number of the entry; without it all of --employee, --project, --from, --to"), false, false, "time"}};
constexpr Option start_options[] = {
    {"employee", "NUMBER", N_("Who works"), 0, true, false, {}, "employee"},
    {"project", "CODE", N_("For which project; without it for the house"), 0, false, false, {}, "project"},
    {"wbs", "CODE", N_("The task of the project")},
    {"kind", "WORD", N_("billable, non_billable or training"), 0, false, false, kinds},
    {"note", "TEXT", N_("What is done")}};
constexpr std::string_view start_examples[] = {"agency time start --employee E001 --project P-2026-01 --wbs 1.2"};
constexpr Option stop_options[] = {{"employee", "NUMBER", N_("Whose timer"), 0, true, false, {}, "employee"}};
constexpr Option select_options[] = {{"employee", "NUMBER", N_("Only of this person"), 0, false, false, {}, "employee"},
                                     {"project", "CODE", N_("Only of this project"), 0, false, false, {}, "project"},
                                     {"from", "DAY", N_("Worked on this day or later")},
                                     {"to", "DAY", N_("Worked on this day or earlier")}};
constexpr Option return_options[] = {{"reason", "TEXT", N_("Why; kept in the trail"), 0, true},
                                     {"employee", "NUMBER", N_("Only of this person"), 0, false, false, {}, "employee"},
                                     {"project", "CODE", N_("Only of this project"), 0, false, false, {}, "project"},
                                     {"from", "DAY", N_("Worked on this day or later")},
                                     {"to", "DAY", N_("Worked on this day or earlier")}};
constexpr std::string_view submit_examples[] = {"agency time submit --employee E001 --from 2026-03-02 --to 2026-03-08"};
constexpr std::string_view approve_examples[] = {"agency time approve --project P-2026-01 --to 2026-03-08"};
constexpr Option reverse_options[] = {{"reason", "TEXT", N_("Why; kept with the entry"), 0, true}};
constexpr Option report_options[] = {
    {"from", "DAY", N_("First day worked; default the first of the month")},
    {"to", "DAY", N_("Last day worked; default today")},
    {"by", "KEY", N_("employee (default) or unit: utilization; project: realization"), 0, false, false, groups},
    {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr std::string_view report_examples[] = {"agency time report --from 2026-03-01 --to 2026-03-31",
                                                "agency time report --by project --from 2026-01-01"};

Outcome start(Invocation& in) {
    timesheet::Start s{in.resolve(employee::record(), in.get("employee")), "", std::string(in.get("wbs")),
                       std::string(in.get("kind")), std::string(in.get("note"))};
    if (in.has("project")) s.project = in.resolve(project::record(), in.get("project"));
    const auto ref = timesheet::start(in.workspace(), s, in.command_line);
    return done(in, timesheet::record().noun, ref, N_("started"));
}

Outcome stop(Invocation& in) {
    const auto ref =
        timesheet::stop(in.workspace(), in.resolve(employee::record(), in.get("employee")), in.command_line);
    return done(in, timesheet::record().noun, ref, N_("stopped"));
}

Outcome advance(Invocation& in) {
    timesheet::Selection which;
    if (!in.arguments.empty()) which.number = in.resolve(timesheet::record(), in.argument(0));
    if (in.has("employee")) which.employee = in.resolve(employee::record(), in.get("employee"));
    if (in.has("project")) which.project = in.resolve(project::record(), in.get("project"));
    which.from = in.day("from");
    which.to = in.day("to");
    return Outcome::of(timesheet::advance(in.workspace(), in.verb->name, which, in.get("reason"), in.command_line));
}

Outcome reverse(Invocation& in) {
    const auto ref = in.resolve(timesheet::record(), in.argument(0));
    const auto opposite = timesheet::reverse(in.workspace(), ref, in.get("reason"), in.command_line);
    return done(in, timesheet::record().noun, ref, N_("reversed"), opposite);
}

Outcome report(Invocation& in) {
    auto& w = in.workspace();
    timesheet::ReportOptions o;
    o.to = in.day("to").value_or(w.today());
    o.from = in.day("from").value_or(o.to.first_of_month());
    if (o.to < o.from)
        throw Error(Exit::usage, tr("the last day lies before the first"), tr("exchange --from and --to"))
            .with_field("to");
    o.when = in.as_of();
    if (in.has("by")) o.by = in.get("by");
    return Outcome::of(timesheet::utilization(w, o));
}

constexpr Verb verbs[] = {
    {"start", N_("Start a timer; a person has one at most"), start, {}, start_options, start_examples, Needs::write},
    {"stop",
     N_("Stop the timer; its time goes to the nearest quarter of an hour"),
     stop,
     {},
     stop_options,
     {},
     Needs::write},
    {"submit", N_("Hand in for approval: one entry, or all of a person or some days"), advance, maybe_number,
     select_options, submit_examples, Needs::write},
    {"approve", N_("Approve; from then on only a reversing entry changes it"), advance, maybe_number, select_options,
     approve_examples, Needs::write},
    {"return",
     N_("Give back what was submitted, with a reason"),
     advance,
     maybe_number,
     return_options,
     {},
     Needs::write},
    {"reverse",
     N_("Enter the opposite of an approved entry; done by whoever may approve it"),
     reverse,
     number,
     reverse_options,
     {},
     Needs::write},
    {"report",
     N_("Utilization of people or units, or realization of projects"),
     report,
     {},
     report_options,
     report_examples,
     Needs::read,
     true,
     timesheet::utilization_columns},
};

}  // namespace

extern const Noun time_noun{"time",
                            N_("Hours worked, by day, person and task"),
                            verbs,
                            timesheet::record,
                            timesheet::row_rules,
                            timesheet::void_entry,
                            &timesheet::workflow};

}  // namespace agency::cli
