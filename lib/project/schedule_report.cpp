#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/baseline.hpp"
#include "project/mspdi.hpp"
#include "project/reports.hpp"
#include "project/settings.hpp"
#include "record/report_as_of.hpp"

namespace agency::project {
namespace {

void add(Grid& g, const std::optional<std::int64_t>& n) {
    n ? g.add_integer(*n) : g.add_null();
}

std::int64_t id_of(db::Session& db, std::string_view code, const AsOf& when) {
    return get_row(db, record(), code, when).id;
}

}  // namespace

std::vector<GridColumn> schedule_columns() {
    return {{"wbs", CellType::text, "WBS", "WBS"},
            {"name", CellType::text, "Name", "任务名称"},
            {"duration", CellType::integer, "Duration", "工期"},
            {"es", CellType::integer, "Early start", "最早开始"},
            {"ef", CellType::integer, "Early finish", "最早完成"},
            {"ls", CellType::integer, "Late start", "最迟开始"},
            {"lf", CellType::integer, "Late finish", "最迟完成"},
            {"total_float", CellType::integer, "Total float", "总时差"},
            {"free_float", CellType::integer, "Free float", "自由时差"},
            {"critical", CellType::flag, "Critical", "关键"},
            {"starts_on", CellType::day, "Starts", "开始日期"},
            {"ends_on", CellType::day, "Ends", "完成日期"},
            {"after", CellType::text, "After", "前置任务"},
            {"leave_days", CellType::integer, "Leave, days", "请假停工天数"}};
}

Report schedule(Workspace& w, std::string_view code, const AsOf& when, bool baseline) {
    const auto id = id_of(w.db(), code, when);
    auto at = when;
    Report report = report_as_of("project.schedule", when);
    report.parameters = {{"project", std::string(code)}};
    if (baseline) {
        const auto base = baseline_of(w.db(), id, when);
        if (!base)
            throw Error(Exit::not_found, say("project {code} has no baseline", fmt::arg("code", code)),
                        tr("set one: agency project baseline CODE"))
                .with_ref(code);
        at = base->when;
        report.parameters.emplace_back("baseline", std::to_string(base->baseline.version));
    }
    const auto plan = load_plan(w.db(), id, at);
    report.parameters.emplace_back("length", std::to_string(plan.length));
    report.drawn = true;
    report.narrow = {"wbs", "name", "duration", "starts_on", "ends_on", "critical", "total_float", "es", "ef"};
    report.title = std::string(code) + " " + plan.project.name;
    Grid& g = report.rows;
    g.columns = schedule_columns();
    const auto threshold = w.rules().integer(critical_float);
    std::string late;
    for (const PlanTask& t : plan.tasks) {
        g.add_text(t.task.wbs);
        g.add_text(t.task.name);
        g.add_integer(t.times.early_finish - t.times.early_start);
        for (const auto n : {t.times.early_start, t.times.early_finish, t.times.late_start, t.times.late_finish,
                             t.times.total_float, t.times.free_float})
            g.add_integer(n);
        g.add_flag(t.times.critical(threshold));
        g.add_day(t.starts_on);
        g.add_day(t.ends_on);
        std::string after;
        for (const Predecessor& p : t.after) after += (after.empty() ? "" : ";") + to_text(p);
        g.add_text(after);
        t.group ? g.add_null() : g.add_integer(t.pause);
        if (t.times.total_float < 0 && !t.group) late += (late.empty() ? "" : ", ") + t.task.wbs;
    }
    report.checks.push_back(
        {"constraints", late.empty(),
         late.empty() ? std::string() : say("imposed days cannot be kept by: {tasks}", fmt::arg("tasks", late))});
    return report;
}

std::vector<GridColumn> plan_columns() {
    return {{"wbs", CellType::text, "WBS", "WBS"},
            {"name", CellType::text, "Name", "任务名称"},
            {"duration", CellType::integer, "Duration", "工期"},
            {"effort", CellType::decimal, "Effort", "工作量小时"},
            {"after", CellType::text, "After", "前置任务"},
            {"optimistic", CellType::integer, "Optimistic", "乐观工期"},
            {"likely", CellType::integer, "Likely", "最可能工期"},
            {"pessimistic", CellType::integer, "Pessimistic", "悲观工期"},
            {"assigned", CellType::text, "Assigned", "执行人"},
            {"cost", CellType::money, "Cost", "计划费用"},
            {"weight", CellType::decimal, "Weight", "权重"},
            {"milestone", CellType::flag, "Milestone", "里程碑"},
            {"constraint_type", CellType::word, "Constraint", "限制类型"},
            {"constraint_on", CellType::day, "Constraint day", "限制日期"},
            {"deliverable", CellType::text, "Deliverable", "交付物"},
            {"acceptance", CellType::text, "Acceptance", "验收标准"}};
}

Report plan_rows(Workspace& w, std::string_view code, const AsOf& when) {
    const auto row = get_row(w.db(), record(), code, when);
    const int digits = digits_of(w.db(), record(), row.values);
    Report report;
    report.name = N_("tasks");
    report.parameters = {{"project", std::string(code)}};
    report.narrow = {"wbs", "name", "duration", "after", "assigned", "effort", "cost", "milestone"};
    Grid& g = report.rows;
    g.columns = plan_columns();
    const auto words = task::record().field("constraint_type").words;
    for (const auto& [wbs, part] : breakdown_of(w.db(), row.id, when)) {
        const Task& t = part.task;
        g.add_text(t.wbs);
        g.add_text(t.name);
        add(g, t.duration);
        t.effort ? g.add_decimal(*t.effort, 2) : g.add_null();
        g.add_text(t.after);
        for (const auto& n : {t.optimistic, t.likely, t.pessimistic}) add(g, n);
        g.add_text(t.assigned);
        t.cost ? g.add_money(*t.cost, digits) : g.add_null();
        t.weight ? g.add_decimal(*t.weight, 2) : g.add_null();
        g.add_flag(t.milestone);
        t.constraint_type ? g.add_constant(words[static_cast<std::size_t>(*t.constraint_type)].word) : g.add_null();
        t.constraint_on ? g.add_day(*t.constraint_on) : g.add_null();
        g.add_text(t.deliverable);
        g.add_text(t.acceptance);
    }
    return report;
}

std::string plan_mspdi(Workspace& w, std::string_view code, const AsOf& when) {
    const auto plan = load_plan(w.db(), id_of(w.db(), code, when), when);
    MspdiPlan out{plan.project.name, std::string(plan.project.currency.code()), plan.starts_on, plan.ends_on};
    std::map<std::string, std::string> people;
    std::int64_t scale = 1;  // MSPDI has hundredths whatever the currency
    for (int digits = plan.project.currency.digits(); digits < 2; ++digits) scale *= 10;
    for (const PlanTask& t : plan.tasks) {
        MspdiTask& m = out.tasks.emplace_back();
        m.wbs = t.task.wbs;
        m.name = t.task.name;
        m.group = t.group;
        m.milestone = t.task.milestone;
        m.duration = t.times.early_finish - t.times.early_start - t.pause;
        m.effort = t.task.effort.value_or(0);
        m.cost = t.task.cost.value_or(0) * scale;
        m.starts_on = t.starts_on;
        m.ends_on = t.ends_on;
        m.after = t.after;
        m.assigned = t.assigned;
        if (t.task.constraint_type)
            m.constraint = static_cast<schedule::Constraint>(static_cast<int>(*t.task.constraint_type) + 1);
        m.constraint_on = t.task.constraint_on;
        for (const auto& number : t.assigned) people.emplace(number, "");
    }
    for (auto& [number, name] : people) {
        const auto row = find_row(w.db(), employee::record(), number, when);
        out.people.emplace_back(number, row ? to_struct<Employee>(employee::record(), *row).name : number);
    }
    return to_mspdi(out);
}

}  // namespace agency::project
