#include "schedule/pert.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/reports.hpp"

namespace agency::project {
namespace {

/// n / d in ten-thousandths, half up.
std::int64_t quotient(std::int64_t n, std::int64_t d) {
    return static_cast<std::int64_t>((static_cast<__int128>(n) * 20'000 + d) / (2 * d));
}

schedule::Estimate estimate_of(const Plan& plan, std::size_t activity) {
    if (plan.network.activities[activity].passes_on) return {};
    const Task& t = plan.tasks[plan.task_of[activity]].task;
    if (t.optimistic && t.likely && t.pessimistic) return {*t.optimistic, *t.likely, *t.pessimistic};
    const auto d = t.duration.value_or(0);
    return {d, d, d};
}

Grid path_of(const Plan& plan, const schedule::Pert& p, const std::vector<schedule::Estimate>& estimates) {
    Grid g;
    g.columns = {{"wbs", CellType::text, "WBS", "WBS"},
                 {"name", CellType::text, "Name", "任务名称"},
                 {"optimistic", CellType::integer, "Optimistic", "乐观工期"},
                 {"likely", CellType::integer, "Likely", "最可能工期"},
                 {"pessimistic", CellType::integer, "Pessimistic", "悲观工期"},
                 {"expected", CellType::decimal, "Expected", "期望工期"},
                 {"variance", CellType::decimal, "Variance", "方差"}};
    for (const auto a : p.path) {
        if (plan.network.activities[a].passes_on) continue;
        const Task& t = plan.tasks[plan.task_of[a]].task;
        g.add_text(t.wbs);
        g.add_text(t.name);
        for (const auto n : {estimates[a].optimistic, estimates[a].likely, estimates[a].pessimistic}) g.add_integer(n);
        g.add_decimal(quotient(estimates[a].expected_sixths(), 6), 4);
        g.add_decimal(quotient(estimates[a].variance_36(), 36), 4);
    }
    return g;
}

}  // namespace

Report pert(Workspace& w, std::string_view code, const AsOf& when, std::optional<std::int64_t> within) {
    const auto plan = load_plan(w.db(), get_row(w.db(), record(), code, when).id, when);
    std::vector<schedule::Estimate> estimates;
    for (std::size_t a = 0; a < plan.network.activities.size(); ++a) estimates.push_back(estimate_of(plan, a));
    const auto p = schedule::pert(plan.network, plan.order, estimates);
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("pert");
    report.as_of = when.day;
    report.rows.columns = {{"project", CellType::text, "Project", "项目编号"},
                           {"expected", CellType::decimal, "Expected days", "期望工期"},
                           {"variance", CellType::decimal, "Variance", "方差"},
                           {"deviation", CellType::decimal, "Standard deviation", "标准差"},
                           {"within", CellType::integer, "Within days", "给定天数"},
                           {"probability", CellType::ratio, "Probability", "完成概率"},
                           {"p50", CellType::decimal, "Days kept with 50 %", "50% 可靠天数"},
                           {"p80", CellType::decimal, "Days kept with 80 %", "80% 可靠天数"},
                           {"p90", CellType::decimal, "Days kept with 90 %", "90% 可靠天数"},
                           {"p95", CellType::decimal, "Days kept with 95 %", "95% 可靠天数"}};
    Grid& g = report.rows;
    g.add_text(code);
    g.add_decimal(quotient(p.mean_sixths, 6), 4);
    g.add_decimal(quotient(p.variance_36, 36), 4);
    g.add_decimal(schedule::deviation(p.variance_36), 4);
    within ? g.add_integer(*within) : g.add_null();
    within ? g.add_rate(schedule::probability(p, *within * 6)) : g.add_null();
    for (const std::int64_t ppm : {500'000, 800'000, 900'000, 950'000}) g.add_decimal(schedule::length_at(p, ppm), 4);
    report.parts.emplace_back(N_("path"), path_of(plan, p, estimates));
    return report;
}

}  // namespace agency::project
