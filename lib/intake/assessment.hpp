// 承接评估 in figures (handbook §2.2): scores in tenths, rates in ppm, money in minor units; nothing here reads a file.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace agency::intake {

/// In the order of the handbook's table.
enum class Dimension : std::uint8_t { qualification, feasibility, capability, return_, risk };
constexpr std::size_t dimensions = 5;

/// The sub-items that a dimension was scored by; their mean is the dimension's score, 0–5.
struct Scores {
    std::int64_t sum = 0;  ///< tenths
    std::int64_t count = 0;
};
using Weights = std::array<std::int64_t, dimensions>;

/// Whether the weights sum to 100 [INT-004].
bool whole(const Weights& weights);
/// A figure is shown rounded; a threshold is reached by what it is, so it is judged with the rest cut off.
enum class Rounding : std::uint8_t { half_up, down };
/// Σ w × s / 5 in tenths of a point, 0–1000, rounded once; nothing while a dimension has no score [INT-003].
std::optional<std::int64_t> weighted(const std::array<Scores, dimensions>& scores, const Weights& weights,
                                     Rounding rounding = Rounding::half_up);

/// What the business would bring, in minor units of one currency, without tax.
struct Estimate {
    std::int64_t revenue = 0;       ///< contract amount without tax
    std::int64_t pass_through = 0;  ///< 官费, 代收代付
    std::int64_t rebates = 0;
    std::int64_t labour = 0, subcontract = 0, travel = 0, other = 0;

    // Error(usage) when they are more than an amount can be.
    std::int64_t net_revenue() const;
    std::int64_t direct_cost() const;
    std::int64_t profit() const;
};
/// An amount that includes tax, without it.
std::int64_t without_tax(std::int64_t amount, std::int64_t tax_ppm);
/// profit / net revenue in ppm; nothing when there is no net revenue.
std::optional<std::int64_t> gross_margin(const Estimate& e);
/// (profit − residual exposure) / net revenue in ppm.
std::optional<std::int64_t> risk_adjusted_margin(const Estimate& e, std::int64_t residual_exposure,
                                                 Rounding rounding = Rounding::half_up);
/// The most money that is out at once: max over months of −Σ net cash so far; 0 when it never is.
std::int64_t peak_cash_need(std::span<const std::int64_t> net_by_month);

/// P × I, each 1–5: 1–4 low, 5–9 medium, 10–16 high, 20–25 extreme.
enum class Level : std::uint8_t { low, medium, high, extreme };
Level level_of(std::int64_t score);
/// From this score on a risk needs a mitigation, an owner, a day and what remains.
constexpr std::int64_t to_be_mitigated = 10;

/// One risk with what remains of it after its mitigation.
struct Risk {
    std::int64_t likelihood = 0, residual_likelihood = 0;  ///< ppm
    std::int64_t loss = 0, residual_loss = 0;              ///< minor units
};
/// Σ P% × impact, each product rounded once.
std::int64_t exposure(std::span<const Risk> risks);
std::int64_t residual_exposure(std::span<const Risk> risks);

enum class Decision : std::uint8_t { go, go_with_conditions, no_go };

/// D values of the decision rule; the setting's defaults are the handbook's.
struct Thresholds {
    std::int64_t go_score = 750, conditional_score = 600;            ///< tenths
    std::int64_t go_margin = 200'000, conditional_margin = 100'000;  ///< ppm
    std::int64_t go_risk = 9, conditional_risk = 16;                 ///< P × I
};
/// The columns of the rule and what they come to: the worst wins.
struct Verdict {
    Decision score, margin, risk, knockouts, all;
};
/// Score and margin are rounded down, which compares with whole thresholds as the exact figures do. `margin` nothing
/// (no net revenue) is no_go.
Verdict judge(std::int64_t score, std::optional<std::int64_t> margin, std::int64_t residual_risk,
              std::int64_t knockouts, const Thresholds& t = {});

}  // namespace agency::intake
