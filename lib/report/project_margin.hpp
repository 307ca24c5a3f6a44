// 项目毛利: what projects earned for the house, one line each.
#pragma once
#include <string_view>

#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// Of one project, or (empty) of all that cost or billed anything: net_revenue (fees billed less credit notes, without
/// tax and without what is passed on), labour (approved hours × cost rate), other_cost (posted costs but official
/// fees), margin, margin_rate (null without revenue), expected_rate (gross margin of the assessment by which the
/// contract was taken on; null without one), received (without tax). In the project's currency, totals by currency
/// (handbook 8.7, without overhead). Error(not_found).
Report project_margin(Workspace& w, std::string_view project, const AsOf& when);
std::vector<GridColumn> project_margin_columns();

}  // namespace agency
