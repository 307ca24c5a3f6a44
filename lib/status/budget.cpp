#include "base/translate.hpp"
#include "change/change_request.hpp"
#include "progress/earned_value.hpp"
#include "record/store.hpp"
#include "status/status.hpp"

namespace agency::status {
namespace {

/// Contracts with suppliers that count for the project, in its currency.
std::int64_t committed(db::Session& db, const Project& p, const AsOf& when) {
    std::int64_t sum = 0;
    each_row(db, contract::record(), when, [&](const Row& row) {
        const auto c = to_struct<Contract>(contract::record(), row);
        using enum Contract::Status;
        if (row.voided(when.day) || c.direction != Contract::Direction::expense || c.project != p.code ||
            !(c.currency == p.currency) || c.status == draft || c.status == cancelled ||
            c.status == Contract::Status::voided)
            return;
        sum = add_checked(sum, c.amount.value_or(0));
    });
    return sum;
}

}  // namespace

std::vector<GridColumn> budget_columns() {
    return {{"project", CellType::text, "Project", "项目代码"},
            {"name", CellType::text, "Name", "项目名称"},
            {"currency", CellType::text, "Currency", "币种"},
            {"budget", CellType::money, "Budget", "预算"},
            {"approved_changes", CellType::money, "Approved changes", "已批准变更"},
            {"committed", CellType::money, "Committed", "已承诺"},
            {"actual", CellType::money, "Actual", "实际成本"},
            {"left", CellType::money, "Left", "结余"},
            {"used", CellType::rate, "Used", "已用比例"},
            {"over", CellType::flag, "Over", "超支"},
            {"rule", CellType::text, "Rule", "规则"}};
}

Report budget(Workspace& w, std::string_view code, const AsOf& when) {
    auto& db = w.db();
    Report report;
    report.shape = Report::Shape::report;
    report.name = "project.budget";
    report.as_of = when.day;
    report.known_at = when.known_at;
    auto& g = report.rows;
    g.columns = budget_columns();
    std::vector<Project> found;
    each_row(db, project::record(), when, [&](const Row& row) {
        auto p = to_struct<Project>(project::record(), row);
        if (!row.voided(when.day) && p.budget && (code.empty() ? p.open() : p.code == code))
            found.push_back(std::move(p));
    });
    for (const Project& p : found) {
        const auto changes = change::approved_cost(db, p.id.value, when);
        const auto bound = committed(db, p, when);
        const auto actual = progress::earned_value(w, p.id.value, when).inputs.ac;
        const auto whole = add_checked(*p.budget, changes), used = add_checked(bound, actual);
        const int digits = p.currency.digits();
        g.add_text(p.code);
        g.add_text(p.name);
        g.add_text(p.currency.code());
        for (const auto n : {*p.budget, changes, bound, actual, whole - used}) g.add_money(n, digits);
        whole > 0 ? g.add_rate(mul_div_half_up(used, 1'000'000, whole)) : g.add_null();
        g.add_flag(used > whole);
        used > whole ? g.add_constant("PRJ-040") : g.add_null();
    }
    return report;
}

}  // namespace agency::status
