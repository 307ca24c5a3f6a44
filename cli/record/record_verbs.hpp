// The verbs every record has, driven by its description: add list show import export fields void.
#pragma once
#include <vector>

#include "app/command.hpp"

namespace agency::cli {

std::vector<Verb> record_verbs(const Noun& noun);

/// One row: what a writing verb did.
Outcome done(std::string_view noun, std::string_view ref, std::string_view what);

}  // namespace agency::cli
