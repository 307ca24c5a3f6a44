#include "project/project.hpp"

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "progress/earned_value.hpp"
#include "project/baseline.hpp"
#include "project/checklist.hpp"
#include "project/plan_verbs.hpp"
#include "project/reports.hpp"
#include "project/tracking_verbs.hpp"
#include "record/record_verbs.hpp"
#include "report/project_margin.hpp"
#include "report/waterfall.hpp"
#include "status/status.hpp"

namespace agency::cli {
namespace {

constexpr Argument manager_arguments[] = {
    plan_project, {"EMPLOYEE", N_("Number of the employee who leads it"), true, false, "employee"}};
constexpr Option manager_options[] = {{"effective", "DAY", N_("From when it holds; default today")}};
constexpr Option prestart_options[] = {{"cap", "AMOUNT", N_("Exposure that is allowed"), 0, true},
                                       {"until", "DAY", N_("Last day of the pre-start"), 0, true},
                                       {"reason", "TEXT", N_("Why, and who approved; kept in the trail"), 0, true}};
constexpr Argument tick_arguments[] = {plan_project, {"ITEM", N_("Item of the checklist, as final_invoice_issued")}};
constexpr Option tick_options[] = {{"evidence", "TEXT", N_("What shows that it is done"), 0, true},
                                   {"on", "DAY", N_("Day on which it was done; default today")},
                                   {"lesson", "TEXT", N_("What was learned; asked for with lessons_recorded")},
                                   {"approved_by",
                                    "EMPLOYEE",
                                    N_("Who lets be what the books find open, another than the manager"),
                                    0,
                                    false,
                                    false,
                                    {},
                                    "employee"}};
constexpr std::string_view
    manager_examples[] = {"agency project assign-manager P-2026-01 E007 --effective 2026-04-01"},
    prestart_examples[] =
        {"agency project approve-prestart P-2026-01 --cap 20000 --until 2026-04-30 --reason 'GM, e-mail'"},
    tick_examples[] =
        {"agency project tick P-2026-01 survey_sent --evidence 'mail of 2026-05-02'",
         "agency project tick P-2026-01 lessons_recorded --evidence 'minutes of 2026-05-04' --lesson 'Ask "
         "for the samples before the quotation'",
         "agency project tick P-2026-01 accounts_settled --evidence 'to collection' --approved-by E001"},
    list_examples[] = {"agency project list --where 'slip_days > 0' --sort -slip_days",
                       "agency project list --columns +spi,+cpi --where 'spi < 0.9'",
                       "agency project list --as-of 2026-06-30 --format csv"};

Outcome list(Invocation& in) {
    const auto keys = status::tracked_keys();
    Grid none;  // a wrong name is told with all that there are
    none.columns = status::tracked_columns();
    shape(none, in.globals.shaping);
    const bool tracks = in.has("tracking") || names_any(in.globals.shaping, keys);
    auto outcome = Outcome::of(tracks ? status::tracked_ledger(in.workspace(), in.as_of())
                                      : project::ledger(in.workspace(), in.as_of()));
    if (!in.has("tracking")) outcome.report.hidden = keys;
    const auto& rows = outcome.report.rows;
    const auto problem = static_cast<std::size_t>(rows.find("problem"));
    for (std::size_t r = 0; r < rows.rows(); ++r)
        if (const Cell& cell = rows.cell(r, problem); !cell.null)
            in.tell(say("warning: {text}", fmt::arg("text", cell.text())));
    return outcome;
}

Outcome check(Invocation& in) {
    auto outcome = Outcome::of(project::findings(in.workspace(), in.as_of()));
    if (outcome.report.rows.rows() > 0) outcome.exit = Exit::condition;
    return outcome;
}

Outcome assign_manager(Invocation& in) {
    const auto p = in.resolve(project::record(), in.argument(0));
    const auto e = in.resolve(employee::record(), in.argument(1));
    project::assign_manager(in.workspace(), p, e, in.day("effective"), in.command_line);
    return done(in, "project", p, N_("assigned"), e);
}

Outcome approve_prestart(Invocation& in) {
    const auto p = in.resolve(project::record(), in.argument(0));
    project::approve_prestart(in.workspace(), p, in.get("cap"), *in.day("until"), in.get("reason"), in.command_line);
    return done(in, "project", p, N_("approved"));
}

Outcome baseline(Invocation& in) {
    const auto p = in.resolve(project::record(), in.argument(0));
    project::set_first_baseline(in.workspace(), p, in.command_line);
    return done(in, "project", p, N_("baselined"));
}

Outcome checklist(Invocation& in) {
    return Outcome::of(project::checklist(in.workspace(), in.resolve(project::record(), in.argument(0)), in.as_of()));
}

Outcome tick(Invocation& in) {
    const auto p = in.resolve(project::record(), in.argument(0));
    std::vector<std::pair<std::string, std::string>> texts{
        {"project", p}, {"item", std::string(in.argument(1))}, {"evidence", std::string(in.get("evidence"))}};
    if (in.has("lesson")) texts.emplace_back("lesson", in.get("lesson"));
    if (const auto day = in.day("on")) texts.emplace_back("done_on", to_string(*day));
    if (in.has("approved_by")) texts.emplace_back("approved_by", in.resolve(employee::record(), in.get("approved_by")));
    ImportOptions options;
    options.command = in.command_line;
    options.path = p;
    add_record(in.workspace(), closeout::record(), *closeout::row_rules(), texts, options, [](const Problem&) {});
    return done(in, "project", p, N_("ticked"), in.argument(1));
}

constexpr Verb verbs[] = {
    {"list",
     N_("The ledger: projects with client, manager, baseline and forecast end; progress, earned value, billing and "
        "colour "
        "of each where a column of them is named"),
     list,
     {},
     ledger_options,
     list_examples,
     Needs::read,
     true,
     status::tracked_columns},
    {"check",
     N_("What is wrong with open projects: manager, mandate, plan, baseline; exit 1 when something is"),
     check,
     {},
     plan_as_of_options,
     {},
     Needs::read,
     true,
     project::findings_columns},
    {"assign-manager", N_("Name the one employee who leads it"), assign_manager, manager_arguments, manager_options,
     manager_examples, Needs::write},
    {"approve-prestart", N_("Let work begin before the contract is effective, up to a cap and a day"), approve_prestart,
     plan_code, prestart_options, prestart_examples, Needs::write},
    {"plan-import", N_("Enter the plan: CSV, JSONL, XLSX or Microsoft Project's XML"), plan_import,
     plan_import_arguments, plan_import_options, plan_import_examples, Needs::write},
    {"plan-export", N_("Write the plan: csv, jsonl, or mspdi for Microsoft Project"), plan_export, plan_code,
     plan_export_options, plan_export_examples, Needs::read, true, project::plan_columns},
    {"plan-list",
     N_("The tasks of the plan"),
     plan_list,
     plan_code,
     plan_as_of_options,
     {},
     Needs::read,
     true,
     project::plan_columns},
    {"baseline",
     N_("Set the plan as its first baseline; later ones come of change requests"),
     baseline,
     plan_code,
     {},
     {},
     Needs::write},
    {"schedule", N_("The critical path: early and late times, floats and days of every task"), schedule, plan_code,
     schedule_options, schedule_examples, Needs::read, true, project::schedule_columns},
    {"pert", N_("Expected length by three estimates, and how sure it is"), pert, plan_code, pert_options, pert_examples,
     Needs::read},
    {"load",
     N_("Hours asked of each person by week, of all running projects; what is too much is told"),
     resource_load,
     {},
     load_options,
     load_examples,
     Needs::read,
     true,
     project::load_columns},
    {"level", N_("A proposal within everybody's hours: when each task would start"), level, plan_code,
     plan_as_of_options, level_examples, Needs::read, true, project::levelled_columns},
    {"level-apply",
     N_("Write the proposal of level: what is shifted starts no earlier than its day"),
     level_apply,
     plan_code,
     {},
     {},
     Needs::write},
    {"checklist",
     N_("What must be done before it is closed, and what is open of it"),
     checklist,
     plan_code,
     plan_as_of_options,
     {},
     Needs::read,
     true,
     project::checklist_columns},
    {"progress", N_("Say how far a task is"), measure, progress_arguments, progress_options, progress_examples,
     Needs::write},
    {"evm", N_("Earned value by a day: planned, earned, actual, indices and forecasts"), evm, plan_code, evm_options,
     evm_examples, Needs::read, true, progress::evm_columns},
    {"curve", N_("The curves of planned, earned and actual value"), curve, plan_code, curve_options, curve_examples,
     Needs::read, true, progress::curve_columns},
    {"status", N_("The status report, for the client or for the house"), status_report, plan_code, status_options,
     status_examples, Needs::read},
    {"charter", N_("What was agreed when it began: scope, manager, sponsor, budget, milestones, team, and its gates"),
     charter, plan_code, plan_as_of_options, charter_examples, Needs::read},
    {"budget", N_("Budget, what is committed and spent, and what is left"), budget, maybe_project, budget_options,
     budget_examples, Needs::read, true, status::budget_columns},
    {"margin", N_("What projects earned for the house: net revenue, labour, other cost, beside what was expected"),
     margin, margin_project, margin_options, margin_examples, Needs::read, true, project_margin_columns},
    {"waterfall", N_("From the contract's amount through what is earned and billed to what is received"),
     revenue_waterfall, waterfall_project, waterfall_options, waterfall_examples, Needs::read, true, waterfall_columns},
    {"tick", N_("Say with evidence that an item of the checklist is done"), tick, tick_arguments, tick_options,
     tick_examples, Needs::write},
};

}  // namespace

extern const Noun project_noun{
    "project",         N_("Projects, their plans and schedules"), verbs, project::record, project::row_rules, nullptr,
    &project::workflow};
extern const Noun task_noun{"task", N_("Tasks of plans"), {}, task::record, task::row_rules, task::void_task};
extern const Noun baseline_noun{"baseline", N_("Agreed versions of plans"), {}, baseline::record};
extern const Noun closeout_noun{
    "closeout", N_("Items of close-out checklists that are done"), {}, closeout::record, closeout::row_rules};

}  // namespace agency::cli
