// 项目任务书: what was agreed when a project began, from the data, and the gates at which it was shown (handbook §3.1).
#include <algorithm>
#include <map>

#include "base/translate.hpp"
#include "checkpoint/checkpoint.hpp"
#include "milestone/milestone.hpp"
#include "project/baseline.hpp"
#include "record/store.hpp"
#include "status/facts.hpp"
#include "status/status.hpp"

namespace agency::status {
namespace {

template <class T>
std::vector<T> all_of(db::Session& db, const Record& r, const Project& p, const AsOf& when) {
    std::vector<T> out;
    each_row_of(db, r, "project", p.id.value, when, [&](const Row& row) {
        if (!row.voided(when.day)) out.push_back(to_struct<T>(r, row));
    });
    return out;
}

std::string_view word_of(const Record& r, std::string_view field, auto value) {
    return r.field(field).words[static_cast<std::size_t>(value)].word;
}

/// The name that a reference had then; empty when there is none.
std::string name_of(db::Session& db, const Record& r, std::string_view field, std::int64_t id, const AsOf& when) {
    const auto row = id ? find_row(db, r, id, when) : std::nullopt;
    return row ? std::string(row->values[r.index(field)].s) : std::string();
}

void add_milestones(Report& report, const std::vector<Milestone>& all) {
    Grid g;
    g.columns = {{"name", CellType::text, "Name", "名称"},
                 {"baseline_on", CellType::day, "Baseline", "基线"},
                 {"forecast_on", CellType::day, "Forecast", "预测"},
                 {"unlocks", CellType::money, "Unlocks", "解锁收款"},
                 {"currency", CellType::text, "Currency", "币种"}};
    for (const Milestone& m : all) {
        g.add_text(m.name);
        g.add_day(m.baseline_on);
        g.add_day(m.forecast_on);
        m.unlocks ? g.add_money(*m.unlocks, m.currency.digits()) : g.add_null();
        m.unlocks ? g.add_text(m.currency.code()) : g.add_null();
    }
    report.parts.emplace_back(N_("milestones"), std::move(g));
}

/// What is handed over, and who works on it, by the plan.
void add_plan(db::Session& db, Report& report, const project::Plan& plan, const AsOf& when) {
    Grid deliverables, team;
    deliverables.columns = {{"wbs", CellType::text, "WBS", "WBS编码"},
                            {"deliverable", CellType::text, "Deliverable", "交付物"},
                            {"acceptance", CellType::text, "Acceptance", "验收标准"}};
    team.columns = {{"employee", CellType::text, "Employee", "员工"},
                    {"name", CellType::text, "Name", "姓名"},
                    {"tasks", CellType::text, "Tasks", "任务"}};
    std::map<std::string, std::string> tasks;
    for (const auto& t : plan.tasks) {
        if (t.group) continue;
        for (const auto& person : t.assigned) tasks[person] += (tasks[person].empty() ? "" : ", ") + t.task.wbs;
        if (t.task.deliverable.empty()) continue;
        deliverables.add_text(t.task.wbs);
        deliverables.add_text(t.task.deliverable);
        deliverables.add_text(t.task.acceptance);
    }
    for (const auto& [person, of] : tasks) {
        const auto row = find_row(db, employee::record(), person, when);
        team.add_text(person);
        team.add_text(row ? to_struct<Employee>(employee::record(), *row).name : std::string());
        team.add_text(of);
    }
    report.parts.emplace_back(N_("deliverables"), std::move(deliverables));
    report.parts.emplace_back(N_("team"), std::move(team));
}

/// The checkpoints with their evidence, and the minutes of those that were meetings.
void add_gates(Report& report, const std::vector<Checkpoint>& all) {
    const Record& r = checkpoint::record();
    Grid g;
    g.columns = {
        {"stage", CellType::word, "Stage", "阶段"},        {"name", CellType::text, "Name", "名称"},
        {"kind", CellType::word, "Kind", "类别"},          {"status", CellType::word, "Status", "状态"},
        {"evidence", CellType::text, "Evidence", "依据"},  {"judged_by", CellType::text, "Judged by", "判定人"},
        {"held_on", CellType::day, "Held", "会议日期"},    {"attendees", CellType::text, "Attendees", "参会人"},
        {"minutes", CellType::text, "Minutes", "会议纪要"}};
    for (const Checkpoint& c : all) {
        g.add_constant(word_of(r, "stage", c.stage));
        g.add_text(c.name);
        g.add_constant(word_of(r, "kind", c.kind));
        g.add_constant(word_of(r, "status", c.status));
        g.add_text(c.evidence);
        g.add_text(c.judged_by);
        c.held_on ? g.add_day(*c.held_on) : g.add_null();
        g.add_text(c.attendees);
        g.add_text(c.minutes);
    }
    report.parts.emplace_back(N_("gates"), std::move(g));
}

}  // namespace

std::vector<std::string> charter_gaps(db::Session& db, const Project& p, const AsOf& when) {
    std::vector<std::string> gaps;
    if (p.scope.empty()) gaps.emplace_back(tr("scope"));
    if (!p.manager) gaps.emplace_back(tr("manager"));
    if (!p.sponsor) gaps.emplace_back(tr("sponsor"));
    if (!p.budget) gaps.emplace_back(tr("budget"));
    if (all_of<Milestone>(db, milestone::record(), p, when).empty()) gaps.emplace_back(tr("milestones"));
    const auto points = all_of<Checkpoint>(db, checkpoint::record(), p, when);
    if (std::none_of(points.begin(), points.end(), [&](const Checkpoint& c) {
            return c.stage <= Checkpoint::Stage::initiated && c.held_on && *c.held_on <= when.day;
        }))
        gaps.emplace_back(tr("kickoff minutes"));
    return gaps;
}

std::string charter_fault(db::Session& db, const Project& p, const AsOf& when) {
    std::string lacks;
    for (const auto& gap : charter_gaps(db, p, when)) lacks += (lacks.empty() ? "" : ", ") + gap;
    if (lacks.empty()) return lacks;
    return say("the charter of project {code} lacks: {lacks}", fmt::arg("code", p.code), fmt::arg("lacks", lacks));
}

Report charter(Workspace& w, std::string_view code, const AsOf& when) {
    auto& db = w.db();
    const auto row = get_row(db, project::record(), code, when);
    const auto p = to_struct<Project>(project::record(), row);
    const auto plan = project::load_plan(db, p.id.value, when);
    const auto base = project::baseline_of(db, p.id.value, when);
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("charter");
    auto& g = report.rows;
    g.columns = {{"project", CellType::text, "Project", "项目代码"},
                 {"name", CellType::text, "Name", "项目名称"},
                 {"client", CellType::text, "Client", "客户"},
                 {"client_name", CellType::text, "Client name", "客户名称"},
                 {"contract", CellType::text, "Contract", "合同编号"},
                 {"contract_title", CellType::text, "Contract title", "合同名称"},
                 {"scope", CellType::text, "Scope", "项目范围"},
                 {"manager", CellType::text, "Manager", "项目经理"},
                 {"manager_name", CellType::text, "Manager name", "项目经理姓名"},
                 {"sponsor", CellType::text, "Sponsor", "项目发起人"},
                 {"sponsor_name", CellType::text, "Sponsor name", "项目发起人姓名"},
                 {"budget", CellType::money, "Budget", "预算"},
                 {"currency", CellType::text, "Currency", "币种"},
                 {"starts_on", CellType::day, "Starts", "开始日期"},
                 {"ends_on", CellType::day, "Ends", "结束日期"},
                 {"baseline", CellType::integer, "Baseline", "基线"},
                 {"stage", CellType::word, "Stage", "阶段"}};
    g.add_text(p.code);
    g.add_text(p.name);
    g.add_text(number_of(db, client::record(), p.client.value));
    g.add_text(name_of(db, client::record(), "name", p.client.value, when));
    g.add_text(number_of(db, contract::record(), p.contract.value));
    g.add_text(name_of(db, contract::record(), "title", p.contract.value, when));
    g.add_text(p.scope);
    for (const auto person : {p.manager, p.sponsor}) {
        g.add_text(number_of(db, employee::record(), person.value));
        g.add_text(name_of(db, employee::record(), "name", person.value, when));
    }
    p.budget ? g.add_money(*p.budget, p.currency.digits()) : g.add_null();
    g.add_text(p.currency.code());
    p.starts_on ? g.add_day(*p.starts_on) : g.add_null();
    base ? g.add_day(base->baseline.ends_on) : plan.tasks.empty() ? g.add_null() : g.add_day(plan.ends_on);
    base ? g.add_integer(base->baseline.version) : g.add_null();
    g.add_constant(word_of(project::record(), "status", p.status));
    add_milestones(report, all_of<Milestone>(db, milestone::record(), p, when));
    add_plan(db, report, plan, when);
    add_gates(report, all_of<Checkpoint>(db, checkpoint::record(), p, when));
    auto fault = charter_fault(db, p, when);
    report.checks.push_back({"charter_is_whole", fault.empty(), fault});
    return report;
}

}  // namespace agency::status
