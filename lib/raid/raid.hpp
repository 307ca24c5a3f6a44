// RAID 日志: risks, assumptions, issues and dependencies of a project. The clock of an issue runs in working hours.
#pragma once
#include <memory>

#include "calendar/working_hours.hpp"
#include "org/org.hpp"
#include "project/task.hpp"
#include "record/workflow.hpp"

namespace agency {

struct Raid {
    enum class Kind { risk, assumption, issue, dependency };
    enum class Audience { internal, client };
    enum class Response { avoid, mitigate, transfer, accept };
    enum class Status { open, responded, closed };

    Id<Raid> id;
    std::string number;
    Id<Project> project;
    Kind kind = Kind::issue;
    std::string title;
    Id<Employee> owner;
    Audience audience = Audience::internal;
    std::optional<Rate> probability;
    std::optional<std::int64_t> impact;  ///< minor units of the project's currency
    std::optional<Response> response;
    std::string trigger;
    std::optional<std::int64_t> severity;  ///< 1 (worst) to 4
    std::optional<Date> due_on;            ///< validate by, or needed by
    std::string party;                     ///< on whom it depends
    Id<Task> waiting_task;                 ///< none: the whole project waits
    Id<Task> on_task;
    Id<Project> on_project;                                                  ///< another than the one that waits
    std::string raised_at, respond_by, resolve_by, responded_at, closed_at;  ///< instants in UTC, or empty
    std::string resolution;
    Status status = Status::open;
    std::string note;

    /// Probability × impact.
    std::optional<std::int64_t> exposure() const;
};

namespace raid {

const Record& record();
std::unique_ptr<RowRules> row_rules();
extern const Workflow workflow;

/// Working time to answer and to solve, of `4h/2d`; nothing where there is no limit. Throws Error(usage).
struct Limits {
    std::optional<std::int64_t> respond, resolve;  ///< seconds worked
};
Limits parse_limits(std::string_view text, const WorkingHours& hours);

/// How often it went up a level: once for an answer that was late, once for a solution; 0: in time. And when it did so
/// last.
struct Escalation {
    int level = 0;
    std::string at;  ///< the limit that passed, an instant in UTC; empty: none
};
Escalation escalation(const Raid& r, Instant now);

/// To whom it went: the owner's line manager on the day when it went up, then his. Where nobody leads the owner, the
/// project's manager, then his line manager; nobody when it did not go up, or there is none above.
std::optional<Employee> escalated_to(db::Session& db, const Raid& r, const Escalation& e, std::int64_t known,
                                     std::int32_t zone_minutes);

/// At what instant a report of that moment looks at clocks that run: the end of its day, or what was known before, or
/// now, whichever is first. So it says the same whenever it is asked again.
Instant clock_at(const Workspace& w, const AsOf& when);

struct ListOptions {
    AsOf when;
    Instant now;                ///< clock_at()
    std::string project, kind;  ///< empty: any
    bool all = false;           ///< also what is closed
    bool escalated = false;     ///< only what has gone up a level
    bool client_only = false;   ///< only what the client may see; other clients' projects are not named
};
/// The worst first: escalation, severity, exposure; with whom it is and to whom it went up; of a dependency what waits
/// for what.
Report list(Workspace& w, const ListOptions& options);
std::vector<GridColumn> list_columns();

}  // namespace raid
}  // namespace agency
