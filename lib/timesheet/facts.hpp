// What other rooms may ask of timesheets.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "workspace/workspace.hpp"

namespace agency::timesheet {

/// Numbers of the entries of a project that are not approved.
std::vector<std::string> open_of_project(db::Session& db, std::int64_t project, const AsOf& when);

/// What an hour of an employee costs the house on that day; nothing when no such rate is known.
std::optional<Money> cost_rate(db::Session& db, std::int64_t employee, Date day, const AsOf& when);

}  // namespace agency::timesheet
