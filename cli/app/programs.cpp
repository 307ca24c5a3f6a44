#include "app/programs.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "base/error.hpp"
#include "base/system_error.hpp"
#include "base/translate.hpp"

extern char** environ;

namespace agency::cli {

namespace {

bool runs(const std::string& path) {
    return ::access(path.c_str(), X_OK) == 0;
}

/// Of PATH, without the folder one happens to stand in.
std::vector<std::string> folders() {
    std::vector<std::string> out;
    const char* path = std::getenv("PATH");
    for (std::string_view rest = path ? path : ""; !rest.empty();) {
        const auto folder = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
        if (!folder.empty()) out.emplace_back(folder);
    }
    return out;
}

}  // namespace

std::string find_program(std::string_view name) {
    if (name.empty()) return {};
    if (name.find('/') != name.npos) return runs(std::string(name)) ? std::string(name) : std::string();
    for (const auto& folder : folders())
        if (const auto candidate = folder + "/" + std::string(name); runs(candidate)) return candidate;
    return {};
}

std::vector<std::string> programs_named(std::string_view beginning) {
    std::set<std::string> names;
    std::error_code error;
    for (const auto& folder : folders())
        for (const auto& entry : std::filesystem::directory_iterator(folder, error))
            if (auto name = entry.path().filename().string();
                name.starts_with(beginning) && runs(entry.path().string()))
                names.insert(std::move(name));
    return {names.begin(), names.end()};
}

std::string first_word(std::string_view command) {
    while (command.starts_with(' ')) command.remove_prefix(1);
    return std::string(command.substr(0, command.find(' ')));
}

std::string editor_command(const std::string& setting) {
    if (!setting.empty()) return setting;
    for (const char* name : {"VISUAL", "EDITOR"})
        if (const char* given = std::getenv(name); given && *given) return given;
    if (::isatty(STDIN_FILENO))
        for (const char* name : {"editor", "vi"})
            if (!find_program(name).empty()) return name;
    return {};
}

void run_editor(const std::string& command, const std::string& file) {
    const auto line = command + " \"$1\"";
    const char* words[] = {"sh", "-c", line.c_str(), "sh", file.c_str(), nullptr};
    ::pid_t child = 0;
    int status = 0;
    const int failed = ::posix_spawn(&child, "/bin/sh", nullptr, nullptr, const_cast<char**>(words), environ);
    if (failed == 0)
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (failed == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
    throw Error(Exit::outside, say("the editor {editor} did not end well", fmt::arg("editor", command)),
                tr("nothing was written"));
}

void become(const std::string& path, const std::vector<std::string>& arguments) {
    std::vector<char*> words{const_cast<char*>(path.c_str())};
    for (const auto& a : arguments) words.push_back(const_cast<char*>(a.c_str()));
    words.push_back(nullptr);
    ::execv(path.c_str(), words.data());
    throw Error(exit_of(errno),
                say("{path} cannot be run: {why}", fmt::arg("path", path), fmt::arg("why", reason_of(errno))));
}

}  // namespace agency::cli
