// The figures of handbook §2.2 and §2.3.
#include "intake/assessment.hpp"

#include <catch2/catch.hpp>

#include "intake/trigger.hpp"

using namespace agency::intake;

namespace {

constexpr Weights weights{20, 20, 20, 25, 15};
std::array<Scores, 5> tenths(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d, std::int64_t e) {
    return {{{a, 1}, {b, 1}, {c, 1}, {d, 1}, {e, 1}}};
}

}  // namespace

TEST_CASE("intake: the handbook's example scores 70.5") {
    CHECK(weighted(tenths(40, 30, 40, 35, 30), weights) == 705);
    CHECK(weighted(tenths(50, 50, 50, 50, 50), weights) == 1000);
    CHECK(weighted(tenths(0, 0, 0, 0, 0), weights) == 0);
}

TEST_CASE("intake: sub-items are averaged and rounded once") {
    auto scores = tenths(40, 30, 40, 35, 30);
    scores[0] = {110, 3};  // 4, 4, 3
    // 20 × 3.6667 / 5 = 14.6667 in place of 16: 69.1667
    CHECK(weighted(scores, weights) == 692);
    scores[1] = {100, 7};  // 20 × 1.428571 / 5 = 5.714286 in place of 12: 62.880952
    CHECK(weighted(scores, weights) == 629);
}

TEST_CASE("intake: what is just below a threshold is rounded up to be shown and down to be judged") {
    std::array<Scores, dimensions> scores = tenths(38, 38, 38, 37, 37);
    const Weights weights{20, 20, 20, 20, 20};
    CHECK(weighted(scores, weights) == 752);
    scores[4] = {1818, 50};  // 3.636: 74.944
    CHECK(weighted(scores, weights) == 749);
    scores[4] = {1822, 50};  // 3.644: 74.976
    CHECK(weighted(scores, weights) == 750);
    CHECK(weighted(scores, weights, Rounding::down) == 749);
    const Estimate e{.revenue = 10'000'000'00, .labour = 8'000'001'00};
    CHECK(risk_adjusted_margin(e, 0) == 200'000);  // 0.1999999
    CHECK(risk_adjusted_margin(e, 0, Rounding::down) == 199'999);
    CHECK(risk_adjusted_margin({.revenue = 3, .labour = 4}, 0, Rounding::down) == -333'334);
    CHECK(risk_adjusted_margin({.revenue = 4, .labour = 3}, 0, Rounding::down) == 250'000);
}

TEST_CASE("intake: INT-003 a dimension without a score has no weighted score") {
    auto scores = tenths(40, 30, 40, 35, 30);
    scores[3] = {};
    CHECK_FALSE(weighted(scores, weights));
}

TEST_CASE("intake: INT-004 weights sum to 100") {
    CHECK(whole(weights));
    CHECK_FALSE(whole({20, 20, 20, 25, 16}));
    CHECK_FALSE(whole({-20, 60, 20, 25, 15}));
}

TEST_CASE("intake: margins are of net revenue") {
    // 1,060,000 with 6 % tax; 100,000 passed through, 20,000 rebated.
    Estimate e{without_tax(1'060'000'00, 60'000), 100'000'00, 20'000'00, 500'000'00, 60'000'00, 10'000'00, 5'000'00};
    CHECK(e.revenue == 1'000'000'00);
    CHECK(e.net_revenue() == 880'000'00);
    CHECK(e.direct_cost() == 575'000'00);
    CHECK(gross_margin(e) == 346'591);                       // 305,000 / 880,000
    CHECK(risk_adjusted_margin(e, 85'000'00) == 250'000);    // 220,000 / 880,000
    CHECK(risk_adjusted_margin(e, 393'000'00) == -100'000);  // a loss
    e.pass_through = 980'000'00;
    CHECK_FALSE(gross_margin(e));
}

TEST_CASE("intake: exposure is the sum of probability times impact") {
    const Risk risks[] = {{300'000, 100'000, 100'000'00, 100'000'00}, {500'000, 500'000, 20'000'01, 10'000'01}};
    CHECK(exposure(risks) == 30'000'00 + 10'000'01);  // 10,000.005 rounds up
    CHECK(residual_exposure(risks) == 10'000'00 + 5'000'01);
}

TEST_CASE("intake: peak cash need is the deepest sum so far") {
    const std::int64_t net[] = {-50'000, -30'000, 100'000, -60'000};
    CHECK(peak_cash_need(net) == 80'000);
    const std::int64_t never[] = {10, -5, 3};
    CHECK(peak_cash_need(never) == 0);
}

TEST_CASE("intake: risk levels") {
    CHECK(level_of(4) == Level::low);
    CHECK(level_of(5) == Level::medium);
    CHECK(level_of(9) == Level::medium);
    CHECK(level_of(10) == Level::high);
    CHECK(level_of(15) == Level::high);
    CHECK(level_of(16) == Level::high);
    CHECK(level_of(20) == Level::extreme);
}

TEST_CASE("intake: the worst column of the decision rule wins") {
    using enum Decision;
    CHECK(judge(750, 200'000, 9, 0).all == go);
    CHECK(judge(749, 200'000, 9, 0).all == go_with_conditions);
    CHECK(judge(600, 200'000, 9, 0).all == go_with_conditions);
    CHECK(judge(599, 200'000, 9, 0).all == no_go);
    CHECK(judge(900, 199'999, 9, 0).all == go_with_conditions);
    CHECK(judge(900, 99'999, 9, 0).all == no_go);
    CHECK(judge(900, std::nullopt, 1, 0).all == no_go);
    CHECK(judge(900, 300'000, 10, 0).all == go_with_conditions);
    CHECK(judge(900, 300'000, 20, 0).all == no_go);
    CHECK(judge(900, 300'000, 1, 1).all == no_go);
    const auto v = judge(705, 250'000, 20, 0);
    CHECK(v.score == go_with_conditions);
    CHECK(v.margin == go);
    CHECK(v.risk == no_go);
}

TEST_CASE("intake: collective triggers") {
    TriggerFacts f{.amount = 499'999'99,
                   .advance = 49'999'99,
                   .profit = 0,
                   .last_year_revenue = 6'000'000'00,
                   .score = 701,
                   .residual_risk = 9};
    CHECK(triggers(f).empty());
    f.amount = 500'000'00;
    CHECK(triggers(f) == std::vector{Trigger::amount});
    f = {.amount = 60'000'00, .last_year_revenue = 600'000'00};
    CHECK(triggers(f) == std::vector{Trigger::share_of_revenue});
    f.last_year_revenue.reset();
    CHECK(triggers(f).empty());
    f = {.profit = -1, .score = 700, .residual_risk = 10};
    CHECK(triggers(f) == std::vector{Trigger::expected_loss, Trigger::borderline_score, Trigger::residual_risk});
    f = {.advance = 50'000'00, .score = 599, .low_rating = true, .related_party = true};
    CHECK(triggers(f) == std::vector{Trigger::advance, Trigger::low_rating, Trigger::related_party});
    f = {.new_business_line = true, .public_project = true, .unlimited_liability = true, .cross_department = true};
    CHECK(triggers(f).size() == 4);
}
