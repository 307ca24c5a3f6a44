// Microsoft Project's XML (MSPDI): a plan read as rows for the import, and a plan written. Pure: text in, text out.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "project/wbs.hpp"
#include "schedule/network.hpp"

namespace agency::project {

/// A CSV text of the file's tasks with the columns of a plan; the row that stands for the whole project, blank rows and
/// inactive tasks are left out, and so are the durations, efforts and people of groups. Error(rejected) when it is no
/// such file, or has a UID twice. Codes are WBS, else OutlineNumber, else counted, whichever make a tree. Durations are
/// rounded up to whole days of MinutesPerDay, lags to the nearest; time by the clock counts as its part of a week's
/// days. What cannot be read, or refers to nothing, stands in its cell for the import to refuse. People are the
/// resources' codes, else their names.
std::string rows_of_mspdi(std::string_view xml, std::string_view name);

struct MspdiTask {
    std::string wbs, name;
    bool group = false, milestone = false;
    std::int64_t duration = 0;  ///< days
    std::int64_t effort = 0;    ///< hundredths of an hour
    std::int64_t cost = 0;      ///< hundredths of the currency's unit
    Date starts_on, ends_on;
    std::vector<Predecessor> after;
    std::vector<std::string> assigned;  ///< numbers of people
    schedule::Constraint constraint = schedule::Constraint::none;
    std::optional<Date> constraint_on;
};

struct MspdiPlan {
    std::string title, currency;
    Date starts_on, ends_on;
    std::vector<MspdiTask> tasks;                             ///< in WBS order
    std::vector<std::pair<std::string, std::string>> people;  ///< number and name of all who are assigned
};
std::string to_mspdi(const MspdiPlan& plan);

}  // namespace agency::project
