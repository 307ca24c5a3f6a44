// Settings of the timesheets' room.
#pragma once
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency::timesheet {

inline constexpr std::string_view approvers[] = {"manager", "other"};
inline constexpr SettingRow warn_hours{
    "time.warn_hours", "11", N_("Hours of one person and day above which a warning is given"), SettingType::integer};
inline constexpr SettingRow day_length{"time.day_hours", "8", N_("Hours of a working day, for what is available"),
                                       SettingType::integer};
inline constexpr SettingRow approve_by{
    "time.approve_by", "manager",
    N_("Who approves hours: manager, the project's, and the line manager for hours of no project and for the manager's "
       "own; other, anybody but the person"),
    SettingType::word, approvers};
inline constexpr SettingRow settings[] = {warn_hours, day_length, approve_by};

}  // namespace agency::timesheet
