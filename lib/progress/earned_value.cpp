#include "progress/earned_value.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "cost/facts.hpp"
#include "progress/facts.hpp"
#include "progress/progress.hpp"
#include "progress/settings.hpp"
#include "record/report_as_of.hpp"
#include "record/store.hpp"
#include "timesheet/time_entry.hpp"

namespace agency::progress {
namespace {

/// What was spent, hours and posted costs.
struct Spent {
    struct Work {
        Date day;
        std::int64_t hours;
        const HourlyRate* rate;  ///< nullptr: none
    };
    std::vector<Work> work;
    std::vector<cost::Posting> posted;
    Currency currency;

    std::int64_t posted_by(Date day) const {
        std::int64_t sum = 0;
        for (const auto& p : posted)
            if (p.day <= day && p.amount.currency == currency) sum = add_checked(sum, p.amount.minor);
        return sum;
    }
    /// Hours are rounded once, all together.
    std::int64_t by(Date day) const {
        __int128 sum = 0;
        for (const auto& w : work)
            if (w.day <= day && w.rate) sum += static_cast<__int128>(w.hours) * w.rate->amount;
        return add_checked(timesheet::worth(sum), posted_by(day));
    }
};

Spent spent_on(Basis& basis, const Project& project) {
    Spent s;
    s.currency = project.currency;
    s.posted = cost::postings(basis.db, project.id.value, basis.when);
    // Approval is knowledge: hours approved later still belong to the day worked.
    each_row_of(basis.db, timesheet::record(), "project", project.id.value, AsOf{last_day, basis.when.operation},
                [&](const Row& row) {
                    if (row.voided_on) return;
                    const auto e = to_struct<TimeEntry>(timesheet::record(), row);
                    if (e.status != TimeEntry::Status::approved || !e.hours) return;
                    const auto* rate =
                        basis.rates.find(e.employee, HourlyRate::Kind::cost, timesheet::rated_on(basis.db, e));
                    if (rate && !(rate->currency == project.currency)) rate = nullptr;
                    s.work.push_back({e.worked_on, *e.hours, rate});
                });
    return s;
}

/// Everything that the value of any day follows from.
struct Source {
    Project project;
    std::optional<std::int64_t> baseline;
    project::Plan plan;
    std::function<bool(Date)> worked;
    struct Measured {
        Progress progress;
        std::optional<Date> voided_on;  ///< it counts until then
    };
    std::map<std::string, std::vector<Measured>> measured;  ///< by WBS code, the earlier first
    Spent spent;
    std::int64_t cap;
};

Source source_of(const Rules& rules, Basis& basis, std::int64_t id) {
    auto& db = basis.db;
    const AsOf& when = basis.when;
    Source s;
    s.cap = rules.rate(cap).ppm;
    s.project = to_struct<Project>(project::record(), *find_row(db, project::record(), id, when));
    const auto base = project::baseline_of(db, id, when);
    if (base) s.baseline = base->baseline.version;
    s.plan = project::load_plan(db, id, base ? base->when : when, basis.days);
    // A baseline is what was known when it was set, the days that are worked with it.
    s.worked = basis.days.of(s.plan.project, base ? base->when : when);
    each_row_of(db, record(), "project", id, AsOf{last_day, when.operation}, [&](const Row& row) {
        auto p = to_struct<Progress>(record(), row);
        s.measured[p.wbs].push_back({std::move(p), row.voided_on});
    });
    for (auto& [wbs, all] : s.measured)
        std::stable_sort(all.begin(), all.end(),
                         [](const auto& a, const auto& b) { return a.progress.measured_on < b.progress.measured_on; });
    s.spent = spent_on(basis, s.project);
    return s;
}

const Progress* last_by(const Source& s, const std::string& wbs, Date day) {
    const auto it = s.measured.find(wbs);
    if (it == s.measured.end()) return nullptr;
    const Progress* last = nullptr;
    for (const auto& [p, voided_on] : it->second)
        if (p.measured_on <= day && (!voided_on || day < *voided_on)) last = &p;
    return last;
}

struct Leaf {
    std::int64_t pv = 0, ev = 0;
    evm::Ratio part;
    const Progress* measured = nullptr;
};

Leaf leaf_value(const Source& s, const project::PlanTask& t, Date day) {
    Leaf leaf;
    leaf.pv =
        evm::planned_value(t.cost, t.starts_on, t.ends_on, day, [&](Date d) { return s.worked(d) && t.goes_on(d); });
    leaf.measured = last_by(s, t.task.wbs, day);
    if (leaf.measured) leaf.part = earned_part(*leaf.measured, s.cap);
    leaf.ev = mul_div_half_up(t.cost, leaf.part.n, leaf.part.of);
    return leaf;
}

std::int64_t id_of(db::Session& db, std::string_view code, const AsOf& when) {
    return get_row(db, project::record(), code, when).id;
}

}  // namespace

std::int64_t actual_cost(Basis& basis, const Project& project) {
    return spent_on(basis, project).by(basis.when.day);
}

std::int64_t actual_cost(db::Session& db, const Project& project, const AsOf& when) {
    Basis basis(db, when);
    return actual_cost(basis, project);
}

std::int64_t spent_on_project(db::Session& db, std::int64_t project, const AsOf& when) {
    const auto row = find_row(db, project::record(), project, when);
    return row ? actual_cost(db, to_struct<Project>(project::record(), *row), when) : 0;
}

EarnedValue earned_value(Workspace& w, std::int64_t id, const AsOf& when, std::optional<std::int64_t> new_etc) {
    Basis basis(w.db(), when);
    return earned_value(w.rules(), basis, id, new_etc);
}

EarnedValue earned_value(const Rules& rules, Basis& basis, std::int64_t id, std::optional<std::int64_t> new_etc) {
    const auto s = source_of(rules, basis, id);
    const AsOf& when = basis.when;
    EarnedValue v;
    v.project = s.project;
    v.day = when.day;
    v.baseline = s.baseline;
    v.inputs.bac = s.plan.cost;
    v.inputs.new_etc = new_etc;
    for (const auto& t : s.plan.tasks) {
        if (t.group) continue;
        const auto leaf = leaf_value(s, t, when.day);
        v.inputs.pv = add_checked(v.inputs.pv, leaf.pv);
        v.inputs.ev = add_checked(v.inputs.ev, leaf.ev);
    }
    v.inputs.ac = s.spent.by(when.day);
    v.posted = s.spent.posted_by(when.day);
    for (const auto& work : s.spent.work)
        if (work.day <= when.day) {
            v.hours = add_checked(v.hours, work.hours);
            if (!work.rate) v.unrated = add_checked(v.unrated, work.hours);
        }
    std::map<Currency, std::int64_t> others;
    for (const auto& p : s.spent.posted)
        if (p.day <= when.day && !(p.amount.currency == s.project.currency))
            others[p.amount.currency] = add_checked(others[p.amount.currency], p.amount.minor);
    for (const auto& [currency, minor] : others)
        if (minor != 0) v.other_costs.push_back({minor, currency});
    v.figures = evm::figures(v.inputs);
    return v;
}

std::optional<EarnedValue> find_earned_value(const Rules& rules, Basis& basis, std::int64_t id) {
    try {
        if (auto v = earned_value(rules, basis, id); v.inputs.bac > 0) return v;
    } catch (const Error& e) {
        if (e.rule.empty()) throw;
    }
    return {};
}

std::vector<GridColumn> evm_columns() {
    return {{"pv", CellType::money, "PV", "计划价值"},
            {"ev", CellType::money, "EV", "挣值"},
            {"ac", CellType::money, "AC", "实际成本"},
            {"sv", CellType::money, "SV", "进度偏差"},
            {"cv", CellType::money, "CV", "成本偏差"},
            or_na({"spi", CellType::decimal, "SPI", "进度绩效指数"}),
            or_na({"cpi", CellType::decimal, "CPI", "成本绩效指数"}),
            {"bac", CellType::money, "BAC", "完工预算"},
            or_na({"eac_typical", CellType::money, "EAC typical", "完工估算（典型）"}),
            {"eac_atypical", CellType::money, "EAC atypical", "完工估算（非典型）"},
            or_na({"eac_cost_schedule", CellType::money, "EAC cost and schedule", "完工估算（成本进度）"}),
            or_na({"etc", CellType::money, "ETC", "完工尚需"}),
            or_na({"vac", CellType::money, "VAC", "完工偏差"}),
            or_na({"tcpi_bac", CellType::decimal, "TCPI (BAC)", "完工尚需绩效指数（BAC）"}),
            or_na({"tcpi_eac", CellType::decimal, "TCPI (EAC)", "完工尚需绩效指数（EAC）"})};
}

Report evm_report(Workspace& w, std::string_view code, const AsOf& when, std::optional<std::int64_t> new_etc) {
    const auto v = earned_value(w, id_of(w.db(), code, when), when, new_etc);
    const int digits = v.project.currency.digits();
    Report report = report_as_of("project.evm", when);
    const auto rag = evm::rag(v.figures.spi, v.figures.cpi, w.rules().rate(green).ppm, w.rules().rate(amber).ppm);
    report.parameters = {{"project", v.project.code},
                         {"currency", std::string(v.project.currency.code())},
                         {"baseline", v.baseline ? std::to_string(*v.baseline) : ""},
                         {"posted", to_plain(v.posted, digits)},
                         {"rag", rag ? std::string(evm::to_string(*rag)) : ""}};
    if (v.figures.eac_bottom_up)
        report.parameters.emplace_back("eac_bottom_up", to_plain(*v.figures.eac_bottom_up, digits));
    auto& g = report.rows;
    g.columns = evm_columns();
    const auto money = [&](std::optional<std::int64_t> n) { n ? g.add_money(*n, digits) : g.add_null(); };
    const auto ratio = [&](const std::optional<evm::Ratio>& r) { r ? g.add_decimal(r->in(10'000), 4) : g.add_null(); };
    const auto& f = v.figures;
    for (const auto n : {v.inputs.pv, v.inputs.ev, v.inputs.ac, f.sv, f.cv}) money(n);
    ratio(f.spi);
    ratio(f.cpi);
    money(v.inputs.bac);
    money(f.eac_typical);
    money(f.eac_atypical);
    money(f.eac_cost_schedule);
    money(f.etc);
    money(f.vac);
    ratio(f.tcpi_bac);
    ratio(f.tcpi_eac);
    report.checks.push_back({"hours_have_cost_rates", v.unrated == 0,
                             v.unrated == 0 ? std::string()
                                            : say("{hours} approved hours have no cost rate in {currency}",
                                                  fmt::arg("hours", to_plain(v.unrated, 2)),
                                                  fmt::arg("currency", v.project.currency.code()))});
    std::string others;
    for (const Money& m : v.other_costs) others += (others.empty() ? "" : "; ") + to_string(m);
    report.checks.push_back(
        {"costs_in_one_currency", others.empty(),
         others.empty() ? std::string()
                        : say("costs in other currencies are not counted: {amounts}", fmt::arg("amounts", others))});
    return report;
}

std::vector<GridColumn> evm_task_columns() {
    return {{"wbs", CellType::text, "WBS", "WBS编码"},
            {"name", CellType::text, "Name", "任务名称"},
            {"budget", CellType::money, "Budget", "预算"},
            {"pv", CellType::money, "PV", "计划价值"},
            {"part", CellType::ratio, "Earned part", "完成比例"},
            {"ev", CellType::money, "EV", "挣值"},
            {"sv", CellType::money, "SV", "进度偏差"},
            {"method", CellType::text, "Method", "计量方法"},
            {"measured_on", CellType::day, "Measured", "计量日期"}};
}

Report evm_tasks(Workspace& w, std::string_view code, const AsOf& when) {
    Basis basis(w.db(), when);
    const auto s = source_of(w.rules(), basis, id_of(w.db(), code, when));
    const int digits = s.project.currency.digits();
    Report report = report_as_of("project.evm_tasks", when);
    report.parameters = {{"project", s.project.code}, {"currency", std::string(s.project.currency.code())}};
    auto& g = report.rows;
    g.columns = evm_task_columns();
    for (const auto& t : s.plan.tasks) {
        if (t.group) continue;
        const auto leaf = leaf_value(s, t, when.day);
        g.add_text(t.task.wbs);
        g.add_text(t.task.name);
        g.add_money(t.cost, digits);
        g.add_money(leaf.pv, digits);
        g.add_rate(leaf.part.in(1'000'000));
        g.add_money(leaf.ev, digits);
        g.add_money(leaf.ev - leaf.pv, digits);
        leaf.measured
            ? g.add_constant(record().field("method").words[static_cast<std::size_t>(leaf.measured->method)].word)
            : g.add_null();
        leaf.measured ? g.add_day(leaf.measured->measured_on) : g.add_null();
    }
    return report;
}

std::vector<GridColumn> curve_columns() {
    return {{"day", CellType::day, "Day", "日期"},
            {"pv", CellType::money, "PV", "计划价值"},
            {"ev", CellType::money, "EV", "挣值"},
            {"ac", CellType::money, "AC", "实际成本"}};
}

Report curve(Workspace& w, std::string_view code, const AsOf& when, bool by_month) {
    Basis basis(w.db(), when);
    const auto s = source_of(w.rules(), basis, id_of(w.db(), code, when));
    const int digits = s.project.currency.digits();
    Report report;
    report.shape = Report::Shape::report;
    report.name = "project.curve";
    report.drawn = true;
    report.as_of = when.day;
    report.known_at = when.known_at;
    report.parameters = {{"project", s.project.code},
                         {"currency", std::string(s.project.currency.code())},
                         {"step", by_month ? "month" : "week"}};
    auto& g = report.rows;
    g.columns = curve_columns();
    const auto next = [&](Date d) {  // the end of the week or month that d lies in; 1970-01-04 was a Sunday
        return by_month ? d.last_of_month() : d + (6 - ((d.days + 3) % 7 + 7) % 7);
    };
    const Date end = std::max(s.plan.ends_on, when.day);
    for (Date d = next(s.plan.starts_on);; d = next(d + 1)) {
        std::int64_t pv = 0, ev = 0;
        for (const auto& t : s.plan.tasks) {
            if (t.group) continue;
            pv = add_checked(pv, leaf_value(s, t, d).pv);
            ev = add_checked(ev, leaf_value(s, t, std::min(d, when.day)).ev);
        }
        g.add_day(d);
        g.add_money(pv, digits);
        d <= next(when.day) ? g.add_money(ev, digits) : g.add_null();
        d <= next(when.day) ? g.add_money(s.spent.by(std::min(d, when.day)), digits) : g.add_null();
        if (d >= end) break;
    }
    return report;
}

}  // namespace agency::progress
