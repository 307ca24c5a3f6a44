// 工作日历: which days are worked, as the State Council's notices say. A day that is not loaded is an error, never a
// guess by its weekday.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "workspace/workspace.hpp"

namespace agency {

enum class DayKind : std::uint8_t {
    work,
    rest,               ///< a weekly day of rest
    statutory_holiday,  ///< one of the thirteen days of 全国年节及纪念日放假办法
    adjusted_rest,      ///< off by the notice, but none of the thirteen
    makeup_work,        ///< a day of the weekend that is worked by the notice
};

std::string_view to_string(DayKind kind);  ///< stable key, `makeup_work`

class Calendar {
public:
    struct Day {
        Date day;
        DayKind kind;
    };

    Calendar() = default;
    /// Of the days given, in any order; the later of two with the same day counts.
    explicit Calendar(std::span<const Day> days);
    /// All days of the data file, as they were known then.
    static Calendar load(db::Session& db, const AsOf& when = {});

    bool has(Date d) const { return find(d) >= 0; }

    // What follows throws Error(refused, CAL-001) when a day that it needs is not loaded.
    DayKind kind(Date d) const;
    bool is_work_day(Date d) const;
    /// The n-th work day after `d` (before it when n < 0); with n = 0, `d` itself, worked or not.
    Date add_work_days(Date d, std::int64_t n) const;
    Date next_work_day(Date d) const;      ///< `d` itself when it is worked
    Date previous_work_day(Date d) const;  ///< `d` itself when it is worked
    /// Work days from `from` to `to`, both counted; 0 when `to` is the earlier.
    std::int64_t work_days(Date from, Date to) const;

private:
    int find(Date d) const;  ///< kind, or -1
    Date first_;
    std::vector<std::int8_t> kinds_;  ///< from first_ on; -1: not loaded
};

}  // namespace agency
