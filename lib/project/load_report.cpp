#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/hours.hpp"
#include "project/licences.hpp"
#include "project/own_fault.hpp"
#include "project/reports.hpp"
#include "project/settings.hpp"
#include "record/report_as_of.hpp"

namespace agency::project {
namespace {

/// Monday of the week: 1970-01-01 was a Thursday.
Date monday(Date d) {
    return d + -(((d.days + 3) % 7 + 7) % 7);
}

struct Week {
    std::int64_t available = 0, allocated = 0, over = 0, leave = 0;  ///< hundredths of an hour
};

/// Of days that are worked, what each holds and what is asked; a day above its hours is told even in a light week.
std::map<Date, Week> weeks_of(const Staff& staff, const std::string& number, const std::map<Date, std::int64_t>& asked,
                              Date from, Date to, const std::function<bool(Date)>& works) {
    std::map<Date, Week> weeks;
    for (Date d = from; d <= to; d = d + 1) {
        Week& w = weeks[monday(d)];
        const auto there = works(d) ? staff.hours(number, d) : 0;
        const auto it = asked.find(d);
        const auto hours = it == asked.end() ? 0 : it->second;
        w.available += there;
        w.leave += works(d) ? staff.leave(number, d) : 0;
        w.allocated = add_checked(w.allocated, hours);
        if (hours > there) w.over = add_checked(w.over, hours - there);
    }
    return weeks;
}

/// Titles that somebody lacks in the week of that Monday.
std::string lacking(const std::vector<LicenceGap>& gaps, const std::string& number, Date week) {
    std::set<std::string> titles;
    for (const LicenceGap& g : gaps)
        if (g.employee == number && g.from <= week + 6 && g.to >= week) titles.insert(g.title);
    std::string out;
    for (const auto& title : titles) out += (out.empty() ? "" : "; ") + title;
    return out;
}

}  // namespace

std::vector<GridColumn> load_columns() {
    return {{"employee", CellType::text, "Employee", "工号"},
            {"employee_name", CellType::text, "Name", "姓名"},
            {"week_on", CellType::day, "Week of", "周（周一）"},
            {"available", CellType::decimal, "Available hours", "可用工时"},
            {"allocated", CellType::decimal, "Allocated hours", "已分配工时"},
            {"load", CellType::ratio, "Load", "负荷"},
            {"over", CellType::decimal, "Hours too many", "超出工时"},
            {"overload", CellType::flag, "Overload", "超负荷"},
            {"leave", CellType::decimal, "Leave", "请假工时"},
            {"lacking", CellType::text, "Licences lacking", "缺少证书"}};
}

Report load(Workspace& w, const AsOf& when, Date from, Date to) {
    if (to < from)
        throw Error(Exit::usage,
                    say("{to} lies before {from}", fmt::arg("to", to_string(to)), fmt::arg("from", to_string(from))))
            .with_field("to");
    auto& db = w.db();
    const auto hours_a_day = w.rules().integer(day_hours);
    const Licences licences(w, when);
    std::vector<LicenceGap> gaps;
    WorkDays days(db);
    const auto asked_for = asked_by(
        db, when, days, hours_a_day, [](const Project&) { return true; },
        [&](const Plan& plan, const Works& worked) {
            for (auto& g : licences.gaps(plan, worked, from, to)) gaps.push_back(std::move(g));
        });
    const Staff staff(db, when, hours_a_day);
    Project office;  // people are there on work days
    const auto works = days.of(office, when);
    Report report = report_as_of("project.load", when);
    report.parameters = {{"from", to_string(from)}, {"to", to_string(to)}};
    Grid& g = report.rows;
    g.columns = load_columns();
    std::string overloaded;
    for (const auto& [number, asked] : asked_for.hours) {
        bool over = false;
        for (const auto& [week, sums] : weeks_of(staff, number, asked, from, to, works)) {
            if (sums.allocated == 0) continue;
            g.add_text(number);
            g.add_text(staff.name(number));
            g.add_day(week);
            g.add_decimal(sums.available, 2);
            g.add_decimal(sums.allocated, 2);
            sums.available > 0
                ? g.add_rate(static_cast<std::int64_t>(
                      (static_cast<__int128>(sums.allocated) * 2'000'000 + sums.available) / (2 * sums.available)))
                : g.add_null();
            g.add_decimal(sums.over, 2);
            g.add_flag(sums.over > 0);
            g.add_decimal(sums.leave, 2);
            g.add_text(lacking(gaps, number, week));
            over = over || sums.over > 0;
        }
        if (over) overloaded += (overloaded.empty() ? "" : ", ") + number;
    }
    report.checks.push_back(
        {"overload", overloaded.empty(),
         overloaded.empty() ? std::string()
                            : say("asked for more hours than there are: {people}", fmt::arg("people", overloaded))});
    report.checks.push_back({"licences", gaps.empty(), gaps.empty() ? std::string() : to_text(gaps) + " [ORG-030]"});
    report.checks.push_back(left_out_check("plans_readable", asked_for.left_out));
    return report;
}

}  // namespace agency::project
