#include "timesheet/duration.hpp"

#include <catch2/catch.hpp>

using namespace agency::timesheet;

TEST_CASE("time worked as people write it") {
    for (const char* text : {"7h30", "7:30", "450m", "450min", "7h30m", "7小时30分", "450分钟"}) {
        INFO(text);
        CHECK(read_hours(text) == 750);
    }
    CHECK(read_hours("7h") == 700);
    CHECK(read_hours("7 h") == 700);
    CHECK(read_hours("1.5h") == 150);
    CHECK(read_hours("1.25 hours") == 125);
    CHECK(read_hours("90 min") == 150);
    CHECK(read_hours("1 h 30 min") == 150);
    CHECK(read_hours("0:15") == 25);
    CHECK(read_hours("7h20") == 733);  // off the step, which the rules refuse
    for (const char* text :
         {"", "7.5", "7", "h", "7h60", "7:5", "7:300", "-7h", "7 30", "1.255h", "-1.5h", "1,5h", "7h30x", "1e3h", "999999999m"}) {
        INFO(text);
        CHECK_FALSE(read_hours(text).has_value());
    }
}

TEST_CASE("times of day, also past midnight") {
    CHECK(read_clock("09:00") == 540);
    CHECK(read_clock("9:05") == 545);
    CHECK(read_clock("25:30") == 1530);
    for (const char* text : {"", "9", "09:60", "48:01", "-1:00", "09-00", "009:00"}) {
        INFO(text);
        CHECK_FALSE(read_clock(text).has_value());
    }
    CHECK(clock_text(545) == "09:05");
}

TEST_CASE("a timer's minutes go to the nearest quarter of an hour") {
    CHECK(hours_of_minutes(0) == 25);
    CHECK(hours_of_minutes(22) == 25);
    CHECK(hours_of_minutes(23) == 50);
    CHECK(hours_of_minutes(60) == 100);
}

TEST_CASE("two hours at 50 are 100") {
    CHECK(worth(200, 5000) == 10000);
    CHECK(worth(25, 333) == 83);
    CHECK(worth(-200, 5000) == -10000);
}
