// Taking any record out of force.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "record/store.hpp"

namespace agency {

/// The record counts until `day` (default today). Error(refused, by its void_rule) while a record of `all` that counts
/// on that day or later refers to it.
void void_unreferenced(Workspace& w, const Record& r, std::span<const Record* const> all, std::string_view number,
                       std::optional<Date> day, std::string_view reason, std::string_view command);

}  // namespace agency
