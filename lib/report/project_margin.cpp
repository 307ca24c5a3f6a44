#include "report/project_margin.hpp"

#include <map>

#include "billing/project_billing.hpp"
#include "cost/facts.hpp"
#include "intake/labour.hpp"
#include "progress/earned_value.hpp"
#include "project/own_fault.hpp"
#include "record/report_as_of.hpp"
#include "record/store.hpp"
#include "report/project_lines.hpp"

namespace agency {
namespace {

/// Minor units.
struct Margin {
    std::int64_t revenue = 0, labour = 0, other = 0, received = 0;

    std::int64_t margin() const { return add_checked(add_checked(revenue, -labour), -other); }
    /// Parts per million of the revenue.
    std::optional<std::int64_t> rate() const {
        return revenue > 0 ? std::optional(mul_div_half_up(margin(), 1'000'000, revenue)) : std::nullopt;
    }
    bool any() const { return revenue != 0 || labour != 0 || other != 0 || received != 0; }
    void add(const Margin& m) {
        revenue = add_checked(revenue, m.revenue);
        labour = add_checked(labour, m.labour);
        other = add_checked(other, m.other);
        received = add_checked(received, m.received);
    }
};

Margin margin_of(progress::Basis& basis, const Project& p, const billing::Billed& billed) {
    auto& db = basis.db;
    const AsOf& when = basis.when;
    std::int64_t posted = 0;
    for (const auto& c : cost::postings(db, p.id.value, when))
        if (c.day <= when.day && c.amount.currency == p.currency) posted = add_checked(posted, c.amount.minor);
    const auto fees = cost::official_fees_of_project(db, p.id.value, p.currency, beginning, when);
    return {billed.net, add_checked(progress::actual_cost(basis, p), -posted), add_checked(posted, -fees),
            billed.received_net};
}

/// Parts per million of the assessment that the project's contract names.
std::optional<std::int64_t> expected_rate(db::Session& db, const Project& p, const AsOf& when) {
    const auto row = p.contract ? find_row(db, contract::record(), p.contract.value, when) : std::nullopt;
    const auto by = row ? to_struct<Contract>(contract::record(), *row).intake.value : 0;
    const auto assessed = by ? find_row(db, intake::record(), by, when) : std::nullopt;
    if (!assessed) return std::nullopt;
    return intake::gross_margin(intake::estimate_of(db, to_struct<Intake>(intake::record(), *assessed), when));
}

void put(Grid& g, const Margin& m, std::optional<std::int64_t> expected, int digits) {
    for (const auto amount : {m.revenue, m.labour, m.other, m.margin()}) g.add_money(amount, digits);
    const auto rate = m.rate();
    rate ? g.add_rate(*rate) : g.add_null();
    expected ? g.add_rate(*expected) : g.add_null();
    g.add_money(m.received, digits);
}

}  // namespace

std::vector<GridColumn> project_margin_columns() {
    auto columns = project_columns();
    columns.insert(columns.end(), {{"manager", CellType::text, "Manager", "项目经理"},
                                   {"currency", CellType::text, "Currency", "币种"},
                                   {"net_revenue", CellType::money, "Net revenue", "净收入"},
                                   {"labour", CellType::money, "Labour", "人工成本"},
                                   {"other_cost", CellType::money, "Other cost", "其他成本"},
                                   {"margin", CellType::money, "Margin", "毛利"},
                                   {"margin_rate", CellType::ratio, "Margin rate", "毛利率"},
                                   {"expected_rate", CellType::ratio, "Expected rate", "预计毛利率"},
                                   {"received", CellType::money, "Received", "已回款"}});
    return columns;
}

Report project_margin(Workspace& w, std::string_view code, const AsOf& when) {
    auto& db = w.db();
    Report report = report_as_of("project.margin", when);
    report.parameters = {{"project", std::string(code)}};
    report.narrow = {"project", "net_revenue", "labour", "other_cost", "margin", "margin_rate"};
    report.rows.columns = report.totals.columns = project_margin_columns();
    const billing::Bills bills(db, when);
    std::map<std::string, Margin> totals;
    std::vector<std::string> left_out;
    progress::Basis basis(db, when);
    for (const Project& p : projects_of(db, code, when)) {
        try {
            const auto m = margin_of(basis, p, bills.of(p));
            if (code.empty() && !m.any()) continue;
            const auto expected = expected_rate(db, p, when);
            auto sum = totals[std::string(p.currency.code())];
            sum.add(m);
            for (const Margin& each : {m, sum}) each.rate();  // before anything is put
            auto& g = report.rows;
            add_project(g, db, p, when);
            g.add_text(p.manager ? number_of(db, employee::record(), p.manager.value) : "");
            g.add_text(p.currency.code());
            put(g, m, expected, p.currency.digits());
            totals[std::string(p.currency.code())] = sum;
        } catch (const Error& e) {
            if (!code.empty()) throw;
            left_out.push_back(project::own_fault(p.code, e));
        }
    }
    report.checks.push_back(project::left_out_check("projects_readable", left_out));
    for (const auto& [currency, m] : totals) {
        for (int i = 0; i < 5; ++i) report.totals.add_null();
        report.totals.add_text(currency);
        put(report.totals, m, {}, Currency::parse(currency)->digits());
    }
    return report;
}

}  // namespace agency
