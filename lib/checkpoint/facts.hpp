// What other rooms may ask of checkpoints.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "workspace/workspace.hpp"

namespace agency::checkpoint {

/// Names of the hold points of a project's stage that are not passed on that day.
std::vector<std::string> open_holds(db::Session& db, std::int64_t project, std::string_view stage, const AsOf& when);

}  // namespace agency::checkpoint
