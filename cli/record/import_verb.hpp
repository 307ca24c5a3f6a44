// `agency NOUN import`.
#pragma once
#include <span>

#include "app/command.hpp"
#include "record/import.hpp"

namespace agency::cli {

std::span<const Argument> import_arguments();
/// Also --again for records without a number, --create-clients where the rules make clients.
std::vector<Option> import_options(const Noun& noun);
Outcome import_rows(Invocation& in);
/// For imports that are not of one record: what the options say, and what is told in the end.
ImportOptions import_options_of(Invocation& in);
Outcome import_outcome(Invocation& in, const ImportOptions& options, const ImportResult& result, double seconds);

}  // namespace agency::cli
