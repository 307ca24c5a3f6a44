#include "billing/project_billing.hpp"
#include "progress/earned_value.hpp"
#include "progress/settings.hpp"
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

Report tracked_ledger(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    const auto base = project::ledger(w, when);
    const auto billed = billing::billed_by_project(db, when, beginning, when.day);
    progress::Basis basis(db, when);
    Report report = base;
    auto& g = report.rows;
    g = Grid();
    g.columns = tracked_columns();
    report.narrow = {"code", "name", "status", "forecast_end", "complete", "spi", "cpi", "rag"};
    const auto code = static_cast<std::size_t>(base.rows.find("code"));
    for (std::size_t r = 0; r < base.rows.rows(); ++r) {
        for (std::size_t c = 0; c < base.rows.columns.size(); ++c) {
            const Cell& cell = base.rows.cell(r, c);
            if (is_text(base.rows.columns[c].type))
                g.add_text(cell.text());  // copied: `base` ends here
            else
                g.add(cell);
        }
        const auto row = get_row(db, project::record(), base.rows.cell(r, code).text(), when);
        const auto p = to_struct<Project>(project::record(), row);
        const int digits = p.currency.digits();
        const auto v = progress::find_earned_value(w.rules(), basis, row.id);
        const auto ratio = [&](const std::optional<evm::Ratio>& index) {
            index ? g.add_decimal(index->in(10'000), 4) : g.add_null();
        };
        if (v) {
            g.add_rate(mul_div_half_up(v->inputs.ev, 1'000'000, v->inputs.bac));
            ratio(v->figures.spi);
            ratio(v->figures.cpi);
            g.add_money(v->inputs.ac, digits);
            v->figures.eac_typical ? g.add_money(*v->figures.eac_typical, digits) : g.add_null();
        } else {
            for (int i = 0; i < 3; ++i) g.add_null();
            g.add_money(progress::actual_cost(basis, p), digits);  // needs no plan
            g.add_null();
        }
        const auto it = billed.find(row.id);
        const auto b = it == billed.end() ? billing::Billed{} : it->second;
        g.add_money(b.gross, digits);
        g.add_money(b.received_gross, digits);
        const auto rag = v ? evm::rag(v->figures.spi, v->figures.cpi, w.rules().rate(progress::green).ppm,
                                      w.rules().rate(progress::amber).ppm)
                           : std::nullopt;
        rag ? g.add_constant(evm::to_string(*rag)) : g.add_null();
    }
    return report;
}

}  // namespace agency::status
