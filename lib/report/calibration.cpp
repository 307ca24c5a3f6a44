#include "report/calibration.hpp"

#include <map>

#include "base/translate.hpp"
#include "contract/facts.hpp"
#include "intake/evaluate.hpp"
#include "report/ledger.hpp"

namespace agency {
namespace {

struct Outcome {
    std::string contract;
    std::int64_t amount = 0, invoiced = 0, received = 0;
};

/// By assessment, of the contracts of the ledger.
std::map<std::int64_t, Outcome> outcomes(Workspace& w, const AsOf& when) {
    std::map<std::string, std::int64_t> intake_of;
    for (const auto& [intake, contract] : contract::by_intake(w.db(), when)) intake_of[contract] = intake;
    std::map<std::int64_t, Outcome> out;
    const auto ledger = contract_ledger(w, when, false);
    const Grid& g = ledger.rows;
    const auto at = [&](const char* key) { return static_cast<std::size_t>(g.find(key)); };
    const auto number = at("number"), amount = at("amount"), invoiced = at("invoiced"), credited = at("credited"),
               received = at("received");
    for (std::size_t r = 0; r < g.rows(); ++r) {
        const auto it = intake_of.find(std::string(g.cell(r, number).text()));
        if (it == intake_of.end()) continue;
        out[it->second] = {it->first, g.cell(r, amount).n, g.cell(r, invoiced).n - g.cell(r, credited).n,
                           g.cell(r, received).n};
    }
    return out;
}

/// Sums of a group; margins and scores are averaged.
struct Sums {
    std::int64_t count = 0, score = 0, expected = 0, amount = 0, invoiced = 0, received = 0, margin = 0, margins = 0;
    int scale = 1;  ///< decimals of the score
};

struct Key {
    std::string intake, contract, dimension, assessor, currency;
    auto operator<=>(const Key&) const = default;
};

using Groups = std::map<Key, Sums>;

void add(Groups& groups, Key key, const intake::Assessment& a, const Outcome& o, std::int64_t score, int scale) {
    Sums& s = groups[std::move(key)];
    ++s.count;
    s.scale = scale;
    s.score += score;
    s.expected = add_checked(s.expected, a.intake.amount.value_or(0));
    s.amount = add_checked(s.amount, o.amount);
    s.invoiced = add_checked(s.invoiced, o.invoiced);
    s.received = add_checked(s.received, o.received);
    if (a.risk_adjusted_margin) {
        s.margin += *a.risk_adjusted_margin;
        ++s.margins;
    }
}

void add_dimensions(Groups& groups, const intake::Assessment& a, const Outcome& o) {
    const std::string currency(a.intake.currency.code());
    for (std::size_t d = 0; d < intake::dimensions; ++d) {
        const auto dimension = static_cast<intake::Dimension>(d);
        std::map<std::string, intake::Scores> by_assessor;
        for (const auto& s : a.scores)
            if (s.dimension == dimension) {
                by_assessor[s.assessor].sum += s.score;
                ++by_assessor[s.assessor].count;
            }
        if (by_assessor.empty() && a.dimension[d].count) by_assessor[a.intake.assessor] = a.dimension[d];
        for (const auto& [assessor, scores] : by_assessor)
            add(groups, {"", "", std::string(intake::to_string(dimension)), assessor, currency}, a, o,
                mul_div_half_up(scores.sum, 10, scores.count), 2);
    }
}

std::vector<GridColumn> all_columns() {
    return {{"intake", CellType::text, "Intake", "评估编号"},
            {"contract", CellType::text, "Contract", "合同编号"},
            {"dimension", CellType::word, "Dimension", "评估维度"},
            {"assessor", CellType::text, "Assessor", "评估人"},
            {"currency", CellType::text, "Currency", "币种"},
            {"count", CellType::integer, "Count", "笔数"},
            {"score", CellType::decimal, "Score", "得分"},
            {"expected_amount", CellType::money, "Expected amount", "预计合同额"},
            {"contract_amount", CellType::money, "Contract amount", "合同金额"},
            {"amount_error", CellType::ratio, "Amount error", "金额偏差"},
            {"invoiced", CellType::money, "Invoiced", "已开票"},
            {"received", CellType::money, "Received", "已收款"},
            {"expected_margin", CellType::ratio, "Expected margin", "预计风险调整毛利率"}};
}

void keep_columns(Grid& g, std::string_view by) {
    std::vector<std::size_t> keep;
    for (std::size_t c = 0; c < g.columns.size(); ++c) {
        const auto& k = g.columns[c].key;
        const bool own = k == "intake" || k == "contract";
        if ((own && (by == "dimension" || by == "assessor")) || (k == "dimension" && by != "dimension")) continue;
        keep.push_back(c);
    }
    g.keep_columns(keep);
}

}  // namespace

std::vector<GridColumn> calibration_columns() {
    Grid g;
    g.columns = all_columns();
    keep_columns(g, "intake");
    return g.columns;
}

Report calibration(Workspace& w, const AsOf& when, std::string_view by) {
    Groups groups;
    for (const auto& [id, outcome] : outcomes(w, when)) {
        const auto row = find_row(w.db(), intake::record(), id, when);
        if (!row) continue;
        const auto a = intake::assess(w, to_struct<Intake>(intake::record(), *row), when, intake::Depth::figures);
        const std::string currency(a.intake.currency.code());
        if (by == "dimension")
            add_dimensions(groups, a, outcome);
        else if (by == "assessor")
            add(groups, {"", "", "", a.intake.assessor, currency}, a, outcome, a.weighted.value_or(0), 1);
        else
            add(groups, {a.intake.number, outcome.contract, "", a.intake.assessor, currency}, a, outcome,
                a.weighted.value_or(0), 1);
    }
    Report report;
    report.shape = Report::Shape::report;
    report.name = "intake.calibrate";
    report.as_of = when.day;
    report.known_at = when.known_at;
    report.parameters = {{"by", std::string(by)}};
    auto& g = report.rows;
    g.columns = all_columns();
    for (const auto& [key, s] : groups) {
        const int digits = Currency::parse(key.currency)->digits();
        for (const auto& text : {key.intake, key.contract, key.dimension, key.assessor, key.currency}) g.add_text(text);
        g.add_integer(s.count);
        g.add_decimal(mul_div_half_up(s.score, 1, s.count), s.scale);
        g.add_money(s.expected, digits);
        g.add_money(s.amount, digits);
        s.expected ? g.add_rate(mul_div_half_up(s.amount - s.expected, 1'000'000, s.expected)) : g.add_null();
        g.add_money(s.invoiced, digits);
        g.add_money(s.received, digits);
        s.margins ? g.add_rate(mul_div_half_up(s.margin, 1, s.margins)) : g.add_null();
    }
    keep_columns(g, by);
    return report;
}

}  // namespace agency
