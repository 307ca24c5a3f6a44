#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "docket/bidding_fee.hpp"
#include "docket/deadline.hpp"

using namespace agency;
using namespace agency::docket;

TEST_CASE("the progressive fee of a tender") {
    const std::int64_t wan = 10'000'00;
    CHECK(bidding_fee(BidKind::works, 6'000 * wan).total == 22'5500'00);
    CHECK(bidding_fee(BidKind::service, 800 * wan).total == 6'0500'00);
    CHECK(bidding_fee(BidKind::goods, 350 * wan).total == 4'2500'00);
    const auto works = bidding_fee(BidKind::works, 6'000 * wan);
    REQUIRE(works.bands.size() == 5);
    const std::int64_t fees[] = {1'0000'00, 2'8000'00, 2'7500'00, 14'0000'00, 2'0000'00};
    for (std::size_t i = 0; i < 5; ++i) CHECK(works.bands[i].fee == fees[i]);
    CHECK(bidding_fee(BidKind::goods, 100 * wan).bands.size() == 1);
    CHECK(bidding_fee(BidKind::goods, 100 * wan + 1).bands.size() == 2);
    CHECK(bidding_fee(BidKind::service, 1).total == 0);
    CHECK(bidding_fee(BidKind::works, 2'000'000 * wan).bands.size() == 7);
    CHECK_THROWS_AS(bidding_fee(BidKind::goods, 0), Error);
}

TEST_CASE("a deadline keeps every step of its computation") {
    std::vector<Calendar::Day> days;
    const Date monday = Date::from_ymd(2026, 3, 2);
    for (int i = 0; i < 28; ++i) days.push_back({monday + i, i % 7 >= 5 ? DayKind::rest : DayKind::work});
    const Calendar calendar(days);
    const RuleTerm rule{"R-1", *parse_term("5d"), TermRoll::next, 15};
    const auto plain = compute(rule, monday, false, calendar);
    CHECK(plain.trace == "R-1: 2026-03-02 +5d = 2026-03-07; rest -> 2026-03-09");
    CHECK(plain.due == monday + 7);
    const auto posted = compute(rule, monday, true, calendar);
    CHECK(posted.trace == "R-1: 2026-03-02 posted +15d = 2026-03-17 +5d = 2026-03-22; rest -> 2026-03-23");
    const auto far = compute({"R-2", *parse_term("1y"), TermRoll::next, 0}, monday, false, calendar);
    CHECK_FALSE(far.loaded);
    CHECK(far.trace == "R-2: 2026-03-02 +1y = 2027-03-02; calendar not loaded");
    const auto before = compute({"R-3", *parse_term("-9d"), TermRoll::previous, 0}, monday + 15, false, calendar);
    CHECK(before.trace == "R-3: 2026-03-17 -9d = 2026-03-08; rest -> 2026-03-06");
}
