// Periods of law and contract, Civil Code art. 200–204: the day that starts a period is not counted; a period of months
// or years ends on the corresponding day, else on the last day of the month; when its last day is off, it ends on the
// next day after the holiday.
#pragma once
#include <string>
#include <string_view>

#include "calendar/calendar.hpp"

namespace agency {

enum class TermUnit : std::uint8_t { day, work_day, month, year };
/// What becomes of a last day that is off: it stays, moves to the next working day (art. 203), or, where something must
/// be done so long before a day, to the working day before.
enum class TermRoll : std::uint8_t { none, next, previous };

/// `3m`, `-15d`, `10w` (work days), `1y`: how long, and to which side of the day that starts it.
struct Term {
    std::int32_t count = 0;
    TermUnit unit = TermUnit::day;
};
std::optional<Term> parse_term(std::string_view text);
std::string to_string(const Term& term);

struct TermEnd {
    Date nominal;        ///< by the count alone
    Date due;            ///< moved where the last day is off; as `nominal` where the calendar is not loaded
    bool loaded = true;  ///< whether the calendar says what `nominal` is
};

/// The last day of the period that `start` starts. Work days need the calendar: Error(CAL-001) without.
TermEnd end_of_term(const Calendar& calendar, Date start, const Term& term, TermRoll roll);
/// The day moved where it is off.
TermEnd roll_day(const Calendar& calendar, Date nominal, TermRoll roll);

}  // namespace agency
