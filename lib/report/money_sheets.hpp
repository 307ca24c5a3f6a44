// One invoice or one receipt, with what moved it.
#pragma once
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// The stored columns, settled (by allocations and linked credit notes) and open, null where it is void or not issued
/// on that day; then the allocations with their receipts, taken back ones below zero, and the credit notes on it.
Report invoice_sheet(Workspace& workspace, std::string_view number, const AsOf& when);

/// The stored columns, allocated, refunded and unapplied, null where it is void or not received on that day; then what
/// it is allocated to, and the refunds.
Report receipt_sheet(Workspace& workspace, std::string_view number, const AsOf& when);

}  // namespace agency
