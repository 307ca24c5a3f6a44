#include "project/day_line.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::project {

DayLine::DayLine(Date start, std::function<bool(Date)> is_work_day) : next_(start), works_(std::move(is_work_day)) {}

Date DayLine::day(schedule::Time n) {
    while (static_cast<schedule::Time>(days_.size()) <= n) {
        while (next_ <= last_day && !works_(next_)) next_ = next_ + 1;
        if (next_ > last_day)
            throw Error(Exit::refused, tr("the plan is longer than the calendar")).with_rule("CAL-001");
        days_.push_back(next_);
        next_ = next_ + 1;
    }
    return days_[static_cast<std::size_t>(n)];
}

schedule::Time DayLine::number_from(Date d) {
    if (day(0) >= d) {
        schedule::Time n = 0;
        for (Date at = d; at < days_[0]; at = at + 1) n -= works_(at) ? 1 : 0;
        return n;
    }
    while (days_.back() < d) day(static_cast<schedule::Time>(days_.size()));
    return std::lower_bound(days_.begin(), days_.end(), d) - days_.begin();
}

schedule::Time DayLine::number_within(Date d) {
    try {
        return number_from(d);
    } catch (const Error& e) {
        if (e.rule != "CAL-001") throw;
        return static_cast<schedule::Time>(days_.size());
    }
}

}  // namespace agency::project
