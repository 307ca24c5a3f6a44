// 里程碑: what a project reaches by when, and the payment of the contract that it unlocks.
#pragma once
#include <memory>

#include "project/project.hpp"

namespace agency {

struct Milestone {
    Id<Milestone> id;
    std::string number;  ///< project/name
    Id<Project> project;
    std::string name, wbs;
    Date baseline_on, forecast_on;
    std::optional<Date> reached_on;
    std::string evidence;
    Id<Contract> contract;
    std::optional<std::int64_t> unlocks;  ///< minor units
    Currency currency;
    std::string note;
};

namespace milestone {

const Record& record();
std::unique_ptr<RowRules> row_rules();

/// Error(refused) when it was reached already; Error(usage) without evidence.
void reach(Workspace& w, std::string_view number, Date day, std::string_view evidence, std::string_view command);

/// project, name, baseline, forecast, reached, slip_days (what is late and not reached slips on), state, unlocks. Of
/// one project (its code), or of all. Milestones of a plan that no record stands for have the number of their task; their
/// baseline is that of the plan (the plan itself where none is set), and they are reached when their task is measured as done.
Report list(Workspace& w, const AsOf& when, Date today, std::string_view project);
std::vector<GridColumn> list_columns();

}  // namespace milestone
}  // namespace agency
