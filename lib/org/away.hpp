// Who is not there for long (handbook 1.4, blank type 2): leaves that leave a position without its holder.
#pragma once
#include <map>

#include "workspace/workspace.hpp"

namespace agency::org {

/// Leaves that follow each other without a work day between.
struct Away {
    Date from, to;  ///< both counted
    std::int64_t days() const { return to - from + 1; }
};
/// Of employees, by id, who are on leave on the day: those of more days than the setting org.away_most. Hours of a day
/// are no leave here. Where the calendar does not reach, every day between two leaves is taken as worked.
std::map<std::int64_t, Away> long_leaves(Workspace& w, const AsOf& when);

}  // namespace agency::org
