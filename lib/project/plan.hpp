// The plan of a project as it was at a moment: its tasks with their times and days.
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "calendar/calendar.hpp"
#include "project/away.hpp"
#include "project/breakdown.hpp"
#include "project/day_line.hpp"

namespace agency::project {

/// The stored tasks of a project.
Breakdown breakdown_of(db::Session& db, std::int64_t project, const AsOf& when);

struct PlanTask {
    Task task;
    std::vector<Predecessor> after;
    std::vector<std::string> assigned;  ///< numbers of employees
    bool group = false;
    std::int64_t cost = 0;  ///< minor units; of a group what its leaves cost, or its own where they say nothing
    schedule::Times times;  ///< work days from the start, from 0
    Date starts_on, ends_on;
    std::vector<DaySpan> away;  ///< of a leaf: when all of its people are on leave
    schedule::Time pause = 0;   ///< work days of the plan between its early start and finish that are lost so

    /// Whether it goes on that day, if the day is worked at all.
    bool goes_on(Date d) const;
};

struct Plan {
    Project project;
    Date start;                   ///< day 0 counts from here: the project's starts_on, else the day asked for
    std::vector<PlanTask> tasks;  ///< in WBS order
    schedule::Time length = 0;    ///< days
    Date starts_on, ends_on;      ///< of the whole; both `start` where there are no tasks
    std::int64_t cost = 0;        ///< budget at completion, minor units of the project's currency
    schedule::Network network;    ///< of the leaves
    schedule::Order order;
    std::vector<std::size_t> task_of;  ///< by activity: index of the task that it is or stands for

    const PlanTask* find(std::string_view wbs) const;
};

/// Which days are worked, for many projects: the data file's calendar is read once for all moments at which the same of
/// it was known.
class WorkDays {
public:
    explicit WorkDays(db::Session& db) : db_(db) {}
    /// Which days count for a project: work days of the calendar as it was known then, or all.
    std::function<bool(Date)> of(const Project& p, const AsOf& when);

private:
    db::Session& db_;
    std::optional<std::vector<std::int64_t>> changed_by_;            ///< operations that changed it, ascending
    std::map<std::int64_t, std::shared_ptr<const Calendar>> known_;  ///< by the last of them that was known
};

/// A leaf waits while all of its people are on approved leave. Error(refused, PRJ-004) when tasks wait for each other,
/// CAL-001 when the calendar does not reach.
Plan load_plan(db::Session& db, std::int64_t project, const AsOf& when, WorkDays& days);
/// Of one project, as work_days_of().
Plan load_plan(db::Session& db, std::int64_t project, const AsOf& when);
/// The same with the leave that was approved and known at another moment.
Plan load_plan(db::Session& db, std::int64_t project, const AsOf& when, const AsOf& leave);
std::function<bool(Date)> work_days_of(db::Session& db, const Project& p, const AsOf& when);

/// Error(refused) when there are no tasks, PRJ-003 or PRJ-004 when they do not make a plan.
void require_plan(Workspace& w, std::int64_t project, const AsOf& when);

}  // namespace agency::project
