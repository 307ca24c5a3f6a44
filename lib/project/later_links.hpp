// Links that are entered for a later day: a plan has no circle on any of the days to come (PRJ-004).
#pragma once
#include <functional>

#include "db/session.hpp"
#include "project/breakdown.hpp"

namespace agency::project {

/// Takes the plan as it is on `day`, rows of a file among it, to every later day on which a task of it waits for others
/// than before. Where tasks wait for each other from such a day on, the finding is on the one that the file says most
/// of; nothing is told of circles that were there without the file.
void examine_later(db::Session& db, std::int64_t project, Breakdown all, Date day, const Finding& finding);

}  // namespace agency::project
