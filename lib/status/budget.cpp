#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "project/own_fault.hpp"
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

namespace {

void put(Grid& g, const Project& p, const budget::Standing& s) {
    const auto whole = s.whole(), used = s.used(), left = add_checked(whole, -used);  // before anything is put
    const auto part = whole > 0 ? mul_div_half_up(used, 1'000'000, whole) : 0;
    const int digits = p.currency.digits();
    g.add_text(p.code);
    g.add_text(p.name);
    g.add_text(p.currency.code());
    for (const auto n : {*s.budget, s.changes, s.committed, s.actual, left}) g.add_money(n, digits);
    whole > 0 ? g.add_rate(part) : g.add_null();
    g.add_flag(used > whole);
    used > whole ? g.add_constant("PRJ-040") : g.add_null();
}

}  // namespace

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
    std::vector<std::string> left_out;
    for (const Project& p : found) {
        try {
            put(g, p, books.of(p.id.value));
        } catch (const Error& e) {
            if (!code.empty()) throw;
            left_out.push_back(project::own_fault(p.code, e));
        }
    }
    report.checks.push_back(project::left_out_check("projects_readable", left_out));
    return report;
}

}  // namespace agency::status
