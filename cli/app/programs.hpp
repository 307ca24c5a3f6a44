// Other programs: the editor, the pager, plugins.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace agency::cli {

/// The path of an executable of that name in PATH, or itself when it has a slash; empty when there is none.
std::string find_program(std::string_view name);

/// The names of all executables in PATH that begin so, each once, in order.
std::vector<std::string> programs_named(std::string_view beginning);

/// The first word of a command as a person writes it for a shell (`less -R`).
std::string first_word(std::string_view command);

/// The editor asked for: the setting, VISUAL, EDITOR, or on a terminal `editor` or `vi`; empty when there is none.
std::string editor_command(const std::string& setting);
/// Runs it on the file and waits; the shell splits the command. Error(outside) when it does not end well.
void run_editor(const std::string& command, const std::string& file);

/// Becomes the program. Answers only by Error(outside), when that fails.
[[noreturn]] void become(const std::string& path, const std::vector<std::string>& arguments);

}  // namespace agency::cli
