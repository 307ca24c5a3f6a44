// Settings of the progress room.
#pragma once
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency::progress {

inline constexpr SettingRow cap{"project.percent_cap", "90%",
                                N_("What counts at most of a percentage of work that is not accepted yet"),
                                SettingType::rate};
inline constexpr SettingRow green{"project.rag_green", "95%", N_("SPI and CPI from which a project is green"),
                                  SettingType::rate};
inline constexpr SettingRow amber{"project.rag_amber", "85%", N_("SPI and CPI from which a project is amber"),
                                  SettingType::rate};
inline constexpr SettingRow settings[] = {cap, green, amber};

}  // namespace agency::progress
