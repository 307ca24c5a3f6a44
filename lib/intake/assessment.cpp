#include "intake/assessment.hpp"

#include <algorithm>

#include "base/money.hpp"

namespace agency::intake {
namespace {

constexpr std::int64_t million = 1'000'000;

std::optional<std::int64_t> share(std::int64_t part, std::int64_t whole, Rounding rounding) {
    if (whole <= 0) return std::nullopt;
    const auto ppm = mul_div_half_up(part, million, whole);
    const bool above = static_cast<__int128>(ppm) * whole > static_cast<__int128>(part) * million;
    return rounding == Rounding::down && above ? ppm - 1 : ppm;
}

std::int64_t sum_of(std::span<const Risk> risks, std::int64_t Risk::*likelihood, std::int64_t Risk::*loss) {
    std::int64_t sum = 0;
    for (const Risk& r : risks) sum = add_checked(sum, mul_div_half_up(r.*loss, r.*likelihood, million));
    return sum;
}

template <class Value>
Decision column(Value value, Value go, Value conditional) {
    if (value >= go) return Decision::go;
    return value >= conditional ? Decision::go_with_conditions : Decision::no_go;
}

}  // namespace

bool whole(const Weights& weights) {
    std::int64_t sum = 0;
    for (const auto w : weights) {
        if (w < 0 || w > 100) return false;
        sum += w;
    }
    return sum == 100;
}

std::optional<std::int64_t> weighted(const std::array<Scores, dimensions>& scores, const Weights& weights,
                                     Rounding rounding) {
    // Over one denominator, so that it is rounded once: Σ w × sum / (5 × count).
    __int128 n = 0, den = 5;
    for (const Scores& s : scores) {
        if (s.count <= 0) return std::nullopt;
        den *= s.count;
    }
    for (std::size_t i = 0; i < dimensions; ++i) n += den / 5 / scores[i].count * weights[i] * scores[i].sum;
    return static_cast<std::int64_t>(rounding == Rounding::down ? n / den : (2 * n + den) / (2 * den));
}

std::int64_t Estimate::net_revenue() const {
    return add_checked(add_checked(revenue, -pass_through), -rebates);
}

std::int64_t Estimate::direct_cost() const {
    return add_checked(add_checked(labour, subcontract), add_checked(travel, other));
}

std::int64_t Estimate::profit() const {
    return add_checked(net_revenue(), -direct_cost());
}

std::int64_t without_tax(std::int64_t amount, std::int64_t tax_ppm) {
    return mul_div_half_up(amount, million, million + tax_ppm);
}

std::optional<std::int64_t> gross_margin(const Estimate& e) {
    return share(e.profit(), e.net_revenue(), Rounding::half_up);
}

std::optional<std::int64_t> risk_adjusted_margin(const Estimate& e, std::int64_t residual, Rounding rounding) {
    return share(add_checked(e.profit(), -residual), e.net_revenue(), rounding);
}

std::int64_t peak_cash_need(std::span<const std::int64_t> net_by_month) {
    std::int64_t sum = 0, lowest = 0;
    for (const auto net : net_by_month) lowest = std::min(lowest, sum = add_checked(sum, net));
    return -lowest;
}

Level level_of(std::int64_t score) {
    return score >= 20 ? Level::extreme : score >= 10 ? Level::high : score >= 5 ? Level::medium : Level::low;
}

std::int64_t exposure(std::span<const Risk> risks) {
    return sum_of(risks, &Risk::likelihood, &Risk::loss);
}

std::int64_t residual_exposure(std::span<const Risk> risks) {
    return sum_of(risks, &Risk::residual_likelihood, &Risk::residual_loss);
}

Verdict judge(std::int64_t score, std::optional<std::int64_t> margin, std::int64_t residual_risk,
              std::int64_t knockouts, const Thresholds& t) {
    Verdict v{};
    v.score = column(score, t.go_score, t.conditional_score);
    v.margin = margin ? column(*margin, t.go_margin, t.conditional_margin) : Decision::no_go;
    v.risk = column(-residual_risk, -t.go_risk, -t.conditional_risk);
    v.knockouts = knockouts > 0 ? Decision::no_go : Decision::go;
    v.all = std::max({v.score, v.margin, v.risk, v.knockouts});
    return v;
}

}  // namespace agency::intake
