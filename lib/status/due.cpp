#include <algorithm>
#include <map>

#include "base/translate.hpp"
#include "org/superior.hpp"
#include "record/report_as_of.hpp"
#include "record/store.hpp"
#include "status/settings.hpp"
#include "status/status.hpp"

namespace agency::status {
namespace {

/// The end of the period before the one that ends on `end`.
Date before(std::string_view cadence, Date end) {
    if (cadence == "monthly") return end.first_of_month() + -1;
    return end + (cadence == "weekly" ? -7 : -14);
}

}  // namespace

std::string_view cadence_of(const Rules& rules, const Project& p) {
    return p.report_cadence ? cadences[static_cast<std::size_t>(*p.report_cadence)] : rules.text(cadence);
}

Date period_end(std::string_view how_often, Date d) {
    if (how_often == "monthly") return d.last_of_month();
    const int length = how_often == "weekly" ? 7 : 14;
    const int at = ((d.days - 4) % length + length) % length;
    return d + (length - 1 - at);
}

std::vector<GridColumn> due_columns() {
    return {{"project", CellType::text, "Project", "项目代码"},
            {"name", CellType::text, "Name", "项目名称"},
            {"audience", CellType::text, "Audience", "报告对象"},
            {"cadence", CellType::text, "Cadence", "频率"},
            {"last_period", CellType::day, "Last period issued", "最近已报期末"},
            {"due_period", CellType::day, "Period due", "应报期末"},
            {"missed", CellType::integer, "Missed in a row", "连续缺报"},
            {"state", CellType::text, "State", "状态"},
            {"rule", CellType::text, "Rule", "规则"},
            {"manager", CellType::text, "Manager", "项目经理"},
            {"escalated_to", CellType::text, "Escalated to", "升级至"}};
}

Report due(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    Report report = report_as_of("status.due", when);
    report.rows.columns = due_columns();
    std::map<std::pair<std::int64_t, StatusReport::Audience>, std::vector<StatusReport>> issued;
    each_row(db, record(), when, [&](const Row& row) {
        const auto s = to_struct<StatusReport>(record(), row);
        if (!row.voided(when.day) && s.issued_on <= when.day) issued[{s.project.value, s.audience}].push_back(s);
    });
    each_row(db, project::record(), when, [&](const Row& row) {
        const auto p = to_struct<Project>(project::record(), row);
        using enum Project::Status;
        if (row.voided(when.day) || !(p.status == in_progress || p.status == closing)) return;
        const auto how_often = cadence_of(w.rules(), p);
        const auto boss = p.manager ? org::superior_of(db, p.manager, when) : std::nullopt;
        const Date start = p.starts_on.value_or(when.day);
        const Date current = period_end(how_often, when.day);
        const Date over = current == when.day ? current : before(how_often, current);  // the last that has ended
        for (const auto audience : {StatusReport::Audience::client, StatusReport::Audience::internal}) {
            const auto& all = issued[{p.id.value, audience}];
            std::optional<Date> last;
            for (const auto& s : all)
                if (!last || *last < s.period_end) last = s.period_end;
            std::int64_t missed = 0, open = 0;
            for (Date end = over; end >= start && (!last || period_end(how_often, *last) < end);
                 end = before(how_often, end))
                end < when.day ? ++missed : open = 1;  // the report of a period that ends today may still come
            auto& g = report.rows;
            g.add_text(p.code);
            g.add_text(p.name);
            g.add_constant(audience == StatusReport::Audience::client ? "client" : "internal");
            g.add_text(how_often);
            last ? g.add_day(*last) : g.add_null();
            missed + open > 0 ? g.add_day(over) : g.add_null();
            g.add_integer(missed);
            g.add_constant(missed + open == 0 ? "issued" : missed < 2 ? "due" : "escalated");
            missed >= 2 ? g.add_constant("PRJ-020") : g.add_null();
            g.add_text(number_of(db, employee::record(), p.manager.value));
            missed >= 2 && boss ? g.add_text(boss->number) : g.add_null();
        }
    });
    return report;
}

}  // namespace agency::status
