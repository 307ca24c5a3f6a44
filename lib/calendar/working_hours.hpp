// Time that is worked: the hours of a day on the working days of the calendar. Minutes and seconds of a civil clock at
// a fixed offset.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/calendar.hpp"

namespace agency {

/// The hours of every working day, in seconds since midnight, in order, not overlapping.
class WorkingHours {
public:
    struct Span {
        std::int32_t from, to;  ///< from < to ≤ 86,400
    };
    static constexpr std::string_view default_text = "09:00-12:00,13:30-18:00";

    /// `09:00-12:00,13:30-18:00`. Throws Error(usage) when the text says no such hours.
    static WorkingHours parse(std::string_view text);
    /// Every hour of every day that the calendar calls worked.
    static WorkingHours whole_day() { return WorkingHours({{0, 86'400}}); }

    const std::vector<Span>& spans() const { return spans_; }
    std::int64_t seconds_a_day() const;

private:
    explicit WorkingHours(std::vector<Span> spans) : spans_(std::move(spans)) {}
    std::vector<Span> spans_;
};

/// A clock that runs in working hours only. Keeps references: calendar and hours must outlive it.
class WorkingClock {
public:
    WorkingClock(const Calendar& calendar, const WorkingHours& hours, std::int32_t zone_minutes)
        : calendar_(calendar), hours_(hours), zone_(zone_minutes) {}

    /// The earliest instant by which so many seconds were worked; with 0 the first worked instant from `from` on.
    /// Throws Error(CAL-001) when a day between is not loaded.
    Instant add(Instant from, std::int64_t seconds) const;
    /// Seconds worked between; 0 when `to` is the earlier.
    std::int64_t seconds_between(Instant from, Instant to) const;

private:
    const Calendar& calendar_;
    const WorkingHours& hours_;
    std::int32_t zone_;
};

/// The instant of a civil day and a time of day at that offset.
Instant instant_of(Date day, std::int64_t seconds_of_day, std::int32_t zone_minutes);

}  // namespace agency
