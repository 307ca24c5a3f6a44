#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/baseline.hpp"
#include "project/forecast.hpp"
#include "project/own_fault.hpp"
#include "project/reports.hpp"

namespace agency::project {
namespace {

/// The name that a reference had then; empty when there is none.
std::string name_of(db::Session& db, const Record& r, std::int64_t id, const AsOf& when) {
    const auto row = id ? find_row(db, r, id, when) : std::nullopt;
    return row ? std::string(row->values[r.index(r.name)].s) : std::string();
}

/// Nothing where there is no plan, or where it is none now, which `problem` then says.
std::optional<Date> forecast_end(db::Session& db, const Project& p, const AsOf& when, WorkDays& days,
                                 std::string& problem) {
    try {
        if (const auto f = forecast_of(db, p, when, days)) return f->ends_on;
    } catch (const Error& e) {
        problem = own_fault(p.code, e);
    }
    return std::nullopt;
}

}  // namespace

std::vector<GridColumn> ledger_columns() {
    auto columns = list_columns(record());
    columns.insert(columns.end(), {{"client_name", CellType::text, "Client name", "客户名称"},
                                   {"manager_name", CellType::text, "Manager name", "项目经理姓名"},
                                   {"baseline_end", CellType::day, "Baseline end", "基线完成"},
                                   {"forecast_end", CellType::day, "Forecast end", "预计完成"},
                                   {"slip_days", CellType::integer, "Slip in days", "偏差天数"},
                                   {"problem", CellType::text, "Problem", "问题"}});
    return columns;
}

Report ledger(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    const Record& r = record();
    Report report;
    report.name = r.plural;
    report.narrow = {"code", "name", "client_name", "manager_name", "status", "forecast_end", "budget", "currency"};
    report.rows.columns = ledger_columns();
    std::vector<Row> rows;
    WorkDays days(db);
    each_row(db, r, when, [&](Row&& row) { rows.push_back(std::move(row)); });
    for (const Row& row : rows) {
        const auto p = to_struct<Project>(r, row);
        std::string number;
        add_row(report.rows, db, r, row, [&](std::size_t i) -> std::string_view {
            return number = number_of(db, r.fields[i].target(), row.values[i].n);
        });
        report.rows.add_text(name_of(db, client::record(), p.client.value, when));
        report.rows.add_text(name_of(db, employee::record(), p.manager.value, when));
        const auto base = baseline_of(db, p.id.value, when);
        std::string problem;
        const auto end = forecast_end(db, p, when, days, problem);
        base ? report.rows.add_day(base->baseline.ends_on) : report.rows.add_null();
        end ? report.rows.add_day(*end) : report.rows.add_null();
        base&& end ? report.rows.add_integer(*end - base->baseline.ends_on) : report.rows.add_null();
        report.rows.add_text(problem);
    }
    return report;
}

}  // namespace agency::project
