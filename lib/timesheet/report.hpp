// 工时与利用率: what people's hours were used for, and what became of them.
#pragma once
#include "timesheet/time_entry.hpp"

namespace agency::timesheet {

struct ReportOptions {
    Date from, to;
    AsOf when;                    ///< what was known; hours count by the day worked
    std::string by = "employee";  ///< or unit, project
};

/// Approved entries only, values at standard rates in the project's currency (of people: in CNY).
/// By employee or unit: available hours (work days of the calendar less leave), hours by kind, utilization, productive
/// utilization; realization and effective rate from the fees of projects, which are shared out by the value of what
/// each did for them. By project: hours, value, billed and collected net of tax, realization, effective rate, leverage
/// (hours of others ÷ the manager's), work in progress (value so far less what was billed so far, not below zero) and
/// the days of billing that it makes. Error(refused, CAL-001) when the calendar does not reach.
Report utilization(Workspace& w, const ReportOptions& options);
std::vector<GridColumn> utilization_columns();
std::vector<GridColumn> realization_columns();

}  // namespace agency::timesheet
