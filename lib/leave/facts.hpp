// What other rooms may ask of leave.
#pragma once
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "workspace/workspace.hpp"

namespace agency::leave {

/// An approved leave.
struct Absence {
    std::int64_t employee = 0;
    Date from, to;                      ///< both counted
    std::optional<std::int64_t> hours;  ///< hundredths, of one day; nothing: whole work days
};
/// All that is approved as of the day and known then, also of days to come; of what was cancelled since the days
/// before.
std::vector<Absence> absences(db::Session& db, const AsOf& when);
/// Of one employee.
std::vector<Absence> absences_of(db::Session& db, std::int64_t employee, const AsOf& when);

}  // namespace agency::leave
