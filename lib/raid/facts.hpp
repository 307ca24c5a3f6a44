// What other rooms may ask of the RAID log.
#pragma once
#include <string>
#include <vector>

#include "workspace/workspace.hpp"

namespace agency::raid {

/// Numbers of what is not closed of a project.
std::vector<std::string> open_of_project(db::Session& db, std::int64_t project, const AsOf& when);

}  // namespace agency::raid
