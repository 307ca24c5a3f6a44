// `agency NOUN import`.
#pragma once
#include <span>

#include "app/command.hpp"

namespace agency::cli {

std::span<const Argument> import_arguments();
std::span<const Option> import_options(std::string_view noun);
Outcome import_rows(Invocation& in);

}  // namespace agency::cli
