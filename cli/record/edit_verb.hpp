// `agency NOUN edit`.
#pragma once
#include <span>

#include "app/command.hpp"

namespace agency::cli {

std::span<const Option> edit_options();
Outcome edit_record(Invocation& in);

}  // namespace agency::cli
