#include <algorithm>

#include "leave/leave.hpp"

namespace agency::leave {

std::vector<GridColumn> list_columns() {
    auto columns = agency::list_columns(record());
    columns.push_back({"employee_name", CellType::text, "Name", "姓名"});
    return columns;
}

Report list(Workspace& w, const AsOf& when, std::optional<Date> on) {
    auto& db = w.db();
    const Record& r = record();
    Report report;
    report.name = r.plural;
    report.narrow = {"number", "employee", "employee_name", "kind", "starts_on", "ends_on", "hours", "status"};
    report.rows.columns = list_columns();
    struct Line {
        Leave leave;
        Row row;
        std::string number, name;
    };
    std::vector<Line> lines;
    each_row(db, r, when, [&](Row&& row) {
        auto l = to_struct<Leave>(r, row);
        if (on && (l.starts_on > *on || l.ends_on < *on || row.voided(*on))) return;
        const auto person = find_row(db, employee::record(), l.employee.value, when);
        const auto e = person ? to_struct<Employee>(employee::record(), *person) : Employee{};
        lines.push_back({std::move(l), std::move(row), e.number, e.name});
    });
    std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
        return std::tie(a.number, a.leave.starts_on, a.leave.number) <
               std::tie(b.number, b.leave.starts_on, b.leave.number);
    });
    for (const Line& l : lines) {
        add_row(report.rows, db, r, l.row, [&](std::size_t) -> std::string_view { return l.number; });
        report.rows.add_text(l.name);
    }
    return report;
}

}  // namespace agency::leave
