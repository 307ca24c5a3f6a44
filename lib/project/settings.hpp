// Settings of the projects' room.
#pragma once
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency::project {

inline constexpr SettingRow package_min{
    "project.package_min_hours", "8", N_("Hours below which a work package is told to be small"), SettingType::integer};
inline constexpr SettingRow package_max{"project.package_max_hours", "80",
                                        N_("Hours above which a work package is told to be large"),
                                        SettingType::integer};
inline constexpr SettingRow day_hours{"project.day_hours", "8", N_("Hours of work in a day of a plan"),
                                      SettingType::integer};
inline constexpr SettingRow critical_float{
    "project.critical_float", "0", N_("Days of total float up to which a task is critical"), SettingType::integer};
inline constexpr std::string_view resource_gates[] = {"all", "licences", "off"};
inline constexpr SettingRow resource_gate{
    "project.resource_gate", "all",
    N_("What lets no project start: all, people asked for too much or without a licence; licences, only that; off"),
    SettingType::word, resource_gates};
inline constexpr SettingRow want_acceptance{
    "project.want_acceptance", "yes",
    N_("Whether project check tells tasks without deliverable or acceptance criterion"), SettingType::flag};
inline constexpr std::string_view charter_gates[] = {"gate", "check", "off"};
inline constexpr SettingRow charter_gate{
    "project.charter", "check",
    N_("A charter that lacks something: gate, then no plan is approved either; check, project check tells it; off"),
    SettingType::word, charter_gates};
inline constexpr SettingRow settings[] = {package_min,   package_max,     day_hours,   critical_float,
                                          resource_gate, want_acceptance, charter_gate};

}  // namespace agency::project
