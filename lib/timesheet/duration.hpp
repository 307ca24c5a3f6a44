// How people write time worked, and times of day.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace agency::timesheet {

constexpr std::int64_t step = 25;  ///< hundredths of an hour in which work is written down
constexpr std::int64_t day_hours = 24'00;

/// `7h30`, `7h`, `7.5h`, `7:30`, `450m`, also `7小时30分`, with blanks or without: hundredths of an hour, half up.
/// Nothing for other texts, plain numbers among them.
std::optional<std::int64_t> read_hours(std::string_view text);

/// `09:00` as minutes since midnight, up to `48:00` (past midnight); nothing when it is no time.
std::optional<std::int32_t> read_clock(std::string_view text);
std::string clock_text(std::int32_t minutes);

/// Hundredths of an hour of so many minutes, to the nearest step, half up, one step at least.
std::int64_t hours_of_minutes(std::int64_t minutes);

/// hours × an hourly amount in minor units, half up.
std::int64_t worth(std::int64_t hours, std::int64_t hourly);

}  // namespace agency::timesheet
