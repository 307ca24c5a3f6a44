// `agency NOUN edit`.
#pragma once
#include <vector>

#include "app/command.hpp"

namespace agency::cli {

std::vector<Option> edit_options(const Noun& noun);
Outcome edit_record(Invocation& in);

}  // namespace agency::cli
