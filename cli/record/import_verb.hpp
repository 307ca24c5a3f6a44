// `agency NOUN import`.
#pragma once
#include <functional>
#include <span>

#include "app/command.hpp"
#include "record/import.hpp"

namespace agency::cli {

std::span<const Argument> import_arguments();
/// Also --again for records without a number, --create-clients where the rules make clients.
std::vector<Option> import_options(const Noun& noun);
Outcome import_rows(Invocation& in);
/// The same with more said of the file than the options say.
Outcome import_rows(Invocation& in, const std::function<void(ImportOptions&)>& adjust);

}  // namespace agency::cli
