// Settings of the calendar's room.
#pragma once
#include "base/translate.hpp"
#include "calendar/working_hours.hpp"
#include "workspace/settings.hpp"

namespace agency::calendar {

inline constexpr SettingRow hours{"calendar.hours", WorkingHours::default_text,
                                  N_("Hours of every working day, in order, as 09:00-12:00,13:30-18:00")};
inline constexpr SettingRow settings[] = {hours};

}  // namespace agency::calendar
