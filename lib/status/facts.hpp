// What lower rooms may ask of a project's papers.
#pragma once
#include <string>
#include <vector>

#include "workspace/workspace.hpp"

namespace agency {
struct Project;
}

namespace agency::status {

/// What the charter lacks by that day, as words: scope, manager, sponsor, budget, milestones, kickoff minutes (of a
/// checkpoint of the stages up to the initiation). Empty when it is whole (handbook 3.1).
std::vector<std::string> charter_gaps(db::Session& db, const Project& p, const AsOf& when);

/// PRJ-008: the same as a sentence; empty when the charter is whole.
std::string charter_fault(db::Session& db, const Project& p, const AsOf& when);

}  // namespace agency::status
