// Settings: flags, then environment, then ./agency.toml found upward, then the user's file, then the system's.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/workspace.hpp"

namespace agency::cli {

class Invocation;

struct Setting {
    std::string value, origin;
};  ///< origin: a file with its line, or `default`

/// A setting that the files may have, with its default.
struct SettingRow {
    std::string_view key, value;
    const char* meaning;  ///< translated when printed
};
std::span<const SettingRow> setting_rows();

/// All keys with value and origin. Error(usage) with file:line:column for malformed TOML and unknown keys.
std::map<std::string, Setting> load_settings(const Invocation& in);
/// The rules that the settings ask for. Error(usage) when a value cannot be right.
Rules rules_from(const std::map<std::string, Setting>& settings);

}  // namespace agency::cli
