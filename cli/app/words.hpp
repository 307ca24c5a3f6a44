// A command line as text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace agency::cli {

/// The words of one line as a shell would take them: blanks part them, '…' keeps all, "…" keeps all but \" and \\, a
/// backslash keeps the next character. No variables, no wildcards.
std::vector<std::string> words_of(std::string_view line);

/// The other way: `agency` and the words, quoted where a shell would change them.
std::string as_typed(const std::vector<std::string>& words);

}  // namespace agency::cli
