#include "timesheet/report.hpp"

#include <algorithm>

#include "base/translate.hpp"
#include "billing/project_billing.hpp"
#include "calendar/calendar.hpp"
#include "leave/facts.hpp"
#include "org/superior.hpp"
#include "record/store.hpp"
#include "timesheet/settings.hpp"
#include "timesheet/wip.hpp"

namespace agency::timesheet {
namespace {

using Kind = TimeEntry::Kind;

struct Sums {
    std::int64_t hours[4] = {};  ///< by kind, hundredths
    Worth value = 0;
    std::map<std::int64_t, std::int64_t> worked_by;  ///< of a project: hours by employee
    std::map<std::int64_t, Worth> value_for;         ///< of an employee: value by project
    std::map<Date, std::int64_t> away;               ///< of an employee: hours of leave, as written down

    std::int64_t of(Kind k) const { return hours[static_cast<std::size_t>(k)]; }
    std::int64_t worked() const { return of(Kind::billable) + of(Kind::non_billable) + of(Kind::training); }
    std::int64_t worth() const { return timesheet::worth(value); }
};

void add_ratio(Grid& g, std::int64_t n, std::int64_t of) {
    of > 0 ? g.add_rate(mul_div_half_up(n, 1'000'000, of)) : g.add_null();
}

/// By employee or project.
struct Collected {
    std::map<std::int64_t, Sums> people, projects;
};

/// Approved entries of the days.
Collected collect(Workspace& w, Date from, Date to, const AsOf& when) {
    auto& db = w.db();
    Rates rates(db, AsOf{to, when.operation});
    std::map<std::int64_t, Currency> currencies;
    each_row(db, project::record(), AsOf{to, when.operation},
             [&](const Row& row) { currencies.emplace(row.id, to_struct<Project>(project::record(), row).currency); });
    Collected out;
    each_row(db, record(), AsOf{last_day, when.operation}, [&](const Row& row) {
        if (row.voided_on) return;
        const auto e = to_struct<TimeEntry>(record(), row);
        if (e.status != TimeEntry::Status::approved || !e.hours || e.worked_on < from || e.worked_on > to) return;
        auto& person = out.people[e.employee.value];
        person.hours[static_cast<std::size_t>(e.kind)] += *e.hours;
        if (e.kind == Kind::leave) person.away[e.worked_on] += *e.hours;
        if (!e.project) return;
        auto& p = out.projects[e.project.value];
        p.hours[static_cast<std::size_t>(e.kind)] += *e.hours;
        if (e.kind != Kind::leave) p.worked_by[e.employee.value] += *e.hours;
        const auto& currency = currencies[e.project.value];
        const auto value = worth_of(db, e, rates, currency);
        if (!value) return;
        p.value += *value;
        if (!(currency == Currency{})) return;
        person.value += *value;
        person.value_for[e.project.value] += *value;
    });
    return out;
}

/// What one person, or one unit, is told of.
struct Used {
    std::string name;
    std::int64_t available = 0;  ///< hundredths of an hour
    Sums sums;
    std::int64_t fees = 0;  ///< net, minor units

