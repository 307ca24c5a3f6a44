// 承接评估校准: what assessments expected against what their contracts then showed.
#pragma once
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// Of assessments by which a contract was taken on. `by`: intake (one row each), assessor, or dimension (with
/// assessor). amount_error = (contract amount − expected) / expected; invoiced is less credit notes, with tax.
/// Of those whose projects have all begun (`measured`): done = earned / planned value; cost = spent / done, of closed
/// projects what was spent; revenue without tax: of closed projects what was billed, else what was agreed; errors
/// against the estimate, of the margin in points against the risk-adjusted one.
Report calibration(Workspace& w, const AsOf& when, std::string_view by);
/// Of a calibration by intake.
std::vector<GridColumn> calibration_columns();

}  // namespace agency
