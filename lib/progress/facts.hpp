// What lower rooms may ask of progress.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "workspace/workspace.hpp"

namespace agency::progress {

/// What a project has cost by the day, hours and postings, in minor units of its currency.
std::int64_t spent_on_project(db::Session& db, std::int64_t project, const AsOf& when);

/// WBS codes of the tasks of a project that are accepted by the day; nothing where no work of it was ever measured.
std::optional<std::set<std::string, std::less<>>> accepted_tasks(db::Session& db, std::int64_t project,
                                                                 const AsOf& when);

/// By WBS code of the measured tasks of a project: the part that is done by the day, in ppm; an accepted one is whole.
/// Nothing where no work of it was ever measured.
std::optional<std::map<std::string, std::int64_t, std::less<>>> done_parts(db::Session& db, std::int64_t project,
                                                                           const AsOf& when);

/// By WBS code of the tasks of a project that are done by the day, when the last measurement said so.
std::map<std::string, Date, std::less<>> finished_on(db::Session& db, std::int64_t project, const AsOf& when);

/// Whether the last measurement of a task at the end of the day says that it is accepted, as it is known now: corrected
/// ones as corrected, void ones not at all.
bool accepted(db::Session& db, std::int64_t task, Date day);

}  // namespace agency::progress
