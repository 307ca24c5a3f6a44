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
std::string spelled(std::string_view key);

/// The option whose value is the word after this one (`--db`, `-f`, `-qf`), or nullptr.
const Option* takes_next(std::string_view word, std::span<const Option> options);
/// Throws Error(usage) when the word after such an option is missing or is itself an option: what is meant so stands
/// behind `=`.
void check_value_follows(std::string_view word, const std::string* next, std::span<const Option> options);

/// Parses the words after noun and verb. Throws Error(usage) with the nearest option or the legal values.
void parse(const Verb& verb, const std::vector<std::string>& words, Invocation& invocation);

}  // namespace agency::cli
