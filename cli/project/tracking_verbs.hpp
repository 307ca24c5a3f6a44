// The verbs by which a project is followed: progress, earned value.
#pragma once
#include "project/plan_verbs.hpp"

namespace agency::cli {

Outcome measure(Invocation& in);
Outcome evm(Invocation& in);
Outcome curve(Invocation& in);

inline constexpr Argument progress_arguments[] = {plan_project,
                                                  {"WBS", N_("The task, a leaf of the work breakdown")},
                                                  {"HOW", N_("How far: 40%, 3/8 units, started or accepted")}};
inline constexpr Option progress_options[] = {
    {"on", "DAY", N_("At the end of this day; default today")},
    {"evidence", "TEXT", N_("What shows it; asked for where work is accepted")}};
inline constexpr std::string_view progress_examples[] = {
    "agency project progress P-2026-01 1.2 40%",
    "agency project progress P-2026-01 1.3 accepted --evidence '验收单 2026-05-08'"};
inline constexpr Option evm_options[] = {
    plan_as_of,
    plan_known_at,
    {"new_etc", "AMOUNT", N_("A fresh estimate of what is still to be spent, instead of the typical one")},
    {"tasks", "", N_("The leaves one by one")}};
inline constexpr std::string_view evm_examples[] = {"agency project evm P-2026-01 --as-of 2026-06-30",
                                                    "agency project evm P-2026-01 --tasks --where 'sv < 0'"};
inline constexpr std::string_view curve_steps[] = {"week", "month"};
inline constexpr Option curve_options[] = {
    plan_as_of, plan_known_at, {"step", "WORD", N_("week (default) or month"), 0, false, false, curve_steps}};
inline constexpr std::string_view curve_examples[] = {"agency project curve P-2026-01 --step month",
                                                      "agency project curve P-2026-01 --format chart --columns day,pv"};

}  // namespace agency::cli
