// Settings of status reports.
#pragma once
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency::status {

inline constexpr std::string_view cadences[] = {"weekly", "biweekly", "monthly"};
inline constexpr SettingRow cadence{"project.report_cadence", "weekly",
                                    N_("How often clients and management are told: weekly, biweekly or monthly"),
                                    SettingType::word, cadences};
inline constexpr SettingRow settings[] = {cadence};

}  // namespace agency::status
