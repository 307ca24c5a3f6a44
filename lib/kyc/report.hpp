// 客户信用 (handbook §2.7).
#pragma once
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency::kyc {

/// Every client: rating, limit, exposure, headroom, overdue, last check, next due, whether it is held.
Report credit_report(Workspace& w, const AsOf& when);
std::vector<GridColumn> credit_columns();
/// One client with the same figures, what its exposure is made of, its checks and overrides.
Report client_sheet(Workspace& w, std::string_view code, const AsOf& when);

}  // namespace agency::kyc
