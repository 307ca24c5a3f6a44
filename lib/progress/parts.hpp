// How far tasks are, for whoever looks ahead.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "workspace/workspace.hpp"

namespace agency::progress {

/// By WBS code of the measured tasks of a project: the part that is done by the day, in ppm; an accepted one is whole.
/// Nothing where no work of it was ever measured.
std::optional<std::map<std::string, std::int64_t, std::less<>>> done_parts(db::Session& db, std::int64_t project,
                                                                           const AsOf& when);

}  // namespace agency::progress
