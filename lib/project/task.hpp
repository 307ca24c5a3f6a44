// 任务: the rows of a project's work breakdown structure. Groups add up, leaves carry the work (handbook §3.2,
// PRJ-003).
#pragma once
#include "project/project.hpp"
#include "schedule/network.hpp"

namespace agency {

struct Task {
    /// In the order of schedule::Constraint, which has `none` first.
    enum class Constraint {
        start_no_earlier,
        start_no_later,
        finish_no_earlier,
        finish_no_later,
        must_start,
        must_finish,
    };

    Id<Task> id;
    std::string number;  ///< project/wbs
    Id<Project> project;
    std::string wbs, name;
    std::optional<std::int64_t> duration;                         ///< days of the project's calendar
    std::optional<std::int64_t> effort;                           ///< hundredths of an hour
    std::string after;                                            ///< links to other codes
    std::optional<std::int64_t> optimistic, likely, pessimistic;  ///< days
    std::string assigned;                                         ///< numbers of employees, `;` between
    std::optional<std::int64_t> cost;                             ///< minor units of the project's currency
    std::optional<std::int64_t> weight;                           ///< hundredths
    bool milestone = false;
    std::optional<Constraint> constraint_type;
    std::optional<Date> constraint_on;
    std::string deliverable, acceptance;
};

namespace task {

const Record& record();
std::unique_ptr<RowRules> row_rules();
/// After an undo: Error(refused) when the plans of these tasks are none any more (Record::settle).
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched);
/// From `day` on (default today) it is no part of the plan; baselines keep it. Error(refused) while others wait for it
/// or stand below it.
void void_task(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
               std::string_view command);

}  // namespace task
}  // namespace agency