    void add(const Used& o) {
        available += o.available;
        for (int k = 0; k < 4; ++k) sums.hours[k] += o.sums.hours[k];
        sums.value += o.sums.value;
        fees = add_checked(fees, o.fees);
    }
    void put(Grid& g) const {
        g.add_text(name);
        g.add_decimal(available, 2);
        for (const Kind k : {Kind::billable, Kind::non_billable, Kind::training, Kind::leave})
            g.add_decimal(sums.of(k), 2);
        g.add_decimal(sums.worked(), 2);
        add_ratio(g, sums.of(Kind::billable), available);
        add_ratio(g, sums.of(Kind::billable) + sums.of(Kind::non_billable), available);
        g.add_money(sums.worth(), 2);
        add_ratio(g, fees, sums.worth());
        sums.worked() > 0 ? g.add_money(mul_div_half_up(fees, 100, sums.worked()), 2) : g.add_null();
    }
};

using Fees = std::map<std::int64_t, billing::Billed>;

/// The part of its projects' fees that is a person's, by the value of what he did for them.
std::int64_t fees_of(const Sums& s, const Collected& all, const Fees& billed) {
    std::int64_t sum = 0;
    for (const auto& [project, value] : s.value_for) {
        const auto it = billed.find(project);
        const auto whole = all.projects.at(project).worth();
        if (it != billed.end() && whole > 0)
            sum = add_checked(sum, mul_div_half_up(it->second.net, worth(value), whole));
    }
    return sum;
}

/// Hours of leave on days that are worked: as approved in the leave records or as written down in timesheets; where
/// both tell of a day, the longer.
std::int64_t leave_of(const Sums& s, const std::vector<leave::Absence>& all, std::int64_t employee, Date from, Date to,
                      const Calendar& calendar, std::int64_t day) {
    std::map<Date, std::int64_t> approved, longest;
    for (const auto& a : all)
        for (Date d = std::max(a.from, from); a.employee == employee && d <= std::min(a.to, to); d = d + 1)
            approved[d] += a.hours.value_or(day);
    for (const auto& [d, hours] : s.away) longest[d] = std::clamp<std::int64_t>(hours, 0, day);
    for (const auto& [d, hours] : approved) longest[d] = std::max(longest[d], std::min(hours, day));
    std::int64_t sum = 0;
    for (const auto& [d, hours] : longest)
        if (d >= from && d <= to && calendar.is_work_day(d)) sum += hours;
    return sum;
}

void by_people(Workspace& w, const ReportOptions& o, Report& report) {
    auto& db = w.db();
    const AsOf end{o.to, o.when.operation};
    const auto all = collect(w, o.from, o.to, o.when);
    const auto billed = billing::billed_by_project(db, end, o.from, o.to);
    const auto calendar = Calendar::load(db, AsOf{last_day, o.when.operation});
    const auto day = w.rules().integer(day_length) * 100;
    const auto absent = leave::absences(db, AsOf{last_day, o.when.operation});
    const bool by_unit = o.by == "unit";
    auto& g = report.rows;
    g.columns = report.totals.columns = utilization_columns();
    if (by_unit) {
        g.columns.erase(g.columns.begin());
        report.totals.columns = g.columns;
    }
    std::map<std::string, Used> units;
    Used total;
    std::vector<Row> people;
    each_row(db, employee::record(), end, [&](Row&& row) { people.push_back(std::move(row)); });
    for (const Row& row : people) {
        const auto e = to_struct<Employee>(employee::record(), row);
        const Date from = std::max(o.from, e.hired_on.value_or(beginning)),
                   to = std::min(o.to, e.left_on.value_or(last_day));
        const auto it = all.people.find(e.id.value);
        if (row.voided(o.to) || (from > to && it == all.people.end())) continue;
        Used used;
        used.name = e.name;
        if (it != all.people.end()) used.sums = it->second;
        const auto away = leave_of(used.sums, absent, e.id.value, from, to, calendar, day);
        used.sums.hours[static_cast<std::size_t>(Kind::leave)] = away;
        used.available = calendar.work_days(from, to) * day - away;
        used.fees = fees_of(used.sums, all, billed);
        total.add(used);
        const auto unit = org::unit_of(db, e.id, AsOf{std::min(o.to, to), o.when.operation});
        if (by_unit) {
            auto& sum = units[unit ? unit->code : std::string()];
            if (unit) sum.name = unit->name;
            sum.add(used);
            continue;
        }
        g.add_text(e.number);
        g.add_text(unit ? unit->code : std::string());
        used.put(g);
    }
    for (const auto& [code, used] : units) {
        g.add_text(code);
        used.put(g);
    }
    if (g.rows() == 0) return;
    for (int i = by_unit; i < 2; ++i) report.totals.add_null();
    total.put(report.totals);
}

/// Hours of others for each of the manager's, in hundredths; nothing where he has none.
std::optional<std::int64_t> leverage(const Sums& s, Id<Employee> manager) {
    const auto it = s.worked_by.find(manager.value);
    if (!manager || it == s.worked_by.end() || it->second <= 0) return {};
    return mul_div_half_up(s.worked() - it->second, 100, it->second);
}

void by_project(Workspace& w, const ReportOptions& o, Report& report) {
    const AsOf end{o.to, o.when.operation};
    const auto now = collect(w, o.from, o.to, o.when).projects, ever = collect(w, beginning, o.to, o.when).projects;
    const auto billed = billing::billed_by_project(w.db(), end, o.from, o.to),
               billed_ever = billing::billed_by_project(w.db(), end, beginning, o.to);
    const auto find = [](const auto& map, std::int64_t id) {
        const auto it = map.find(id);
        return it == map.end() ? typename std::decay_t<decltype(map)>::mapped_type{} : it->second;
    };
    auto& g = report.rows;
    g.columns = realization_columns();
    report.narrow = {"project", "worked", "standard_value", "billed", "overall_realization", "wip", "wip_days"};
    each_row(w.db(), project::record(), end, [&](const Row& row) {
        const auto p = to_struct<Project>(project::record(), row);
        const auto id = p.id.value;
        const Sums hours = find(now, id);
        const auto money = find(billed, id);
        const auto wip = unbilled(find(ever, id).value, find(billed_ever, id).net);
        if (row.voided(o.to) || (!now.contains(id) && !billed.contains(id) && wip == 0)) return;
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
        g.add_decimal(hours.worked(), 2);
        const auto others = leverage(hours, p.manager);
        others ? g.add_decimal(*others, 2) : g.add_null();
        g.add_money(wip, digits);
        money.net > 0 ? g.add_decimal(mul_div_half_up(wip, 10 * (o.to - o.from + 1), money.net), 1) : g.add_null();
    });
}

}  // namespace

std::vector<GridColumn> utilization_columns() {
    return {{"employee", CellType::text, "Employee", "员工编号"},
            {"unit", CellType::text, "Unit", "部门"},
            {"name", CellType::text, "Name", "姓名"},
            {"available", CellType::decimal, "Available", "可用工时"},
            {"billable", CellType::decimal, "Billable", "计费工时"},
            {"non_billable", CellType::decimal, "Non-billable", "非计费工时"},
            {"training", CellType::decimal, "Training", "培训"},
            {"leave", CellType::decimal, "Leave", "休假"},
            {"worked", CellType::decimal, "Worked", "合计工时"},
            {"utilization", CellType::ratio, "Utilization", "利用率"},
            {"productive", CellType::ratio, "Productive", "生产性利用率"},
            {"standard_value", CellType::money, "At standard rates", "标准费用"},
            {"realization", CellType::ratio, "Realization", "实现率"},
            {"effective_rate", CellType::money, "Effective rate", "实际小时费率"}};
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
            {"billing_realization", CellType::ratio, "Billing realization", "计费实现率"},
            {"collection_realization", CellType::ratio, "Collection realization", "回款实现率"},
            {"overall_realization", CellType::ratio, "Overall realization", "综合实现率"},
            {"effective_rate", CellType::money, "Effective rate", "实际小时费率"},
            {"worked", CellType::decimal, "Worked", "合计工时"},
            {"leverage", CellType::decimal, "Leverage", "杠杆率"},
            {"wip", CellType::money, "Work in progress", "在制品"},
            {"wip_days", CellType::decimal, "WIP days", "在制品天数"}};
}

Report utilization(Workspace& w, const ReportOptions& o) {
    Report report;
    report.shape = Report::Shape::report;
    report.name = "time.report";
    report.as_of = o.to;
    report.known_at = o.when.known_at;
    report.parameters = {{"from", to_string(o.from)}, {"to", to_string(o.to)}, {"by", o.by}};
    o.by == "project" ? by_project(w, o, report) : by_people(w, o, report);
    return report;
}

}  // namespace agency::timesheet
