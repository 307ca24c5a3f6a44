// Facts that stand for themselves (allocations, refunds): they are never void, but taken back by a fact below zero.
#pragma once
#include <cstdint>
#include <vector>

#include "record/store.hpp"

namespace agency {

/// Of the rows of each_row(), in its order, those that were not taken back: a row below zero takes back the one that it
/// names in `reverses`, or all earlier ones between the same records.
std::vector<bool> standing_facts(db::Session& db, const Record& r, const AsOf& when);

}  // namespace agency
