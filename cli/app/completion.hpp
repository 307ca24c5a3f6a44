// Completion and its answers.
#pragma once
#include "app/command.hpp"

namespace agency::cli {

Outcome completion_script(Invocation& in);
/// `agency __complete WORD…`: candidates for the last word, one a line, at most 200; with --described each may have a
/// tab and its meaning behind it. A file's name is `:file`. Silent on every error.
Outcome complete(Invocation& in);

}  // namespace agency::cli
