#include "calendar/calendar.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency {

std::string_view to_string(DayKind kind) {
    constexpr std::string_view words[] = {"work", "rest", "statutory_holiday", "adjusted_rest", "makeup_work"};
    return words[static_cast<std::size_t>(kind)];
}

Calendar::Calendar(std::span<const Day> days) {
    if (days.empty()) return;
    const auto [low, high] =
        std::minmax_element(days.begin(), days.end(), [](const Day& a, const Day& b) { return a.day < b.day; });
    first_ = low->day;
    kinds_.assign(static_cast<std::size_t>(high->day - first_) + 1, -1);
    for (const Day& d : days) kinds_[static_cast<std::size_t>(d.day - first_)] = static_cast<std::int8_t>(d.kind);
}

int Calendar::find(Date d) const {
    if (d < first_ || static_cast<std::size_t>(d - first_) >= kinds_.size()) return -1;
    return kinds_[static_cast<std::size_t>(d - first_)];
}

DayKind Calendar::kind(Date d) const {
    const int kind = find(d);
    if (kind < 0)
        throw Error(Exit::refused,
                    say("the working calendar of {year} is not loaded, so {day} may be worked or not",
                        fmt::arg("year", d.year()), fmt::arg("day", to_string(d))),
                    tr("load the State Council's notice of that year: agency calendar notice FILE"))
            .with_rule("CAL-001")
            .with_ref(std::to_string(d.year()));
    return static_cast<DayKind>(kind);
}

bool Calendar::is_work_day(Date d) const {
    const auto k = kind(d);
    return k == DayKind::work || k == DayKind::makeup_work;
}

Date Calendar::add_work_days(Date d, std::int64_t n) const {
    const int step = n < 0 ? -1 : 1;
    for (; n != 0; n -= step) {
        do {
            d = d + step;
        } while (!is_work_day(d));
    }
    return d;
}

Date Calendar::next_work_day(Date d) const {
    while (!is_work_day(d)) d = d + 1;
    return d;
}

Date Calendar::previous_work_day(Date d) const {
    while (!is_work_day(d)) d = d + -1;
    return d;
}

std::int64_t Calendar::work_days(Date from, Date to) const {
    std::int64_t n = 0;
    for (Date d = from; d <= to; d = d + 1) n += is_work_day(d);
    return n;
}

}  // namespace agency
