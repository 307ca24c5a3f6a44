// 期限: how the due day of a statutory deadline follows from its rule and the day that triggers it. Pure.
#pragma once
#include <string>

#include "calendar/term.hpp"

namespace agency::docket {

/// What of a rule the computation needs.
struct RuleTerm {
    std::string code;  ///< for the trace, `TM-OPPOSITION/2027-01-01`
    Term term;
    TermRoll roll = TermRoll::next;
    std::int32_t posted_days = 0;  ///< added to the trigger when it was served by post (细则 2023 art. 4: 15)
};

struct Deadline {
    Date start;    ///< the day that starts the period: the trigger, or when a posted paper counts as received
    Date nominal;  ///< by the count alone
    Date due;
    bool loaded = true;  ///< false: the calendar does not reach so far, `due` is not later than the true day
    std::string trace;   ///< every step, the same in every language
};

/// Throws Error(CAL-001) for a rule of work days beyond the calendar.
Deadline compute(const RuleTerm& rule, Date trigger, bool posted, const Calendar& calendar);

}  // namespace agency::docket
