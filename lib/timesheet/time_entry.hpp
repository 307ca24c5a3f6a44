// 工时记录: hours of one person on one day for a task of a project, or for the house.
#pragma once
#include <memory>

#include "org/org.hpp"
#include "project/task.hpp"
#include "record/workflow.hpp"
#include "timesheet/duration.hpp"

namespace agency {

struct TimeEntry {
    enum class Kind { billable, non_billable, leave, training };
    enum class Status { running, draft, submitted, approved };

    Id<TimeEntry> id;
    std::string number;
    Id<Employee> employee;
    Id<Project> project;  ///< none: for the house
    std::string wbs;
    Id<Task> task;
    Date worked_on;
    std::optional<std::int64_t> hours;  ///< hundredths; nothing while a timer runs
    Kind kind = Kind::billable;
    std::string starts_at, ends_at;  ///< `09:00`, in the zone of the house
    Status status = Status::draft;
    std::string approved_by;
    Id<TimeEntry> reversal_of;
    std::string note;
};

namespace timesheet {

const Record& record();
std::unique_ptr<RowRules> row_rules();
std::unique_ptr<RowRules> timer_rules();  ///< of an entry whose hours are still running
extern const Workflow workflow;

/// Error(refused) when it is approved: then it is reversed.
void void_entry(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                std::string_view command);

/// Which entries a step is for; either a number, or those of a person (empty: of all) between two days.
struct Selection {
    std::string number, employee, project;
    std::optional<Date> from, to;
};
/// The step of the lifecycle for all of them that can take it, in one operation; the entries that took it: number,
/// employee, worked_on, hours. Of many, only those are approved that the one who acts may approve. Error(not_found)
/// when there is none; Error(refused, PRJ-017) when none is his.
Report advance(Workspace& w, std::string_view verb, const Selection& which, std::string_view reason,
               std::string_view command);
std::vector<GridColumn> advance_columns();

/// An approved entry is balanced by one of negative hours, on its own day or, where that is closed, on the first open
/// one. Who reverses is who may approve (PRJ-017). Answers its number.
std::string reverse(Workspace& w, std::string_view number, std::string_view reason, std::string_view command);

/// A timer from now on. Error(refused, PRJ-016) when one of the person runs.
struct Start {
    std::string employee, project, wbs, kind, note;
};
std::string start(Workspace& w, const Start& s, std::string_view command);
/// Stops the person's timer now; hours to the nearest step. Answers the number.
std::string stop(Workspace& w, std::string_view employee, std::string_view command);

}  // namespace timesheet
}  // namespace agency
