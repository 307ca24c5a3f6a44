#include "timesheet/report.hpp"

#include "base/translate.hpp"
#include "billing/project_billing.hpp"
#include "calendar/calendar.hpp"
#include "record/store.hpp"
#include "timesheet/rate.hpp"
#include "timesheet/settings.hpp"

namespace agency::timesheet {
namespace {

using Kind = TimeEntry::Kind;

struct Sums {
    std::int64_t hours[4] = {};  ///< by kind, hundredths
    __int128 value = 0;          ///< hundredths of an hour × minor units an hour: rounded once, at the end
    std::map<std::int64_t, std::int64_t> billable;  ///< by employee

    std::int64_t of(Kind k) const { return hours[static_cast<std::size_t>(k)]; }
    std::int64_t worked() const { return of(Kind::billable) + of(Kind::non_billable) + of(Kind::training); }
    std::int64_t worth() const {
        const __int128 magnitude = value < 0 ? -value : value;
        const auto rounded = static_cast<std::int64_t>((magnitude + 50) / 100);
        return value < 0 ? -rounded : rounded;
    }
};

void add_ratio(Grid& g, std::int64_t n, std::int64_t of) {
    of > 0 ? g.add_rate(mul_div_half_up(n, 1'000'000, of)) : g.add_null();
}

/// Approved entries of the days, by employee or project.
std::map<std::int64_t, Sums> collect(Workspace& w, const ReportOptions& o) {
    const Rates rates(w.db(), o.when);
    std::map<std::int64_t, Sums> out;
    each_row(w.db(), record(), AsOf{last_day, o.when.operation}, [&](const Row& row) {
        if (row.voided_on) return;
        const auto e = to_struct<TimeEntry>(record(), row);
        if (e.status != TimeEntry::Status::approved || !e.hours || e.worked_on < o.from || e.worked_on > o.to) return;
        const bool by_project = o.by == "project";
        if (by_project && !e.project) return;
        auto& s = out[by_project ? e.project.value : e.employee.value];
        s.hours[static_cast<std::size_t>(e.kind)] += *e.hours;
        if (e.kind != Kind::billable) return;
        if (const auto* rate = rates.find(e.employee, HourlyRate::Kind::standard, e.worked_on))
            s.value += static_cast<__int128>(*e.hours) * rate->amount;
    });
    return out;
}

void by_employee(Workspace& w, const ReportOptions& o, Report& report) {
    const auto sums = collect(w, o);
    const auto calendar = Calendar::load(w.db(), AsOf{last_day, o.when.operation});
    const auto day = w.rules().integer(day_length) * 100;
    auto& g = report.rows;
    g.columns = report.totals.columns = utilization_columns();
    Sums all;
    std::int64_t all_available = 0;
    const auto add = [&](Grid& to, std::string_view number, std::string_view name, std::int64_t available,
                         const Sums& s) {
        to.add_text(number);
        to.add_text(name);
        to.add_decimal(available, 2);
        for (const Kind k : {Kind::billable, Kind::non_billable, Kind::training, Kind::leave})
            to.add_decimal(s.of(k), 2);
        to.add_decimal(s.worked(), 2);
        add_ratio(to, s.of(Kind::billable), available);
        add_ratio(to, s.of(Kind::billable) + s.of(Kind::non_billable), available);
        to.add_money(s.worth(), 2);
    };
    each_row(w.db(), employee::record(), AsOf{o.to, o.when.operation}, [&](const Row& row) {
        const auto e = to_struct<Employee>(employee::record(), row);
        const Date from = std::max(o.from, e.hired_on.value_or(beginning)),
                   to = std::min(o.to, e.left_on.value_or(last_day));
        const auto it = sums.find(e.id.value);
        if (row.voided(o.to) || (from > to && it == sums.end())) return;
        const Sums s = it == sums.end() ? Sums{} : it->second;
        const auto available = calendar.work_days(from, to) * day - s.of(Kind::leave);
        add(g, e.number, e.name, available, s);
        all_available += available;
        for (int k = 0; k < 4; ++k) all.hours[k] += s.hours[k];
        all.value += s.value;
    });
    if (g.rows() > 0) add(report.totals, "", "", all_available, all);
}

void by_project(Workspace& w, const ReportOptions& o, Report& report) {
    const auto sums = collect(w, o);
    const auto billed = billing::billed_by_project(w.db(), AsOf{o.to, o.when.operation}, o.from, o.to);
    auto& g = report.rows;
    g.columns = realization_columns();
    each_row(w.db(), project::record(), AsOf{o.to, o.when.operation}, [&](const Row& row) {
        const auto p = to_struct<Project>(project::record(), row);
        const auto s = sums.find(p.id.value);
        const auto b = billed.find(p.id.value);
        if (row.voided(o.to) || (s == sums.end() && b == billed.end())) return;
        const Sums hours = s == sums.end() ? Sums{} : s->second;
        const auto money = b == billed.end() ? billing::Billed{} : b->second;
        const int digits = p.currency.digits();
        g.add_text(p.code);
        g.add_text(p.name);
        g.add_text(p.currency.code());
        for (const Kind k : {Kind::billable, Kind::non_billable}) g.add_decimal(hours.of(k), 2);
        g.add_money(hours.worth(), digits);
        g.add_money(money.net, digits);
        g.add_money(money.received_net, digits);
        add_ratio(g, money.net, hours.worth());
        add_ratio(g, money.received_net, money.net);
        add_ratio(g, money.received_net, hours.worth());
        hours.worked() > 0 ? g.add_money(mul_div_half_up(money.net, 100, hours.worked()), digits) : g.add_null();
    });
}

}  // namespace

std::vector<GridColumn> utilization_columns() {
    return {{"employee", CellType::text, "Employee", "员工编号"},
            {"name", CellType::text, "Name", "姓名"},
            {"available", CellType::decimal, "Available", "可用工时"},
            {"billable", CellType::decimal, "Billable", "计费工时"},
            {"non_billable", CellType::decimal, "Non-billable", "非计费工时"},
            {"training", CellType::decimal, "Training", "培训"},
            {"leave", CellType::decimal, "Leave", "休假"},
            {"worked", CellType::decimal, "Worked", "合计工时"},
            {"utilization", CellType::rate, "Utilization", "利用率"},
            {"productive", CellType::rate, "Productive", "生产性利用率"},
            {"standard_value", CellType::money, "At standard rates", "标准费用"}};
}

std::vector<GridColumn> realization_columns() {
    return {{"project", CellType::text, "Project", "项目代码"},
            {"name", CellType::text, "Name", "项目名称"},
            {"currency", CellType::text, "Currency", "币种"},
            {"billable", CellType::decimal, "Billable", "计费工时"},
            {"non_billable", CellType::decimal, "Non-billable", "非计费工时"},
            {"standard_value", CellType::money, "At standard rates", "标准费用"},
            {"billed", CellType::money, "Billed", "已开票（不含税）"},
            {"received", CellType::money, "Received", "已回款（不含税）"},
            {"billing_realization", CellType::rate, "Billing realization", "计费实现率"},
            {"collection_realization", CellType::rate, "Collection realization", "回款实现率"},
            {"overall_realization", CellType::rate, "Overall realization", "综合实现率"},
            {"effective_rate", CellType::money, "Effective rate", "实际小时费率"}};
}

Report utilization(Workspace& w, const ReportOptions& o) {
    Report report;
    report.shape = Report::Shape::report;
    report.name = "time.report";
    report.as_of = o.to;
    report.known_at = o.when.known_at;
    report.parameters = {{"from", to_string(o.from)}, {"to", to_string(o.to)}, {"by", o.by}};
    o.by == "project" ? by_project(w, o, report) : by_employee(w, o, report);
    return report;
}

}  // namespace agency::timesheet
