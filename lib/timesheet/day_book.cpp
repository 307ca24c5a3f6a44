#include "timesheet/day_book.hpp"

#include "record/store.hpp"

namespace agency::timesheet {

DayBook::Day& DayBook::day(std::int64_t employee, Date worked_on) {
    auto [it, fresh] = days_.try_emplace({employee, worked_on});
    Day& day = it->second;
    if (!fresh) return day;
    std::vector<std::int64_t> ids;
    db_.each(
        "SELECT id FROM time_entry WHERE employee = $1 AND worked_on = $2",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, employee, worked_on);
    for (const auto id : ids) {
        const auto row = find_row(db_, record(), id, {});
        if (!row || row->voided_on) continue;
        const auto e = to_struct<TimeEntry>(record(), *row);
        const auto of = e.reversal_of ? find_row(db_, record(), e.reversal_of.value, {}) : std::nullopt;
        // What takes back the hours of another day leaves no room on this one.
        if (of && to_struct<TimeEntry>(record(), *of).worked_on != worked_on) continue;
        day.hours += e.hours.value_or(0);
        if (const auto from = read_clock(e.starts_at); from && !e.reversal_of)
            day.intervals.push_back({*from, read_clock(e.ends_at).value_or(INT32_MAX), e.number});
    }
    return day;
}

}  // namespace agency::timesheet
