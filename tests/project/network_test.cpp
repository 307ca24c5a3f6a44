// A plan with groups as a network, and its days.
#include "project/network.hpp"

#include <catch2/catch.hpp>

#include "project/day_line.hpp"

using namespace agency;
using namespace agency::project;
using schedule::Times;

namespace {

std::vector<Times> times(const std::vector<TaskShape>& tasks) {
    const PlanNetwork n(tasks);
    REQUIRE(n.circle().empty());
    return n.times(schedule::passes(n.network, n.order));
}

/// Saturday and Sunday are free.
bool weekday(Date d) {
    return ((d.days + 3) % 7 + 7) % 7 < 5;
}

}  // namespace

TEST_CASE("a group spans its leaves and does nothing itself") {
    const auto t = times({{"1"}, {"1.1", 3}, {"1.2", 4, {{"1.1"}}}, {"2", 2}});
    CHECK(t[0].early_start == 0);
    CHECK(t[0].early_finish == 7);
    CHECK(t[0].total_float == 0);
    CHECK(t[3].total_float == 5);
    CHECK(t[3].free_float == 5);
}

TEST_CASE("what waits for a group waits for all of it, and a group that waits waits with all of it") {
    const auto t = times({{"1"},
                          {"1.1", 3},
                          {"1.2", 5},
                          {"2", 0, {{"1", schedule::LinkType::finish_start, 1}}},
                          {"2.1", 2},
                          {"2.2", 1},
                          {"3", 10}});
    CHECK(t[4].early_start == 6);
    CHECK(t[5].early_start == 6);
    CHECK(t[1].free_float == 2);  // to the end of 1.2
    CHECK(t[2].free_float == 0);
    CHECK(t[2].total_float == 2);
    CHECK(t[4].free_float == 2);
}

TEST_CASE("the float behind a group is its leaves' too") {
    const auto t = times({{"1"}, {"1.1", 3}, {"1.2", 5}, {"2", 9}, {"3", 1, {{"1"}, {"2"}}}});
    CHECK(t[1].free_float == 6);
    CHECK(t[2].free_float == 4);
}

TEST_CASE("PRJ-004: a circle is named by its codes") {
    const auto circle = [](const std::vector<TaskShape>& tasks) { return PlanNetwork(tasks).circle(); };
    CHECK(circle({{"1", 1, {{"3"}}}, {"2", 1, {{"1"}}}, {"3", 1, {{"2"}}}}) == "1 → 2 → 3 → 1");
    CHECK(circle({{"1"}, {"1.1", 1, {{"2"}}}, {"2", 1, {{"1"}}}}) == "1.1 → 1 → 2 → 1.1");
    CHECK(circle({{"1", 1, {{"1"}}}}) == "1 → 1");
    CHECK(circle({{"1", 1}, {"2", 1, {{"1"}}}}).empty());
}

TEST_CASE("day numbers are work days") {
    DayLine line(Date::from_ymd(2026, 3, 7), weekday);  // a Saturday
    CHECK(to_string(line.day(0)) == "2026-03-09");
    CHECK(to_string(line.starts_on(3, 6)) == "2026-03-12");
    CHECK(to_string(line.ends_on(3, 6)) == "2026-03-16");
    CHECK(to_string(line.starts_on(5, 5)) == "2026-03-13");  // a milestone: the day on which what it waits for ended
    CHECK(to_string(line.ends_on(0, 0)) == "2026-03-09");
    CHECK(line.number_from(Date::from_ymd(2026, 3, 14)) == 5);
    CHECK(line.number_after(Date::from_ymd(2026, 3, 13)) == 5);
    CHECK(line.number_from(Date::from_ymd(2026, 3, 9)) == 0);
    CHECK(line.number_from(Date::from_ymd(2026, 3, 5)) == -2);
}

TEST_CASE("calendar days: a later end moves what follows, durations are kept") {
    // A T..T+10, B T+11..T+15 after A, C T+11..T+15 after B; A's end set to T+20
    const Date start = Date::from_ymd(2026, 1, 1);
    DayLine line(start, [](Date) { return true; });
    const auto t = times({{"A", 21}, {"B", 5, {{"A"}}}, {"C", 5, {{"B"}}}});
    CHECK(line.starts_on(t[1].early_start, t[1].early_finish) == start + 21);
    CHECK(line.ends_on(t[1].early_start, t[1].early_finish) == start + 25);
    CHECK(line.starts_on(t[2].early_start, t[2].early_finish) == start + 26);
    CHECK(line.ends_on(t[2].early_start, t[2].early_finish) == start + 30);
}
