// An HR list: people with department, title and manager, as a personnel system writes it.
#pragma once
#include "org/org.hpp"

namespace agency::org {

/// The fields of such a list: number*, name*, department*, title*, manager, grade, hired_on, left_on, email, phone.
const Record& hr_list();

/// Makes of every row a position `P-NUMBER` that reports to its manager's, an employee and his primary assignment, and
/// the departments that are not known yet, all in one operation. Managers are named by number, in any order, also
/// of people who were entered before; a circle is named (ORG-010). Who is known already is a problem of the row,
/// skipped or updated from `effective` on, as the options say. Nothing is written when any row is bad, unless bad rows
/// are to be rejected: then they and those who report to them are left out.
ImportResult import_hr_list(Workspace& w, const ImportOptions& options);

}  // namespace agency::org
