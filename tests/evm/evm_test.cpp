#include "evm/evm.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/money.hpp"
#include "calendar/calendar.hpp"

using namespace agency;
using namespace agency::evm;

namespace {
constexpr std::int64_t million = 1'000'000;
Ratio ppm(std::int64_t n) {
    return {n, million};
}
}  // namespace

TEST_CASE("the figures of the example") {
    const auto f = figures({1'000'000'00, 500'000'00, 400'000'00, 450'000'00, {}});
    CHECK(f.sv == -100'000'00);
    CHECK(f.cv == -50'000'00);
    CHECK(f.spi->in(million) == 800'000);
    CHECK(f.cpi->in(million) == 888'889);
    CHECK(f.eac_typical == 1'125'000'00);
    CHECK(f.eac_atypical == 1'050'000'00);
    CHECK(f.eac_cost_schedule == 1'293'750'00);
    CHECK(f.etc == 675'000'00);
    CHECK(f.vac == -125'000'00);
    CHECK(f.tcpi_bac->in(million) == 1'090'909);
    CHECK(f.tcpi_eac->in(million) == 888'889);
    CHECK_FALSE(f.eac_bottom_up);
}

TEST_CASE("a plan in periods") {
    const auto f = figures({100'000'00, 40'000'00, 35'000'00, 36'000'00, {}});
    CHECK(f.sv == -5'000'00);
    CHECK(f.cv == -1'000'00);
    CHECK(f.spi->in(million) == 875'000);
    CHECK(f.cpi->in(million) == 972'222);
}

TEST_CASE("a fresh estimate replaces the typical one") {
    const auto f = figures({1'000'000, 500'000, 400'000, 450'000, 600'000});
    CHECK(f.eac_bottom_up == 1'050'000);
    CHECK(f.etc == 600'000);
    CHECK(f.vac == -50'000);
    CHECK(f.tcpi_eac->in(million) == 1'000'000);
    CHECK(f.eac_typical == 1'125'000);
}

TEST_CASE("what would divide by zero is nothing, never 0") {
    const auto start = figures({1'000, 0, 0, 0, {}});
    CHECK_FALSE(start.spi);
    CHECK_FALSE(start.cpi);
    CHECK_FALSE(start.eac_typical);
    CHECK_FALSE(start.eac_cost_schedule);
    CHECK_FALSE(start.etc);
    CHECK_FALSE(start.vac);
    CHECK_FALSE(start.tcpi_eac);
    CHECK(start.tcpi_bac->in(million) == 1'000'000);
    const auto spent = figures({1'000, 500, 0, 300, {}});
    CHECK(spent.spi->in(million) == 0);
    CHECK(spent.cpi->in(million) == 0);
    CHECK_FALSE(spent.eac_typical);
    const auto end = figures({1'000, 1'000, 1'000, 1'000, {}});
    CHECK_FALSE(end.tcpi_bac);
    CHECK_FALSE(end.tcpi_eac);
    CHECK(end.eac_typical == 1'000);
    CHECK(end.vac == 0);
}

TEST_CASE("amounts of a hundred billion are exact, larger ones refused") {
    const std::int64_t bac = 10'000'000'000'000;
    const auto f = figures({bac, bac / 3, bac / 7, bac / 11, {}});
    CHECK(f.cpi->in(million) == mul_div_half_up(bac / 7, 1'000'000, bac / 11));
    CHECK(f.eac_typical == mul_div_half_up(bac, bac / 11, bac / 7));
    CHECK_THROWS_AS(figures({INT64_MAX, INT64_MAX - 1, 1, INT64_MAX - 3, {}}), Error);
}

TEST_CASE("red, amber, green by the worse index") {
    CHECK(rag(ppm(950'000), ppm(1'200'000)) == Rag::green);
    CHECK(rag(ppm(949'999), ppm(1'200'000)) == Rag::amber);
    CHECK(rag(ppm(1'000'000), ppm(850'000)) == Rag::amber);
    CHECK(rag(ppm(1'000'000), ppm(849'999)) == Rag::red);
    CHECK(rag({}, ppm(960'000)) == Rag::green);
    CHECK(rag(Ratio{9'499'999, 10'000'000}, {}) == Rag::amber);  // 0.95 only where it is shown
    CHECK_FALSE(rag({}, {}));
}

TEST_CASE("progress by its method") {
    CHECK(earned_part(Method::zero_hundred, {.started = true}).in(million) == 0);
    CHECK(earned_part(Method::fifty_fifty, {.started = true}).in(million) == 500'000);
    CHECK(earned_part(Method::fifty_fifty, {}).in(million) == 0);
    const Weight weights[] = {{20, true}, {30, true}, {50, false}};
    CHECK(earned_part(Method::milestones, {.milestones = weights}).in(million) == 500'000);
    CHECK(earned_part(Method::milestones, {}).in(million) == 0);
    CHECK(earned_part(Method::units, {.units_done = 3, .units = 8}).in(million) == 375'000);
    CHECK(earned_part(Method::units, {.units_done = 9, .units = 8}).in(million) == 1'000'000);
    CHECK(earned_part(Method::units, {}).in(million) == 0);
    CHECK(earned_part(Method::percent, {.percent = 400'000}).in(million) == 400'000);
    CHECK(earned_part(Method::percent, {.percent = 1'000'000}).in(million) == 900'000);
    for (const auto m : {Method::zero_hundred, Method::fifty_fifty, Method::milestones, Method::units, Method::percent})
        CHECK(earned_part(m, {.accepted = true}).in(million) == 1'000'000);
}

TEST_CASE("a ratio is rounded once, to what is shown") {
    const Ratio r{1'234'496, 10'000'000};
    CHECK(r.in(1'000'000) == 123'450);
    CHECK(r.in(10'000) == 1'234);  // 1235 by way of the six decimals
    const Ratio third = earned_part(Method::units, {.units_done = 1, .units = 3});
    CHECK(mul_div_half_up(1'000'000'000, third.n, third.of) == 333'333'333);
}

TEST_CASE("figures that no amount can hold are refused") {
    CHECK_THROWS_AS(figures({1'000, 0, 1'000, -INT64_MAX, {}}), Error);
    CHECK_THROWS_AS(figures({1'000, 0, 0, INT64_MAX, {}}), Error);
}

TEST_CASE("a budget is planned evenly over work days") {
    std::vector<Calendar::Day> days;
    const Date monday = Date::from_ymd(2026, 3, 2);
    for (int i = 0; i < 14; ++i) days.push_back({monday + i, i % 7 >= 5 ? DayKind::rest : DayKind::work});
    const Calendar calendar(days);
    const auto worked = [&](Date d) { return calendar.is_work_day(d); };
    const auto pv = [&](int from, int to, int at) {
        return planned_value(1'000, monday + from, monday + to, monday + at, worked);
    };
    CHECK(pv(0, 11, 4) == 500);
    CHECK(pv(0, 11, 6) == 500);  // nothing on the weekend
    CHECK(pv(0, 11, -1) == 0);
    CHECK(pv(0, 11, 11) == 1'000);
    CHECK(pv(5, 6, 5) == 500);  // no work day at all: every day counts
    CHECK(pv(0, 2, 0) == 333);
    CHECK_THROWS_AS(planned_value(1'000, monday, monday + 20, monday + 3, worked), Error);
}
