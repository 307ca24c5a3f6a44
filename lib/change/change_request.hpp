// 变更申请: what would change of a project's baseline, who asked for it and who decided.
#pragma once
#include <memory>

#include "project/baseline.hpp"
#include "record/workflow.hpp"

namespace agency {

struct ChangeRequest {
    enum class Level { manager, sponsor };
    enum class Status { draft, submitted, approved, rejected, applied };

    Id<ChangeRequest> id;
    std::string number;
    Id<Project> project;
    std::string title, reason, scope;
    std::optional<std::int64_t> days;  ///< later, or earlier below zero
    std::optional<std::int64_t> cost;  ///< minor units of the project's currency
    std::string quality, requested_by;
    Level level = Level::manager;
    std::string decided_by;
    Status status = Status::draft;
    std::string note;
};

namespace change {

const Record& record();
std::unique_ptr<RowRules> row_rules();
/// draft → submitted → approved → applied, where the plan as it is then becomes the next baseline; or rejected.
extern const Workflow workflow;

/// What approved changes add to the budget of a project.
std::int64_t approved_cost(db::Session& db, std::int64_t project, const AsOf& when);

}  // namespace change
}  // namespace agency
