// 撤销: an operation is taken back by opposite facts; what it wrote stays and can be brought back the same way.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "record/field.hpp"
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency::op {

/// Takes the targets back, or, where the one target is an undo, brings back what it took, in one operation of its own.
/// After it everything reads, from now on, as if only the operations that stand had been entered; reports of an earlier
/// `--known-at` stay as they were. Answers one row a noun: operation, command, noun, records, changes, written.
/// Error(not_found) for an operation that there is not; Error(conflict) when it is taken back already or its numbers
/// were entered again; Error(refused) naming what stands on it, the closed period, or the rule that would break.
Report undo(Workspace& w, std::span<const Record* const> records, std::vector<std::int64_t> targets,
            std::string_view command);

/// The last operation that stands and is no undo itself. Error(not_found) when there is none.
std::int64_t last_standing(db::Session& db);
/// Those of the imports of a batch that stand, newest first. Error(not_found) when there is none.
std::vector<std::int64_t> standing_of_batch(db::Session& db, std::string_view batch);

}  // namespace agency::op
