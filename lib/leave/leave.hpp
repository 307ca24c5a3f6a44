// 请假: days on which an employee is away. To leave the agency for good is `employee leave` (离职).
#pragma once
#include <map>
#include <memory>

#include "org/org.hpp"
#include "record/workflow.hpp"

namespace agency {

struct Leave {
    enum class Kind { annual, sick, personal, marriage, maternity, paternity, bereavement, other };
    enum class Status { requested, approved, rejected, cancelled };

    Id<Leave> id;
    std::string number;
    Id<Employee> employee;
    Kind kind = Kind::annual;
    Date starts_on, ends_on;            ///< both counted
    std::optional<std::int64_t> hours;  ///< hundredths, of a leave within one day; nothing: its whole work days
    Status status = Status::requested;
    std::string decided_by;
    std::string note;

    /// Asked for or approved: it takes its days.
    bool stands() const { return status == Status::requested || status == Status::approved; }
};

namespace leave {

const Record& record();
std::unique_ptr<RowRules> row_rules();
/// Requests are approved or rejected by another person (LV-004).
extern const Workflow workflow;
/// The last day that was or will be taken of a leave: of an approved one its last day, of one that was cancelled after
/// it was approved the day before that. Nothing when none is: it is not approved, or was not.
std::optional<Date> taken_until(db::Session& db, const Leave& l, const AsOf& when);

/// Leaves by employee and first day with the names of people; `on`: only those whose days have this one.
Report list(Workspace& w, const AsOf& when, std::optional<Date> on);
std::vector<GridColumn> list_columns();

}  // namespace leave
}  // namespace agency
