// Settings of change control: what the project's manager may approve alone.
#pragma once
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency::change {

inline constexpr SettingRow manager_cost{
    "change.manager_cost", "5%", N_("Part of the baseline's cost up to which the project's manager approves a change"),
    SettingType::rate};
inline constexpr SettingRow manager_days{"change.manager_days", "5",
                                         N_("Days of delay up to which the project's manager approves a change"),
                                         SettingType::integer};
inline constexpr SettingRow authority{
    "change.authority", "change",
    N_("What job descriptions call the authority to approve changes; where one is in force, it decides who may")};
inline constexpr SettingRow settings[] = {manager_cost, manager_days, authority};

}  // namespace agency::change
