// 收入瀑布: from the contract's amount through what is earned and billed to what is received, one line a project.
#pragma once
#include <string_view>

#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// Of one project, or (empty) of all that work for a signed contract: contract_amount, earned (that × earned value ÷
/// budget at completion; null without a plan that costs), billed, unbilled (earned − billed; below zero: in advance),
/// received, receivable, overdue, unlocked (by milestones that were reached), unlocked_unbilled, shared_with: the other
/// projects of its contracts, of whose figures it has its part (ContractBilling). Tax included; in the project's
/// currency, totals by currency. Error(not_found).
Report waterfall(Workspace& w, std::string_view project, const AsOf& when);
std::vector<GridColumn> waterfall_columns();

}  // namespace agency
