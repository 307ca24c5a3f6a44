#include <span>

#include "base/error.hpp"
#include "billing/project_billing.hpp"
#include "progress/earned_value.hpp"
#include "progress/settings.hpp"
#include "project/own_fault.hpp"
#include "project/reports.hpp"
#include "record/store.hpp"
#include "status/status.hpp"

namespace agency::status {

namespace {

std::vector<GridColumn> columns_of_tracking() {
    return {or_na({"complete", CellType::ratio, "Complete", "完成比例"}),
            or_na({"spi", CellType::decimal, "SPI", "进度绩效指数"}),
            or_na({"cpi", CellType::decimal, "CPI", "成本绩效指数"}),
            {"actual", CellType::money, "Actual", "实际成本"},
            or_na({"eac", CellType::money, "EAC", "完工估算"}),
            {"billed", CellType::money, "Billed", "已开票"},
            {"received", CellType::money, "Received", "已回款"},
            or_na({"rag", CellType::word, "RAG", "红黄绿", {"green", "amber", "red"}})};
}

}  // namespace

std::vector<std::string> tracked_keys() {
    std::vector<std::string> keys;
    for (const auto& c : columns_of_tracking()) keys.push_back(c.key);
    return keys;
}

std::vector<GridColumn> tracked_columns() {
    auto columns = project::ledger_columns();
    const auto tracked = columns_of_tracking();
    columns.insert(columns.end(), tracked.begin(), tracked.end());
    return columns;
}

namespace {

/// What tracking adds to a row; all empty where it cannot be reckoned.
struct Tracked {
    std::optional<progress::EarnedValue> value;
    std::optional<std::int64_t> actual;
    std::optional<billing::Billed> billed;
    std::string problem;  ///< why it is empty
};

Tracked tracked(const Rules& rules, progress::Basis& basis, const Project& p, const billing::Bills& bills) {
    Tracked t;
    try {
        t.billed = bills.of(p);
        t.value = progress::find_earned_value(rules, basis, p.id.value);
        t.actual = t.value ? t.value->inputs.ac : progress::actual_cost(basis, p);  // which needs no plan
    } catch (const Error& e) {
        t.problem = project::own_fault(p.code, e);
    }
    return t;
}

}  // namespace

Report tracked_ledger(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    const auto base = project::ledger(w, when);
    const billing::Bills bills(db, when);
    progress::Basis basis(db, when);
    Report report = base;
    auto& g = report.rows;
    g = Grid();
    g.columns = tracked_columns();
    report.narrow = {"code", "name", "status", "forecast_end", "complete", "spi", "cpi", "rag"};
    const auto code = static_cast<std::size_t>(base.rows.find("code")),
               problem = static_cast<std::size_t>(base.rows.find("problem"));
    for (std::size_t r = 0; r < base.rows.rows(); ++r) {
        const auto row = get_row(db, project::record(), base.rows.cell(r, code).text(), when);
        const auto p = to_struct<Project>(project::record(), row);
        const auto t = tracked(w.rules(), basis, p, bills);
        const bool news = !t.problem.empty() && base.rows.cell(r, problem).null;
        for (std::size_t c = 0; c < base.rows.columns.size(); ++c) {
            const Cell& cell = base.rows.cell(r, c);
            if (c == problem && news)
                g.add_text(t.problem);
            else if (is_text(base.rows.columns[c].type))
                g.add_text(cell.text());  // copied: `base` ends here
            else
                g.add(cell);
        }
        const int digits = p.currency.digits();
        const auto& v = t.value;
        const auto ratio = [&](const std::optional<evm::Ratio>& index) {
            index ? g.add_decimal(index->in(10'000), 4) : g.add_null();
        };
        const auto money = [&](const std::optional<std::int64_t>& n) { n ? g.add_money(*n, digits) : g.add_null(); };
        if (v) {
            g.add_rate(mul_div_half_up(v->inputs.ev, 1'000'000, v->inputs.bac));
            ratio(v->figures.spi);
            ratio(v->figures.cpi);
        } else {
            for (int i = 0; i < 3; ++i) g.add_null();
        }
        money(t.actual);
        money(v ? v->figures.eac_typical : std::nullopt);
        money(t.billed ? std::optional(t.billed->gross) : std::nullopt);
        money(t.billed ? std::optional(t.billed->received_gross) : std::nullopt);
        const auto rag = v ? colours_of(w.rules(), db, p, v->figures, when).overall(true) : std::nullopt;
        rag ? g.add_constant(evm::to_string(*rag)) : g.add_null();
    }
    return report;
}

}  // namespace agency::status
