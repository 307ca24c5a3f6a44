#include "calendar/calendar.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "base/error.hpp"
#include "calendar/term.hpp"
#include "calendar/working_hours.hpp"

using namespace agency;

namespace {

Date day(const char* text) {
    return *parse_iso_date(text);
}

/// The years that a new file starts with.
const Calendar& calendar() {
    static const Calendar c = [] {
        std::vector<Calendar::Day> days;
        for (const char* year : {"2025", "2026"}) {
            std::ifstream in(std::string(std::getenv("AGENCY_SOURCE")) + "/schema/seed/calendar_" + year + ".csv");
            std::string line;
            std::getline(in, line);
            while (std::getline(in, line)) {
                const auto kind = line.substr(11, line.find(',', 11) - 11);
                for (int k = 0; k < 5; ++k)
                    if (to_string(static_cast<DayKind>(k)) == kind)
                        days.push_back({day(line.substr(0, 10).c_str()), static_cast<DayKind>(k)});
            }
        }
        return Calendar(days);
    }();
    return c;
}

Instant local(const char* text) {
    return *parse_instant(std::string(text) + "+08:00");
}

}  // namespace

TEST_CASE("work days of each month of 2025 and 2026") {
    const int expected[2][12] = {{19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
                                 {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23}};
    for (const int y : {2025, 2026}) {
        for (unsigned m = 1; m <= 12; ++m) {
            const auto first = Date::from_ymd(y, m, 1);
            CHECK(calendar().work_days(first, first.last_of_month()) == expected[y - 2025][m - 1]);
        }
        CHECK(calendar().work_days(Date::from_ymd(y, 1, 1), Date::from_ymd(y, 12, 31)) == 248);
        int statutory = 0;
        for (Date d = Date::from_ymd(y, 1, 1); d.year() == y; d = d + 1)
            statutory += calendar().kind(d) == DayKind::statutory_holiday;
        CHECK(statutory == 13);
    }
}

TEST_CASE("work days are counted forth and back") {
    CHECK(calendar().add_work_days(day("2026-02-13"), 1) == day("2026-02-14"));  // a Saturday that is worked
    CHECK(calendar().add_work_days(day("2026-02-14"), 1) == day("2026-02-24"));
    CHECK(calendar().add_work_days(day("2026-02-24"), -1) == day("2026-02-14"));
    CHECK(calendar().add_work_days(day("2026-02-20"), 0) == day("2026-02-20"));
    CHECK(calendar().next_work_day(day("2026-10-01")) == day("2026-10-08"));
    CHECK(calendar().next_work_day(day("2026-10-08")) == day("2026-10-08"));
    CHECK(calendar().previous_work_day(day("2026-10-07")) == day("2026-09-30"));
    CHECK(calendar().work_days(day("2026-01-02"), day("2026-01-01")) == 0);
    for (Date d = day("2025-03-01"); d < day("2026-09-01"); d = d + 1)
        for (const int n : {1, 7, 30})
            if (calendar().is_work_day(d)) CHECK(calendar().add_work_days(calendar().add_work_days(d, n), -n) == d);
}

TEST_CASE("CAL-001: a year that is not loaded is an error that names it, never a guess") {
    const auto fails = [](auto&& f) {
        try {
            f();
        } catch (const Error& e) {
            CHECK(e.rule == "CAL-001");
            CHECK(std::string(e.what()).find("2027") != std::string::npos);
            CHECK(e.hint.find("agency calendar notice") != std::string::npos);
            return true;
        }
        return false;
    };
    const auto hours = WorkingHours::parse(WorkingHours::default_text);
    const WorkingClock clock(calendar(), hours, 480);
    CHECK(fails([] { return calendar().is_work_day(day("2027-01-04")); }));
    CHECK(fails([] { return calendar().add_work_days(day("2026-12-30"), 3); }));
    CHECK(fails([] { return calendar().work_days(day("2026-12-30"), day("2027-01-02")); }));
    CHECK(fails([&] { return clock.add(local("2026-12-31T17:00"), 2 * 3600); }));
}

TEST_CASE("the working clock skips noon, nights and days off") {
    const auto hours = WorkingHours::parse(WorkingHours::default_text);
    const WorkingClock clock(calendar(), hours, 480);
    const struct {
        const char* from;
        std::int64_t hours;
        const char* to;
    } cases[] = {{"2026-02-13T17:00", 2, "2026-02-14T10:00"},
                 {"2026-02-14T17:30", 4, "2026-02-24T14:00"},
                 {"2026-09-30T16:00", 8, "2026-10-08T16:30"},
                 {"2026-10-09T17:00", 4, "2026-10-10T12:00"},
                 {"2026-01-02T10:00", 2, "2026-01-04T11:00"}};
    for (const auto& c : cases) {
        CHECK(to_string(clock.add(local(c.from), c.hours * 3600)) == to_string(local(c.to)));
        CHECK(clock.seconds_between(local(c.from), local(c.to)) == c.hours * 3600);
    }
    CHECK(hours.seconds_a_day() == 7 * 3600 + 1800);
    CHECK(clock.seconds_between(local("2026-03-02T12:10"), local("2026-03-02T13:20")) == 0);
    CHECK(clock.add(local("2026-03-02T12:10"), 0) == local("2026-03-02T13:30"));
    CHECK(clock.seconds_between(local("2026-03-02T10:00"), local("2026-03-02T09:00")) == 0);
}

TEST_CASE("hours that are none are refused") {
    for (const char* text : {"", "9-12", "09:00-08:00", "09:00-12:00,11:00-13:00", "09:00-24:30", "09:60-10:00"})
        CHECK_THROWS_AS(WorkingHours::parse(text), Error);
    CHECK(WorkingHours::parse("00:00-24:00").seconds_a_day() == 86'400);
}

TEST_CASE("periods end by Civil Code art. 200 to 204") {
    const auto end = [](const char* start, const char* term, TermRoll roll = TermRoll::next) {
        return to_string(end_of_term(calendar(), day(start), *parse_term(term), roll).due);
    };
    CHECK(end("2026-03-02", "3d") == "2026-03-05");  // the first day is not counted
    CHECK(end("2026-01-31", "1m") == "2026-02-28");  // no corresponding day: the month's end, a day that is worked
    CHECK(end("2026-01-15", "1m") == "2026-02-24");  // the last day lies in the holiday
    CHECK(end("2026-01-15", "1m", TermRoll::none) == "2026-02-15");
    CHECK(end("2026-02-10", "-15d", TermRoll::previous) == "2026-01-26");
    CHECK(end("2026-10-12", "-10d", TermRoll::previous) == "2026-09-30");
    CHECK(end("2026-02-13", "2w") == "2026-02-24");
    CHECK(end("2025-05-10", "1y") == "2026-05-11");  // 10 May 2026 is a Sunday
    CHECK(end("2025-05-09", "1y") == "2026-05-09");  // a Saturday that is worked
}

TEST_CASE("a last day in a year that is not loaded stays where the count puts it, and says so") {
    const auto end = end_of_term(calendar(), day("2026-06-30"), *parse_term("3y"), TermRoll::next);
    CHECK(end.due == day("2029-06-30"));
    CHECK_FALSE(end.loaded);
    CHECK(end_of_term(calendar(), day("2026-03-02"), *parse_term("3d"), TermRoll::next).loaded);
}

TEST_CASE("terms as they are written") {
    for (const char* text : {"3m", "-15d", "10w", "20y"}) CHECK(to_string(*parse_term(text)) == text);
    for (const char* text : {"", "m", "3", "3x", "3 m", "99999d"}) CHECK_FALSE(parse_term(text).has_value());
}
