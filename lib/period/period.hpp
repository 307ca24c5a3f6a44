// 会计期间: months are closed up to one and reopened from one.
#pragma once
#include <optional>

#include "base/date.hpp"
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency::period {

/// The last closed month; nothing when none is closed.
std::optional<Month> closed_through(db::Session& db);
/// The first day on which facts may be entered; nothing when every day is open.
std::optional<Date> first_open_day(db::Session& db);
/// Throws Error(refused, PER-001) when the day lies in a closed month. `what` is the field's key.
void require_open(db::Session& db, Date day, std::string_view what);
/// The sentence of PER-001 for an import; empty when the day is open.
std::string closed_message(std::optional<Month> closed, Date day);

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
