#include "report/calibration.hpp"

#include <map>

#include "base/translate.hpp"
#include "contract/contract.hpp"
#include "intake/evaluate.hpp"
#include "record/report_as_of.hpp"
#include "report/ledger.hpp"
#include "report/project_outcome.hpp"

namespace agency {
namespace {

struct Outcome {
    std::string contracts;  ///< `;` between
    std::int64_t amount = 0, invoiced = 0, received = 0;
    std::int64_t agreed = 0;  ///< amount without tax
    std::optional<ProjectOutcome> projects;

    void add(const ProjectOutcome& p) {
        if (!projects) projects.emplace();
        auto& o = *projects;
        o.closed = o.closed && p.closed;
        o.begun = o.begun && p.begun;
        for (const auto part : {&ProjectOutcome::billed, &ProjectOutcome::spent, &ProjectOutcome::cost,
                                &ProjectOutcome::earned, &ProjectOutcome::bac})
            o.*part = add_checked(o.*part, p.*part);
    }
};

/// By assessment, of the contracts that left draft by it and are in its currency; `others`: numbers of those that are
/// not, `;` between.
std::map<std::int64_t, Outcome> outcomes(Workspace& w, const AsOf& when, std::string& others) {
    std::map<std::string, Contract> taken_on;
    each_row(w.db(), contract::record(), when, [&](const Row& row) {
        auto c = to_struct<Contract>(contract::record(), row);
        const bool left = c.status != Contract::Status::draft && c.status != Contract::Status::cancelled &&
                          c.status != Contract::Status::voided;
        if (c.intake && left && !row.voided(when.day)) taken_on.emplace(c.number, std::move(c));
    });
    std::map<std::int64_t, Outcome> out;
    if (taken_on.empty()) return out;
    const auto projects = project_outcomes(w, when);
    const auto ledger = contract_ledger(w, when, false);
    const Grid& g = ledger.rows;
    const auto at = [&](const char* key) { return static_cast<std::size_t>(g.find(key)); };
    const auto number = at("number"), invoiced = at("invoiced"), credited = at("credited"), received = at("received");
    for (std::size_t r = 0; r < g.rows(); ++r) {
        const auto it = taken_on.find(std::string(g.cell(r, number).text()));
        if (it == taken_on.end()) continue;
        const Contract& c = it->second;
        const auto assessed = find_row(w.db(), intake::record(), c.intake.value, when);
        if (assessed && !(to_struct<Intake>(intake::record(), *assessed).currency == c.currency)) {
            others += (others.empty() ? "" : "; ") + c.number;
            continue;
        }
        Outcome& o = out[c.intake.value];
        o.contracts += (o.contracts.empty() ? "" : "; ") + c.number;
        o.amount = add_checked(o.amount, c.amount.value_or(0));
        o.agreed = add_checked(o.agreed, intake::without_tax(c.amount.value_or(0), c.tax_rate ? c.tax_rate->ppm : 0));
        o.invoiced = add_checked(o.invoiced, g.cell(r, invoiced).n - g.cell(r, credited).n);
        o.received = add_checked(o.received, g.cell(r, received).n);
        if (const auto p = projects.find(c.id.value); p != projects.end()) o.add(p->second);
    }
    return out;
}

/// Of the assessments whose projects have begun: what was expected, and what it comes to.
struct Measured {
    std::int64_t count = 0, earned = 0, bac = 0, spent = 0;
    std::int64_t expected_revenue = 0, expected_cost = 0, expected_loss = 0, revenue = 0, cost = 0;

