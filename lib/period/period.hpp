// 会计期间: months are closed up to one and reopened from one.
#pragma once
#include <optional>

#include "record/grid.hpp"
#include "workspace/closed_months.hpp"
#include "workspace/workspace.hpp"

namespace agency::period {

/// Closes everything up to and including `month`. Error(refused) when it is closed already or not over yet.
void close(Workspace& w, Month month, std::string_view command);
/// Opens `month` and all later ones. Error(refused) when it is open.
void reopen(Workspace& w, Month month, std::string_view command);
/// After an undo: an event that brings about what the operations that stand have closed. Answers whether there was one.
bool settle(Operation& op);
/// Every closing and reopening, oldest first: month, action, recorded_at, actor.
Report list(Workspace& w);
/// Of list().
std::vector<GridColumn> list_columns();

}  // namespace agency::period
