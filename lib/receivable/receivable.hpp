// 应收: matching what came in with what is open (handbook §6.3; Civil Code art. 560).
#pragma once
#include <string_view>

#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency::receivable {

/// Of the answer of match; `reason` is for those who ask why.
std::vector<GridColumn> match_columns();

/// Allocates unapplied receipts: what the payer designated first; then due items by due day, issue day, number; then
/// items not yet due. Retention before its due day and credit notes never; one client and one currency. Answers one row
/// an allocation with its reason. `client` empty: all.
Report match(Workspace& workspace, std::string_view client, std::string_view command);

}  // namespace agency::receivable
