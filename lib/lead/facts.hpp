// What other nouns may ask of leads.
#pragma once
#include <map>
#include <string>

#include "workspace/workspace.hpp"

namespace agency::lead {

/// Why leads were lost or withdrawn the last time, by id, as the trail has it.
std::map<std::int64_t, std::string> reasons(db::Session& db, const AsOf& when);

}  // namespace agency::lead
