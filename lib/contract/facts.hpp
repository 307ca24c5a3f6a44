// What lower nouns may ask of contracts.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "workspace/workspace.hpp"

namespace agency::contract {

/// Clients that have contracts, all of which ended before the day; a contract without a last day goes on.
std::unordered_set<std::int64_t> clients_ended_before(db::Session& db, Date day, const AsOf& when);

/// Assessments by which contracts were taken on that go on after the day, or have no last day.
std::unordered_set<std::int64_t> intakes_going_on(db::Session& db, Date day, const AsOf& when);

/// Numbers of contracts that left draft, by the assessment by which they were taken on.
std::unordered_map<std::int64_t, std::string> by_intake(db::Session& db, const AsOf& when);

/// Number of a contract that left draft by one of these assessments, and had not yet by that operation; `begun`: of one
/// on which work began since. Empty: none.
std::string taken_on_since(db::Session& db, std::span<const std::int64_t> intakes, std::int64_t operation, bool begun);

}  // namespace agency::contract
