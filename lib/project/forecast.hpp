// When the work of a project will end, by its plan and by what is left of it.
#pragma once
#include <map>

#include "project/plan.hpp"

namespace agency::project {

struct Forecast {
    Date ends_on;
    std::map<std::string, Date, std::less<>> tasks;  ///< the last day of each, by WBS code
};

/// The plan's days; of a project whose work goes on and is measured, what is left of begun tasks and all of the others
/// lie not before the day. Nothing where there is no plan. What load_plan() throws.
std::optional<Forecast> forecast_of(db::Session& db, const Project& p, const AsOf& when, WorkDays& days);

}  // namespace agency::project
