// 合同台账: contracts with what was invoiced, received and is open (handbook §5.3, §5.12).
#pragma once
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// All contracts known at the moment, for a past day only those signed by then (or not signed): the stored columns and
/// invoiced, credited, uninvoiced, received, outstanding, overdue, days_to_end, expired. uninvoiced = amount − invoiced
/// + credited; outstanding = invoiced − credited − received.
Report contract_ledger(Workspace& workspace, const AsOf& when);

/// One contract with its invoices (open, status as two facts: paid none|part|full, overdue) and receipts.
Report contract_sheet(Workspace& workspace, std::string_view number, const AsOf& when);

}  // namespace agency
