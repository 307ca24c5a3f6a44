// Text anywhere in the records.
#pragma once
#include <span>

#include "record/field.hpp"
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// One row a record of which a text, a number or a word contains `wanted`, case-folded, full-width as half-width: noun
/// and ref as they are typed (of a part, those of its whole), field, text; the first such field of each. In the order
/// of the records, then of their numbers; voided ones too. Error(usage) for a blank text.
Report search(Workspace& workspace, std::span<const Record* const> records, std::string_view wanted, const AsOf& when);
/// Of search().
std::vector<GridColumn> search_columns();

}  // namespace agency
