// What other rooms may ask of timesheets.
#pragma once
#include <string>
#include <vector>

#include "workspace/workspace.hpp"

namespace agency::timesheet {

/// Numbers of the entries of a project that are not approved.
std::vector<std::string> open_of_project(db::Session& db, std::int64_t project, const AsOf& when);

}  // namespace agency::timesheet
