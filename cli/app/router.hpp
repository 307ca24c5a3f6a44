// From argv to a verb, and from its outcome or error to stdout, stderr and the exit code.
#pragma once
#include <string>
#include <vector>

#include "app/command.hpp"

namespace agency::cli {

/// The whole program: words are argv without the program's name. Answers the exit code; never throws.
int run(std::vector<std::string> words);

// Texts made from the tables, shared by help, completion and manual.
std::string usage_line(const Noun& noun, const Verb& verb);
std::string help(const std::vector<const Noun*>& nouns);
std::string help(const Noun& noun);
std::string help(const Noun& noun, const Verb& verb, bool whole);

/// Is the noun a command of its own (`init`), with one verb of the same name?
inline bool is_command(const Noun& noun) {
    return noun.verbs.size() == 1 && noun.verbs[0].name == noun.name;
}

constexpr const char* version = "0.1.0";

}  // namespace agency::cli
