// 期限: a deadline that runs for a client's matter. It is computed from its rule, moved only with evidence, met with
// proof and a second person's look, and never deleted.
#pragma once
#include <memory>
#include <string>

#include "client/client.hpp"
#include "docket/rule.hpp"
#include "org/org.hpp"
#include "record/workflow.hpp"

namespace agency {

struct Docket {
    enum class Served { electronic, posted };
    enum class CalendarState { loaded, missing };
    enum class Status { open, done, completed, abandoning, abandoned };

    Id<Docket> id;
    std::string number;  ///< `MATTER/RULE/TRIGGER` where nobody gives one
    std::string matter, rule;
    Id<DeadlineRule> version;  ///< none: agreed, not by law
    std::string title;
    Id<Client> client;
    Date trigger_on;
    Served served = Served::electronic;
    Date due_on;
    CalendarState calendar = CalendarState::loaded;
    Id<Employee> responsible, backup;
    Status status = Status::open;
    std::string done_by, proof, evidence, trace, note;
};

namespace docket {

const Record& record();
std::unique_ptr<RowRules> row_rules();
extern const Workflow workflow;
/// Error(refused, DKT-001) where a rule stands behind it: it is ended by its lifecycle.
void void_docket(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                 std::string_view command);

/// To another day; a later one needs `evidence` (DKT-001). Error(refused) when it is no longer open.
void move_due(Workspace& w, std::string_view number, Date to, std::string_view evidence, std::string_view command);

/// Due days that were computed before the calendar was loaded are computed again; the rows are those that changed.
Report recompute(Workspace& w, std::string_view command);
std::vector<GridColumn> recompute_columns();

struct ListOptions {
    AsOf when;
    Date today;                          ///< the day from which is counted
    std::optional<std::int64_t> within;  ///< days from today
    bool overdue = false;                ///< only those past their day
    bool all = false;                    ///< also those that have ended
    std::string pack, responsible;       ///< empty: any; a person by number or exact name
};
/// Open deadlines, the first due first. Error(not_found) when nobody is called so.
Report list(Workspace& w, const ListOptions& options);
std::vector<GridColumn> list_columns();

}  // namespace docket
}  // namespace agency
