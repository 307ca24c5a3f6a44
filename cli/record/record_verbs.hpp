// The verbs every record has, driven by its description: add list show edit import export fields void.
#pragma once
#include <vector>

#include "app/command.hpp"

namespace agency::cli {

std::vector<Verb> record_verbs(const Noun& noun);

/// One row: what a writing verb did, or would do (`written` false; also where there was nothing to do). `change` is a
/// stable word, marked with N_; `to` the other record, if there is one.
Outcome done(const Invocation& in, std::string_view noun, std::string_view ref, const char* change,
             std::string_view to = {}, bool wrote = true);

}  // namespace agency::cli
