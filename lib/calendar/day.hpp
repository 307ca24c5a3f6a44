// 日历日: one day of the working calendar as a record. Its key is the day.
#pragma once
#include <memory>
#include <string>

#include "base/id.hpp"
#include "calendar/calendar.hpp"
#include "record/import.hpp"

namespace agency {

struct CalendarDay {
    Id<CalendarDay> id;
    std::string number;  ///< `2026-01-01`
    Date day;
    DayKind kind = DayKind::work;
    std::string name;    ///< of the holiday, or empty
    std::string source;  ///< the notice, or empty for a plain day
};

namespace calendar {

const Record& record();
std::unique_ptr<RowRules> row_rules();

/// Loads every day of a year from a notice written as JSON (`{"year":2026,"papers":[…],"days":[{"name":…,"date":…,
/// "isOffDay":…}]}`): other days are worked or off by their weekday. Of the days off, `statutory` are holidays by law,
/// besides 1 January, 1 and 2 May, 1 to 3 October. Error(conflict) when a day is loaded with another kind, unless
/// `replace`.
struct NoticeResult {
    std::int64_t inserted = 0, updated = 0, unchanged = 0, work_days = 0, statutory = 0;
    int year = 0;
};
NoticeResult load_notice(Workspace& w, const std::string& path, const std::vector<Date>& statutory, bool replace,
                         std::string_view command);

/// Work days of each month between two days: month, days, work_days, statutory_holidays.
Report work_days(Workspace& w, Date from, Date to);
std::vector<GridColumn> work_days_columns();

}  // namespace calendar
}  // namespace agency
