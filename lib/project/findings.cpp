// What is wrong with open projects on a day: no manager, no mandate, a plan that is none, a baseline that does not add
// up.
#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/baseline.hpp"
#include "project/own_fault.hpp"
#include "project/reports.hpp"
#include "project/settings.hpp"
#include "status/facts.hpp"

namespace agency::project {
namespace {

class Findings {
public:
    explicit Findings(Grid& g) : g_(g) { g.columns = findings_columns(); }
    void add(const Project& p, std::string_view rule, const std::string& text) {
        if (text.empty()) return;
        g_.add_text(p.code);
        g_.add_text(rule);
        g_.add_text(text);
    }

private:
    Grid& g_;
};

void check_plan(db::Session& db, const Project& p, const AsOf& when, WorkDays& days, Findings& out) {
    const Breakdown all = breakdown_of(db, p.id.value, when);
    bool sound = true;
    examine(
        all, p.currency.digits(),
        [&](const Part& part, std::string_view, std::string_view rule, Exit, const std::string& message) {
            out.add(p, rule, part.task.wbs + ": " + message);
            sound = false;
        },
        p.status >= Project::Status::planned ? Entered::wholly : Entered::partly);
    if (!sound) return;
    std::string late;
    for (const PlanTask& t : load_plan(db, p.id.value, when, days).tasks)
        if (!t.group && t.times.total_float < 0) late += (late.empty() ? "" : ", ") + t.task.wbs;
    if (!late.empty()) out.add(p, "", say("imposed days cannot be kept by: {tasks}", fmt::arg("tasks", late)));
}

/// Leaves that do not say what they hand over and by what it is accepted; empty when all do.
std::string without_acceptance(db::Session& db, const Project& p, const AsOf& when) {
    const Breakdown all = breakdown_of(db, p.id.value, when);
    std::set<std::string_view> groups;
    for (const auto& [wbs, part] : all) groups.insert(wbs_parent(wbs));
    std::string out;
    for (const auto& [wbs, part] : all)
        if (!groups.contains(wbs) && !part.task.milestone &&
            (part.task.deliverable.empty() || part.task.acceptance.empty()))
            out += (out.empty() ? "" : ", ") + wbs;
    return out.empty() ? out : say("no deliverable or acceptance criterion: {tasks}", fmt::arg("tasks", out));
}

/// What is kept of a baseline is what its plan gives.
void check_baseline(db::Session& db, const Project& p, const AsOf& when, WorkDays& days, Findings& out) {
    const auto base = baseline_of(db, p.id.value, when);
    if (!base) return;
    const auto plan = load_plan(db, p.id.value, base->when, days);
    if (plan.length != base->baseline.length || plan.cost != base->baseline.cost ||
        plan.ends_on != base->baseline.ends_on)
        out.add(p, "PRJ-005",
                say("baseline {number} is not the plan of {day}", fmt::arg("number", base->baseline.number),
                    fmt::arg("day", to_string(base->baseline.set_on))));
}

}  // namespace

std::vector<GridColumn> findings_columns() {
    return {{"project", CellType::text, "Project", "项目编号"},
            {"rule", CellType::text, "Rule", "规则"},
            {"finding", CellType::text, "Finding", "问题"}};
}

Report findings(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    std::vector<Project> open;
    each_row(db, record(), when, [&](const Row& row) {
        auto p = to_struct<Project>(record(), row);
        if (!row.voided(when.day) && p.open()) open.push_back(std::move(p));
    });
    Report report;
    report.name = N_("findings");
    Findings out(report.rows);
    WorkDays days(db);
    for (const Project& p : open) {
        const bool runs = p.status >= Project::Status::initiated;
        try {
            if (runs) out.add(p, "PRJ-001", manager_fault(db, p, when));
            // What is being closed goes on after the contract has ended.
            if (runs && p.status < Project::Status::closing) out.add(p, "PRJ-002", mandate_fault(db, p, when));
            check_plan(db, p, when, days, out);
            if (w.rules().flag(want_acceptance) && p.status >= Project::Status::planned)
                out.add(p, "", without_acceptance(db, p, when));
            if (w.rules().text(charter_gate) != "off" && runs)
                out.add(p, "PRJ-008", status::charter_fault(db, p, when));
            check_baseline(db, p, when, days, out);
        } catch (const Error& e) {
            own_fault(p.code, e);
            out.add(p, e.rule, e.what());
        }
    }
    return report;
}

}  // namespace agency::project
