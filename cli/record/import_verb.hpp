// `agency NOUN import`.
#pragma once
#include <span>

#include "app/command.hpp"

namespace agency::cli {

std::span<const Argument> import_arguments();
/// Also --again for records without a number, --create-clients where the rules make clients.
std::vector<Option> import_options(const Noun& noun);
Outcome import_rows(Invocation& in);

}  // namespace agency::cli
