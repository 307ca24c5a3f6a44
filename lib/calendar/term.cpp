#include "calendar/term.hpp"

#include <charconv>

#include "base/error.hpp"

namespace agency {

std::optional<Term> parse_term(std::string_view text) {
    constexpr std::string_view units = "dwmy";
    if (text.size() < 2) return {};
    const auto unit = units.find(text.back());
    Term t;
    const char* end = text.data() + text.size() - 1;
    const auto [stop, fault] = std::from_chars(text.data(), end, t.count);
    if (unit == std::string_view::npos || fault != std::errc() || stop != end || t.count < -36'500 || t.count > 36'500)
        return {};
    t.unit = static_cast<TermUnit>(unit);
    return t;
}

std::string to_string(const Term& term) {
    return std::to_string(term.count) + "dwmy"[static_cast<std::size_t>(term.unit)];
}

TermEnd roll_day(const Calendar& calendar, Date nominal, TermRoll roll) {
    TermEnd end{nominal, nominal, true};
    if (roll == TermRoll::none) return end;
    end.loaded = calendar.has(nominal);
    if (!end.loaded || calendar.is_work_day(nominal)) return end;
    const int step = roll == TermRoll::next ? 1 : -1;
    for (Date d = nominal + step;; d = d + step) {
        if (!calendar.has(d)) {  // off, and where it would go is not known yet
            end.loaded = false;
            return end;
        }
        if (calendar.is_work_day(d)) {
            end.due = d;
            return end;
        }
    }
}

TermEnd end_of_term(const Calendar& calendar, Date start, const Term& term, TermRoll roll) {
    switch (term.unit) {
        case TermUnit::day:
            return roll_day(calendar, start + term.count, roll);
        case TermUnit::work_day: {
            const Date end = calendar.add_work_days(start, term.count);
            return {end, end, true};
        }
        case TermUnit::month:
            return roll_day(calendar, add_months(start, term.count), roll);
        case TermUnit::year:
            return roll_day(calendar, add_years(start, term.count), roll);
    }
    throw Error(Exit::bug, "a unit of a term");
}

}  // namespace agency
