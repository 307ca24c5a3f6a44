// The values of Microsoft Project's XML: spans of time and lags. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace agency::project {

/// How long a day and a week of the file's calendar are.
struct MspdiDays {
    std::int64_t minutes_per_day = 480, minutes_per_week = 2400;

    /// Days of so many seconds of work, or by the clock (elapsed), of which a week has seven times 24 hours: up to
    /// whole ones.
    std::int64_t days_up(std::int64_t seconds, bool elapsed) const;
    /// Of tenths of a minute, to the nearest, half away from zero.
    std::int64_t days_near(std::int64_t tenths, bool elapsed) const;
};

/// Seconds of `PT40H30M0S`; 0 of an empty text, nothing where it is no such span.
std::optional<std::int64_t> seconds_of(std::string_view text);

/// Codes of DurationFormat and LagFormat: time by the clock, and parts of a hundred of the predecessor.
constexpr bool elapsed_format(std::int64_t code) {
    return (code >= 4 && code <= 12 && code % 2 == 0) || code == 20 || (code >= 36 && code <= 44 && code % 2 == 0) ||
           code == 52;
}
constexpr bool percent_format(std::int64_t code) {
    return code == 19 || code == 20 || code == 51 || code == 52;
}

}  // namespace agency::project
