// Places of a time entry's fields in its description.
#pragma once

namespace agency::timesheet {

enum {
    k_number,
    k_employee,
    k_project,
    k_wbs,
    k_task,
    k_worked_on,
    k_hours,
    k_kind,
    k_starts_at,
    k_ends_at,
    k_status,
    k_approved_by,
    k_reversal_of,
    k_note
};

}  // namespace agency::timesheet
