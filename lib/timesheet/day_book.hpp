// What people wrote down for a day so far, stored and in the file at hand.
#pragma once
#include <map>
#include <vector>

#include "timesheet/time_entry.hpp"

namespace agency::timesheet {

/// Part of a day, in minutes since its midnight; `to` of a running timer is without end.
struct Interval {
    std::int32_t from = 0, to = 0;
    std::string number;
    bool overlaps(const Interval& o) const { return from < o.to && o.from < to; }
};

class DayBook {
public:
    explicit DayBook(db::Session& db) : db_(db) {}
    struct Day {
        std::int64_t hours = 0;  ///< hundredths
        std::vector<Interval> intervals;
    };
    Day& day(std::int64_t employee, Date worked_on);
    void clear() { days_.clear(); }

private:
    db::Session& db_;
    std::map<std::pair<std::int64_t, Date>, Day> days_;
};

}  // namespace agency::timesheet
