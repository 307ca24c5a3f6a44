// JSONL of plans, where most tasks leave most keys out.
#pragma once
#include <string>

namespace agency::project {

/// The same lines, the first object with the keys that only later ones have, as null: a reader takes its columns from
/// it. What is no JSONL stays as it is, and its reader says so.
std::string with_all_keys(std::string jsonl);

}  // namespace agency::project
