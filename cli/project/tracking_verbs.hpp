// The verbs by which a project is followed: progress, earned value.
#pragma once
#include "project/plan_verbs.hpp"

namespace agency::cli {

Outcome measure(Invocation& in);
Outcome evm(Invocation& in);
Outcome curve(Invocation& in);
Outcome status_report(Invocation& in);
Outcome charter(Invocation& in);
Outcome budget(Invocation& in);
Outcome revenue_waterfall(Invocation& in);
Outcome margin(Invocation& in);

inline constexpr Argument progress_arguments[] = {
    plan_project,
    {"WBS", N_("The task, a leaf of the work breakdown")},
    {"HOW", N_("How far: 40%, 3/8 (of units), started or accepted; a second time on a day corrects the first")}};
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

inline constexpr Option ledger_options[] = {
    plan_as_of,
    plan_known_at,
    {"tracking", "",
     N_("All of: complete, spi, cpi, actual, eac, billed, received, rag; each alone by --columns, --where or --sort")}};
inline constexpr std::string_view audiences[] = {"client", "internal"};
inline constexpr Option status_options[] = {
    {"audience", "WORD", N_("client: without cost, margin and internal issues; internal"), 0, true, false, audiences},
    {"from", "DAY", N_("First day of the period; default seven days")},
    {"as_of", "DAY", N_("Last day of the period; default today")},
    plan_known_at};
inline constexpr std::string_view status_examples[] = {
    "agency project status P-2026-01 --audience client --format html --output status.html",
    "agency project status P-2026-01 --audience internal --from 2026-03-01"};
inline constexpr std::string_view charter_examples[] = {"agency project charter P-2026-01 --output charter.html"};
inline constexpr Argument maybe_project[] = {
    {"CODE", N_("Code of the project; without it all that are open and have a budget"), false, false, "project"}};
inline constexpr Option budget_options[] = {
    plan_as_of, plan_known_at, {"fail_if", "COND", N_("Exit 1 when a row holds, e.g. 'over = true'")}};
inline constexpr std::string_view budget_examples[] = {"agency project budget --fail-if 'over = true'"};
inline constexpr Argument margin_project[] = {
    {"CODE", N_("Code of the project; without it all that cost or billed anything"), false, false, "project"}};
inline constexpr Option margin_options[] = {
    plan_as_of, plan_known_at, {"fail_if", "COND", N_("Exit 1 when a row holds, e.g. 'margin_rate < 20%'")}};
inline constexpr std::string_view margin_examples[] = {"agency project margin --as-of 2026-09-30",
                                                       "agency project margin --fail-if 'margin_rate < 20%'"};
inline constexpr Argument waterfall_project[] = {
    {"CODE", N_("Code of the project; without it all that work for a signed contract"), false, false, "project"}};
inline constexpr Option waterfall_options[] = {
    plan_as_of, plan_known_at, {"fail_if", "COND", N_("Exit 1 when a row holds, e.g. 'unlocked_unbilled > 0'")}};
inline constexpr std::string_view waterfall_examples[] = {"agency project waterfall --as-of 2026-09-30",
                                                          "agency project waterfall --where 'unlocked_unbilled > 0'"};

}  // namespace agency::cli
