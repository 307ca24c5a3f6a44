#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "project/project.hpp"
#include "record/report_as_of.hpp"
#include "record/store.hpp"
#include "status/status.hpp"

namespace agency::status {

std::vector<GridColumn> budget_columns() {
    return {{"project", CellType::text, "Project", "项目代码"},
            {"name", CellType::text, "Name", "项目名称"},
            {"currency", CellType::text, "Currency", "币种"},
            {"budget", CellType::money, "Budget", "预算"},
            {"approved_changes", CellType::money, "Approved changes", "已批准变更"},
            {"committed", CellType::money, "Committed", "已承诺"},
            {"actual", CellType::money, "Actual", "实际成本"},
            {"left", CellType::money, "Left", "结余"},
            {"used", CellType::ratio, "Used", "已用比例"},
            {"over", CellType::flag, "Over", "超支"},
            {"rule", CellType::text, "Rule", "规则"}};
}

Report budget(Workspace& w, std::string_view code, const AsOf& when) {
    auto& db = w.db();
    Report report = report_as_of("project.budget", when);
    auto& g = report.rows;
    g.columns = budget_columns();
    std::vector<Project> found;
    each_row(db, project::record(), when, [&](const Row& row) {
        auto p = to_struct<Project>(project::record(), row);
        if (!row.voided(when.day) && p.budget && (code.empty() ? p.open() : p.code == code))
            found.push_back(std::move(p));
    });
    budget::Books books(db, when);
    for (const Project& p : found) {
        const auto s = books.of(p.id.value);
        const auto whole = s.whole(), used = s.used();
        const int digits = p.currency.digits();
        g.add_text(p.code);
        g.add_text(p.name);
        g.add_text(p.currency.code());
        for (const auto n : {*s.budget, s.changes, s.committed, s.actual, add_checked(whole, -used)})
            g.add_money(n, digits);
        whole > 0 ? g.add_rate(mul_div_half_up(used, 1'000'000, whole)) : g.add_null();
        g.add_flag(used > whole);
        used > whole ? g.add_constant("PRJ-040") : g.add_null();
    }
    return report;
}

}  // namespace agency::status
