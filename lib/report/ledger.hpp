// 合同台账: contracts with what was invoiced, received and is open (handbook §5.3, §5.12).
#pragma once
#include "record/grid.hpp"
#include "record/store.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// All contracts known at the moment: the stored columns and invoiced, credited, uninvoiced, received, outstanding,
/// overdue, days_to_end, expired. uninvoiced = amount − fees invoiced (retained ones too) + credit notes on them;
/// outstanding = invoiced − credited − received, of whatever kind. Figures are in the contract's currency; what is open
/// in others is one text, outstanding_other. `signed_only`: contracts signed after the day are left out.
Report contract_ledger(Workspace& workspace, const AsOf& when, bool signed_only);

std::vector<GridColumn> ledger_columns();

/// One contract with its invoices (open, status as two facts: paid none|part|full, overdue) and receipts.
Report contract_sheet(Workspace& workspace, const Row& contract, const AsOf& when);

}  // namespace agency
