// Settings: flags, then environment, then ./agency.toml found upward, then the user's file, then the system's.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency::cli {

class Invocation;

struct Setting {
    std::string value, origin;
};  ///< origin: a file with its line, or `default`

/// The settings of all rooms with their defaults. Besides them there is `alias.NAME` for any NAME.
std::span<const SettingRow> setting_rows();

/// The user's own file, which need not be there.
std::string own_config_file();

/// All keys with value and origin. Error(usage) with file:line:column for malformed TOML and unknown keys.
std::map<std::string, Setting> load_settings(const Invocation& in);
/// The same without what is wrong in them.
std::map<std::string, Setting> readable_settings(const Invocation& in);
/// `lang` of the files, without what is wrong in them; empty: none says it.
std::string configured_language();
/// The rules that the settings ask for. Error(usage) when a value cannot be right.
Rules rules_from(const std::map<std::string, Setting>& settings);

/// The command line that an alias stands for. Error(usage) when it does not begin with a command.
std::vector<std::string> alias_words(const std::string& name, const Setting& setting);

/// What is wrong in the files, all of it. Never throws for a fault in them.
Report check_settings(const Invocation& in);
std::vector<GridColumn> finding_columns();  ///< of its rows: key, finding (with file:line:column), hint

/// Gives the setting this value in the file, or takes it out (nullopt); comments and all else stay as they are. Answers
/// whether that is a change. Error(usage) when the key or the value cannot be right, or the file must be edited by
/// hand.
bool change_setting(const Invocation& in, const std::string& file, const std::string& key,
                    const std::optional<std::string>& value);

}  // namespace agency::cli
