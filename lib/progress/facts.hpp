// What lower rooms may ask of progress.
#pragma once
#include "workspace/workspace.hpp"

namespace agency::progress {

/// What a project has cost by the day, hours and postings, in minor units of its currency.
std::int64_t spent_on_project(db::Session& db, std::int64_t project, const AsOf& when);

}  // namespace agency::progress
