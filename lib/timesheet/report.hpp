// 工时与利用率: what people's hours were used for, and what became of them.
#pragma once
#include "timesheet/time_entry.hpp"

namespace agency::timesheet {

struct ReportOptions {
    Date from, to;
    AsOf when;                    ///< what was known; hours count by the day worked
    std::string by = "employee";  ///< or project
};

/// By employee: available hours (work days of the calendar less leave), hours by kind, utilization, productive
/// utilization, value at standard rates. By project: hours, value, billed and collected net of tax, realization.
/// Approved entries only. Error(refused, CAL-001) when the calendar does not reach.
Report utilization(Workspace& w, const ReportOptions& options);
std::vector<GridColumn> utilization_columns();
std::vector<GridColumn> realization_columns();

}  // namespace agency::timesheet
