// Day numbers of a plan as days of a calendar, and back.
#pragma once
#include <functional>
#include <vector>

#include "base/date.hpp"
#include "schedule/network.hpp"

namespace agency::project {

class DayLine {
public:
    /// Day 0 is the first work day from `start` on. `is_work_day` may throw for a year it does not know.
    DayLine(Date start, std::function<bool(Date)> is_work_day);

    /// The n-th work day, n >= 0.
    Date day(schedule::Time n);
    /// The first day worked of something that starts at `start`. A milestone lies on the last day worked before it.
    Date starts_on(schedule::Time start, schedule::Time finish) { return day(finish > start ? start : before(start)); }
    Date ends_on(schedule::Time start, schedule::Time finish) {
        return day(finish > start ? finish - 1 : before(start));
    }
    /// The number of the first work day that is not before `d`; below zero before the start.
    schedule::Time number_from(Date d);
    /// The same; for a day that the calendar does not reach the number of the first one behind it.
    schedule::Time number_within(Date d);
    /// The time at which that day has ended.
    schedule::Time number_after(Date d) { return number_from(d + 1); }

private:
    static schedule::Time before(schedule::Time start) { return start > 0 ? start - 1 : 0; }

    Date next_;
    std::function<bool(Date)> works_;
    std::vector<Date> days_;
};

}  // namespace agency::project
