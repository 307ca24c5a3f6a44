// `agency check`: the file, the trail, the kept copies and the limits that hold on every day.
#pragma once
#include <span>

#include "record/field.hpp"
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// One row a finding: check, ref, message. Empty when all is well.
Report integrity(Workspace& workspace, std::span<const Record* const> records);
/// Of integrity().
std::vector<GridColumn> integrity_columns();

}  // namespace agency
