// Facts that stand for themselves (allocations, refunds): they are never void, but taken back by a fact below zero.
#pragma once
#include <cstdint>
#include <set>

#include "record/store.hpp"

namespace agency {

/// Ids of those that are not taken back: a row below zero takes back the one that it names in `reverses`, or all
/// earlier ones between the same records. Where something stands on the day and is taken back only later, what stands
/// then counts; else all that is known, later days too.
std::set<std::int64_t> standing_facts(db::Session& db, const Record& r, const AsOf& when);

}  // namespace agency
