// The operations of a file: who did what when, and which of it was taken back.
#pragma once
#include <cstdint>
#include <span>

#include "record/field.hpp"
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency::op {

/// Error(not_found) when there is no such operation, or only from `before` on.
void require_operation(db::Session& db, std::int64_t id, std::int64_t before = INT64_MAX);
/// Newest first: operation, recorded_at, actor, command, undoes (`;` between), undone_by (null: it stands),
/// clock_given.
Report operations(Workspace& w);
/// Of operations().
std::vector<GridColumn> operations_columns();
/// One operation with its rows of the trail. Error(not_found).
Report operation(Workspace& w, std::int64_t id);
/// What one operation did: a row a record that it entered or took back (`after` or `before` is the record as JSON), and
/// one a field that it gave a value from a day on. Error(not_found).
Report difference(Workspace& w, std::span<const Record* const> records, std::int64_t id);
/// Of difference().
std::vector<GridColumn> difference_columns();
/// Every import, newest first, with its batch.
Report imports(Workspace& w);
/// Of imports().
std::vector<GridColumn> imports_columns();

}  // namespace agency::op
