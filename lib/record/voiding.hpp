// Taking any record out of force.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "record/workflow.hpp"

namespace agency {

/// The record counts until `day` (default its own day, by which it counts; today where it has none). Error(refused, by
/// its void_rule) while a record of `all` that counts on that day or later refers to it; by the rule of its lifecycle
/// in a state that is not voided; as the record's `settle` judges what is left. `flow`: nullptr where it has none.
void void_unreferenced(Workspace& w, const Record& r, const Workflow* flow, std::span<const Record* const> all,
                       std::string_view number, std::optional<Date> day, std::string_view reason,
                       std::string_view command);

}  // namespace agency