    void add(const intake::Assessment& a, const Outcome& o) {
        if (!o.projects || !o.projects->begun) return;
        const auto& p = *o.projects;
        const auto& e = a.estimate;
        // Until all is billed, revenue is what was agreed, less what is only passed on or given back of it.
        const auto comes_to = p.closed || o.agreed == 0 ? p.billed : o.agreed - e.pass_through - e.rebates;
        ++count;
        for (const auto& [sum, more] : {std::pair{&earned, p.earned},
                                        {&bac, p.bac},
                                        {&spent, p.spent},
                                        {&expected_revenue, e.net_revenue()},
                                        {&expected_cost, e.direct_cost()},
                                        {&expected_loss, a.residual_exposure},
                                        {&revenue, comes_to},
                                        {&cost, p.cost}})
            *sum = add_checked(*sum, more);
    }
};

/// Sums of a group; expected margins and scores are averaged.
struct Sums {
    std::int64_t count = 0, score = 0, expected = 0, amount = 0, invoiced = 0, received = 0, margin = 0, margins = 0;
    int scale = 1;  ///< decimals of the score
    Measured measured;
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
    s.measured.add(a, o);
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
            {"expected_margin", CellType::ratio, "Expected margin", "预计风险调整毛利率"},
            {"measured", CellType::integer, "Measured", "已开工笔数"},
            {"done", CellType::ratio, "Done", "完成比例"},
            {"expected_revenue", CellType::money, "Expected revenue", "预计净收入"},
            {"revenue", CellType::money, "Revenue", "净收入"},
            {"revenue_error", CellType::ratio, "Revenue error", "收入偏差"},
            {"expected_cost", CellType::money, "Expected cost", "预计直接成本"},
            {"spent", CellType::money, "Spent", "已发生成本"},
            {"cost", CellType::money, "Cost", "完工成本"},
            {"cost_error", CellType::ratio, "Cost error", "成本偏差"},
            {"margin", CellType::ratio, "Margin", "毛利率"},
            {"margin_error", CellType::ratio, "Margin error", "毛利率偏差"}};
}

void add_share(Grid& g, std::int64_t part, std::int64_t whole) {
    whole > 0 ? g.add_rate(mul_div_half_up(part, 1'000'000, whole)) : g.add_null();
}

void add_measured(Grid& g, const Measured& m, int digits) {
    g.add_integer(m.count);
    if (m.count == 0) {
        for (int i = 0; i < 10; ++i) g.add_null();
        return;
    }
    add_share(g, m.earned, m.bac);
    g.add_money(m.expected_revenue, digits);
    g.add_money(m.revenue, digits);
    add_share(g, m.revenue - m.expected_revenue, m.expected_revenue);
    g.add_money(m.expected_cost, digits);
    g.add_money(m.spent, digits);
    g.add_money(m.cost, digits);
    add_share(g, m.cost - m.expected_cost, m.expected_cost);
    add_share(g, m.revenue - m.cost, m.revenue);
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return whole > 0 ? std::optional(mul_div_half_up(part, 1'000'000, whole)) : std::nullopt;
    };
    const auto shown = share(m.revenue - m.cost, m.revenue);
    const auto expected = share(m.expected_revenue - m.expected_cost - m.expected_loss, m.expected_revenue);
    shown&& expected ? g.add_rate(*shown - *expected) : g.add_null();
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
    std::string others;
    for (const auto& [id, outcome] : outcomes(w, when, others)) {
        const auto row = find_row(w.db(), intake::record(), id, when);
        if (!row) continue;
        const auto a = intake::assess(w, to_struct<Intake>(intake::record(), *row), when, intake::Depth::figures);
        const std::string currency(a.intake.currency.code());
        if (by == "dimension")
            add_dimensions(groups, a, outcome);
        else if (by == "assessor")
            add(groups, {"", "", "", a.intake.assessor, currency}, a, outcome, a.weighted.value_or(0), 1);
        else
            add(groups, {a.intake.number, outcome.contracts, "", a.intake.assessor, currency}, a, outcome,
                a.weighted.value_or(0), 1);
    }
    Report report = report_as_of("intake.calibrate", when);
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
        add_measured(g, s.measured, digits);
    }
    keep_columns(g, by);
    report.checks.push_back({"contracts_in_the_currency_assessed", others.empty(),
                             others.empty()
                                 ? std::string()
                                 : say("contracts in another currency than was assessed are not counted: {numbers}",
                                       fmt::arg("numbers", others))});
    return report;
}

}  // namespace agency
