// Facts that stand for themselves (allocations, refunds): they are never void, but taken back by a fact below zero.
#pragma once
#include <cstdint>
#include <set>

#include "record/store.hpp"

namespace agency {

/// Ids of those that were not taken back by what counts at the moment: a row below zero takes back the one that it
/// names in `reverses`, or all earlier ones between the same records.
std::set<std::int64_t> standing_facts(db::Session& db, const Record& r, const AsOf& when);

}  // namespace agency
