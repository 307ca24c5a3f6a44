// Settings of the RAID log: by when an issue is answered and solved.
#pragma once
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency::raid {

/// Working time to answer / to solve: hours `4h` or working days `2d`; empty: without limit.
inline constexpr SettingRow settings[] = {
    {"raid.severity_1", "4h/2d", N_("Working time to answer and to solve an issue of severity 1")},
    {"raid.severity_2", "8h/5d", N_("Working time to answer and to solve an issue of severity 2")},
    {"raid.severity_3", "2d/10d", N_("Working time to answer and to solve an issue of severity 3")},
    {"raid.severity_4", "", N_("Working time to answer and to solve an issue of severity 4; empty: best effort")},
};

}  // namespace agency::raid
