// 在制品: work that is done and not billed, by one formula for every report.
#pragma once
#include <algorithm>
#include <optional>
#include <span>

#include "project/project.hpp"
#include "timesheet/rate.hpp"
#include "timesheet/time_entry.hpp"

namespace agency::timesheet {

/// What an entry is worth at the standard rate of its day, in that currency; nothing when it is not billable or has no
/// such rate.
std::optional<Worth> worth_of(db::Session& db, const TimeEntry& e, Rates& rates, const Currency& currency);
/// What was worked less what was billed without tax, not below zero.
inline std::int64_t unbilled(Worth worked, std::int64_t billed_net) {
    return std::max<std::int64_t>(0, add_checked(worth(worked), -billed_net));
}

/// 在制品 of projects of one client and one currency, in minor units, tax excluded: project by project the billable
/// approved hours at the standard rates of their days less the fees billed, not below zero. Nothing when no such hour
/// has a rate.
std::optional<std::int64_t> work_in_progress(db::Session& db, std::span<const Project> projects, const AsOf& when);

}  // namespace agency::timesheet
