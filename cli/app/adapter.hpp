// From the tables to a parser and back.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "app/invocation.hpp"

namespace agency::cli {

/// The options that every command takes, and those of lists, reports and writers.
std::span<const Option> global_options();
std::span<const Option> list_options();
std::span<const Option> write_options();
std::span<const Option> output_options();
/// All options of a verb, its own first.
std::vector<Option> options_of(const Verb& verb);
/// `--signed-on`
std::string spelled(const Option& option);

/// Parses the words after noun and verb. Throws Error(usage) with the nearest option or the legal values.
void parse(const Verb& verb, const std::vector<std::string>& words, Invocation& invocation);

}  // namespace agency::cli
