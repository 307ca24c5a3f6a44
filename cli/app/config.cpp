#include "app/config.hpp"

// Malformed input such as "[\\n" must be a parse error, not an abort.
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>
#include <unistd.h>

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "app/invocation.hpp"
#include "app/words.hpp"
#include "base/error.hpp"
#include "base/part_file.hpp"
#include "base/system_error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "calendar/settings.hpp"
#include "change/settings.hpp"
#include "intake/settings.hpp"
#include "kyc/kyc.hpp"
#include "org/settings.hpp"
#include "progress/settings.hpp"
#include "project/settings.hpp"
#include "raid/settings.hpp"
#include "record/form.hpp"
#include "report/aging.hpp"
#include "status/settings.hpp"
#include "timesheet/settings.hpp"
#include "workspace/home_currency.hpp"

namespace agency::cli {
namespace {

constexpr const char* by_default = "default";  // where a value comes from that nobody set

constexpr std::string_view languages[] = {"en", "zh_CN"}, colors[] = {"auto", "always", "never"},
                           credits[] = {"own", "net-oldest"};

constexpr SettingRow own_rows[] = {
    {"database", "",
     N_("The data file; default $XDG_DATA_HOME/agency/agency.db. A path that is not absolute counts from the "
        "configuration file")},
    {"zone", "+08:00", N_("Fixed offset from UTC by which an instant has its day")},
    {"lang", "",
     N_("Language of messages, en or zh_CN; default that of the environment (LANGUAGE, LC_ALL, LC_MESSAGES, LANG)"),
     SettingType::word, languages},
    {"color", "auto",
     N_("auto, always or never; NO_COLOR, CLICOLOR_FORCE and TERM=dumb of the environment come before it"),
     SettingType::word, colors},
    {"actor", "", N_("Who acts; default the login name")},
    {"editor", "", N_("The command that opens a form; default $VISUAL, then $EDITOR"), SettingType::text, {}, true},
    {"pager",
     "",
     N_("The command that shows what does not fit the screen; default $PAGER, then less; cat or an empty $PAGER: none"),
     SettingType::text,
     {},
     true},
    {"receivable.buckets", "30,60,90,180,365",
     N_("Upper bounds of the aging buckets in days, or in years as 1y,2y,3y")},
    {"receivable.credits", "own", N_("Standing credit notes in the aging: own rows, or net-oldest"), SettingType::word,
     credits},
};

const std::vector<SettingRow>& rows() {
    static const auto all = [] {
        std::vector<SettingRow> out;
        const std::span<const SettingRow> tables[] = {
            own_rows,           money_settings,    org::settings,      intake::settings,    kyc::settings,
            calendar::settings, project::settings, progress::settings, timesheet::settings, raid::settings,
            change::settings,   status::settings};  // in the order in which they are shown
        for (const auto table : tables) out.insert(out.end(), table.begin(), table.end());
        return out;
    }();
    return all;
}

using Settings = std::map<std::string, Setting>;
/// What becomes of a fault; one that does not return ends the reading.
using OnFault = std::function<void(const std::string& key, const Error& fault)>;

/// A setting that does not count is told by `config check` only.
void throw_fault(const std::string&, const Error& fault) {
    if (fault.code != Exit::condition) throw fault;
}

bool is_alias(std::string_view key) {
    return key.starts_with("alias.");
}

const SettingRow* row_of(std::string_view key) {
    const auto it = std::find_if(rows().begin(), rows().end(), [&](const SettingRow& r) { return r.key == key; });
    return it == rows().end() ? nullptr : &*it;
}

bool counts_from_own_file_only(std::string_view key) {
    const SettingRow* row = row_of(key);
    return is_alias(key) || (row && row->own);
}

Error no_setting(const std::string& at, std::string_view key) {
    std::vector<std::string_view> known;
    for (const SettingRow& r : rows()) known.push_back(r.key);
    const auto near = nearest(key, known);
    return Error(Exit::usage, say("{at}: there is no setting {name}", fmt::arg("at", at), fmt::arg("name", key)),
                 near.empty() ? std::string(tr("agency config list shows them"))
                              : say("did you mean {near}?", fmt::arg("near", near)));
}

Error not_counted(const std::string& at, std::string_view key, Exit code) {
    return Error(code, say("{at}: {key} does not count here", fmt::arg("at", at), fmt::arg("key", key)),
                 say("it counts from {file} only", fmt::arg("file", own_config_file())));
}

/// What true and false mean to a setting: yes and no, or on and off; nothing when it has no such words.
std::optional<std::string> switched(const SettingRow& row, bool on) {
    if (row.type == SettingType::flag) return on ? "yes" : "no";
    const std::string_view word = on ? "on" : "off";
    const bool known = std::find(row.words.begin(), row.words.end(), word) != row.words.end();
    return known ? std::optional<std::string>(word) : std::nullopt;
}

struct File {
    std::string path;
    bool own = false;
};

void read_table(const toml::table& table, const std::string& prefix, const File& file, Settings& into,
                const OnFault& fault) {
    for (const auto& [key, node] : table) {
        const auto name = prefix + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            read_table(*inner, name + ".", file, into, fault);
            continue;
        }
        const auto at = fmt::format("{}:{}:{}", file.path, key.source().begin.line, key.source().begin.column);
        auto text = node.value_exact<std::string>();
        const SettingRow* row = row_of(name);
        if (const auto n = node.value_exact<std::int64_t>(); n && row && row->type == SettingType::integer)
            text = std::to_string(*n);
        if (const auto b = node.value_exact<bool>(); b && row) text = switched(*row, *b);
        if (!row && !is_alias(name)) {
            fault(name, no_setting(at, name));
        } else if (!text) {
            fault(name, Error(Exit::usage,
                              say("{at}: {name} is a text, in quotes", fmt::arg("at", at), fmt::arg("name", name)),
                              row && !row->words.empty()
                                  ? say("one of: {words}", fmt::arg("words", fmt::join(row->words, ", ")))
                                  : std::string()));
        } else if (!file.own && counts_from_own_file_only(name)) {
            fault(name, not_counted(at, name, Exit::condition));
        } else {
            auto value = *text;
            if (name == "database" && !value.empty() && value[0] != '/')
                value = (std::filesystem::path(file.path).parent_path() / value).string();
            into[name] = {value, fmt::format("{}:{}", file.path, key.source().begin.line)};
        }
    }
}

Error malformed(const std::string& file, const toml::parse_error& e) {
    return Error(Exit::usage,
                 fmt::format("{}:{}:{}: ", file, e.source().begin.line, e.source().begin.column) +
                     say("this is not TOML: \"{why}\"", fmt::arg("why", e.description())),
                 tr("mend the configuration file"));
}

/// Of a file that is sound, once: the language is chosen by it before all else. A malformed one is read again, and told
/// in that language.
const toml::table& parsed(const std::string& path) {
    static std::map<std::string, toml::table> sound;
    const auto it = sound.find(path);
    return it != sound.end() ? it->second : sound.emplace(path, toml::parse_file(path)).first->second;
}

void read_file(const File& file, Settings& into, const OnFault& fault) {
    std::error_code error;
    if (!std::filesystem::exists(file.path, error)) return;
    const bool folder = std::filesystem::is_directory(file.path, error);
    if (folder || ::access(file.path.c_str(), R_OK) != 0)
        return fault("", Error(folder ? Exit::outside : exit_of(errno),
                               say("the configuration {file} cannot be read", fmt::arg("file", file.path)),
                               tr("look at the rights of the file")));
    try {
        read_table(parsed(file.path), "", file, into, fault);
    } catch (const toml::parse_error& e) {
        fault("", malformed(file.path, e));
    }
}

std::string variable(const char* name) {
    const char* v = std::getenv(name);
    return v ? v : "";
}

/// The files in the order in which a later one wins.
std::vector<File> files() {
    std::vector<File> out{{"/etc/xdg/agency/config.toml"}, {own_config_file(), true}};
    char buffer[4096];
    for (std::string dir = ::getcwd(buffer, sizeof buffer) ? buffer : ""; !dir.empty(); dir.erase(dir.rfind('/')))
        if (::access((dir + "/agency.toml").c_str(), F_OK) == 0) {
            out.push_back({dir + "/agency.toml"});
            break;
        }
    return out;
}

/// Values that their setting cannot have.
void check_values(const Settings& settings, const OnFault& fault) {
    for (const SettingRow& row : rows()) {
        const Setting& s = settings.at(std::string(row.key));
        if (s.origin == by_default) continue;
        const auto key = std::string(row.key);
        if (auto why = setting_fault(row, s.value))
            fault(key, Error(Exit::usage, fmt::format("{}: {}: {}", s.origin, key, *why)).with_field(key));
        if (s.value.empty() || row.type != SettingType::word ||
            std::find(row.words.begin(), row.words.end(), s.value) != row.words.end())
            continue;
        const auto near = nearest(s.value, row.words);
        fault(key,
              Error(Exit::usage,
                    say("{at}: {key} \"{value}\" is none of: {words}", fmt::arg("at", s.origin), fmt::arg("key", key),
                        fmt::arg("value", s.value), fmt::arg("words", fmt::join(row.words, ", "))),
                    near.empty() ? std::string() : say("did you mean {near}?", fmt::arg("near", near)))
                  .with_field(key));
    }
}

Settings defaults() {
    Settings s;
    for (const SettingRow& r : rows()) s[std::string(r.key)] = {std::string(r.value), by_default};
    const auto data =
        variable("XDG_DATA_HOME").empty() ? variable("HOME") + "/.local/share" : variable("XDG_DATA_HOME");
    s["database"].value = data + "/agency/agency.db";
    return s;
}

void read_around(const Invocation& in, Settings& s) {
    if (!variable("AGENCY_DB").empty()) s["database"] = {variable("AGENCY_DB"), "AGENCY_DB"};
    if (const auto force = variable("CLICOLOR_FORCE"); !force.empty() && force != "0")
        s["color"] = {"always", "CLICOLOR_FORCE"};
    if (variable("TERM") == "dumb") s["color"] = {"never", "TERM"};
    if (!variable("NO_COLOR").empty()) s["color"] = {"never", "NO_COLOR"};
    for (const auto& [option, key] :
         {std::pair{"db", "database"}, {"lang", "lang"}, {"color", "color"}, {"actor", "actor"}})
        if (in.has(option)) s[key] = {std::string(in.get(option)), std::string("--") + option};
}

Settings settings_in_force(const Invocation& in, const OnFault& fault) {
    auto s = defaults();
    for (const File& file : files()) read_file(file, s, fault);
    read_around(in, s);
    check_values(s, fault);
    return s;
}

/// An alias that can never be reached, or leads nowhere.
void check_alias(const std::string& key, const Setting& s) {
    const auto name = key.substr(key.find('.') + 1);
    if (noun_named(name))
        throw Error(
            Exit::usage,
            s.origin + ": " + say("alias {name} has the name of a command, which comes first", fmt::arg("name", name)));
    alias_words(name, s);
}

std::string read_text(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The byte at which a position of the parser stands: its lines and columns count from 1, columns in code points.
std::size_t offset_of(std::string_view text, toml::source_position at) {
    std::size_t byte = 0;
    for (std::uint32_t line = 1; line < at.line; ++line) byte = std::min(text.find('\n', byte), text.size() - 1) + 1;
    for (std::uint32_t column = 1; column < at.column && byte < text.size(); ++column) do
            ++byte;
        while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80);
    return byte;
}

std::size_t line_after(std::string_view text, std::size_t byte) {
    const auto end = text.find('\n', byte);
    return end == text.npos ? text.size() : end + 1;
}

/// The text with the setting changed in its place; whether it is what was meant is looked at afterwards.
std::string with_setting(std::string text, const toml::table& all, const std::string& key,
                         const std::optional<std::string>& value) {
    const auto dot = key.find('.');
    const auto leaf = dot == key.npos ? key : key.substr(dot + 1);
    const toml::table* table = dot == key.npos ? &all : all[key.substr(0, dot)].as_table();
    const toml::node* node = table ? table->get(leaf) : nullptr;
    if (node) {
        const auto begin = offset_of(text, node->source().begin), end = offset_of(text, node->source().end);
        if (value) return text.replace(begin, end - begin, toml_quoted(*value));
        const auto line = text.rfind('\n', begin);
        const auto from = line == text.npos ? 0 : line + 1;
        return text.erase(from, line_after(text, end) - from);
    }
    if (!text.empty() && text.back() != '\n') text += '\n';
    const auto row = leaf + " = " + toml_quoted(*value) + "\n";
    if (!table) return text + (text.empty() ? "" : "\n") + "[" + key.substr(0, dot) + "]\n" + row;
    std::size_t at = table == &all ? 0 : line_after(text, offset_of(text, table->source().begin));
    for (const auto& [name, one] : *table)
        if (!one.is_table()) at = std::max(at, line_after(text, offset_of(text, one.source().end)));
    return text.insert(at, row);
}

}  // namespace

std::span<const SettingRow> setting_rows() {
    return rows();
}

std::string own_config_file() {
    const auto config =
        variable("XDG_CONFIG_HOME").empty() ? variable("HOME") + "/.config" : variable("XDG_CONFIG_HOME");
    return config + "/agency/config.toml";
}

std::vector<std::string> alias_words(const std::string& name, const Setting& setting) {
    auto words = words_of(setting.value);
    if (words.empty() || !noun_named(words[0]))
        throw Error(Exit::usage,
                    say("{at}: alias {name} does not begin with a command", fmt::arg("at", setting.origin),
                        fmt::arg("name", name)),
                    tr("agency --help lists them"));
    return words;
}

std::map<std::string, Setting> load_settings(const Invocation& in) {
    return settings_in_force(in, throw_fault);
}

std::map<std::string, Setting> readable_settings(const Invocation& in) {
    auto s = settings_in_force(in, [](const auto&, const Error&) {});
    const auto usual = defaults();
    check_values(s, [&](const std::string& key, const Error&) { s[key] = usual.at(key); });
    return s;
}

std::string configured_language() {
    Settings s;
    for (const File& file : files()) read_file(file, s, [](const auto&, const Error&) {});
    const auto& lang = s["lang"].value;
    return std::find(std::begin(languages), std::end(languages), lang) == std::end(languages) ? std::string() : lang;
}

std::vector<GridColumn> finding_columns() {
    return {{"key", CellType::text, "Key", "设置"},
            {"finding", CellType::text, "Finding", "问题"},
            {"hint", CellType::text, "Hint", "提示"}};
}

Report check_settings(const Invocation& in) {
    Report report;
    report.name = "findings";
    report.rows.columns = finding_columns();
    const auto add = [&](const std::string& key, const Error& fault) {
        report.rows.add_text(key);
        report.rows.add_text(fault.what());
        report.rows.add_text(fault.hint);
    };
    const auto s = settings_in_force(in, add);
    for (const auto& [key, setting] : s)
        if (is_alias(key)) try {
                check_alias(key, setting);
            } catch (const Error& e) {
                add(key, e);
            }
    try {
        rules_from(s);
    } catch (const Error& e) {
        add(e.field, e);
    }
    return report;
}

bool change_setting(const Invocation& in, const std::string& file, const std::string& key,
                    const std::optional<std::string>& value) {
    if (!row_of(key) && !(is_alias(key) && key.size() > 6)) throw no_setting(file, key).with_field(key);
    std::error_code error;
    if (counts_from_own_file_only(key) && !std::filesystem::equivalent(file, own_config_file(), error) &&
        file != own_config_file())
        throw not_counted(file, key, Exit::usage).with_field(key);
    auto s = defaults();
    if (value) s[key] = {*value, file};
    check_values(s, throw_fault);
    rules_from(s);
    if (value && is_alias(key)) check_alias(key, s.at(key));
    const auto text = read_text(file);
    std::string changed;
    try {
        auto wanted = toml::parse(text, file);
        const auto dot = key.find('.');
        const auto leaf = dot == key.npos ? key : key.substr(dot + 1);
        const auto head = key.substr(0, dot == key.npos ? 0 : dot);
        toml::table* table = dot == key.npos ? &wanted : wanted[head].as_table();
        if (!value && (!table || !table->contains(leaf))) return false;
        changed = with_setting(text, wanted, key, value);
        if (!table) table = wanted.insert(head, toml::table{}).first->second.as_table();
        if (table && value) table->insert_or_assign(leaf, *value);
        if (table && !value) table->erase(leaf);
        if (!table || toml::parse(changed) != wanted)
            throw Error(Exit::usage,
                        say("{file} is written in a way that only a person should change", fmt::arg("file", file)),
                        say("change {key} in it by hand", fmt::arg("key", key)));
    } catch (const toml::parse_error& e) {
        throw malformed(file, e);
    }
    if (changed == text) return false;
    require_writable(file);
    if (in.globals.dry_run) return true;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path(), error);
    PartFile out(file);
    out.write(changed);
    out.finish();
    return true;
}

Rules rules_from(const std::map<std::string, Setting>& settings) {
    Rules rules;
    const auto& zone = settings.at("zone");
    const auto minutes = parse_zone(zone.value);
    if (!minutes)
        throw Error(Exit::usage,
                    say("{at}: zone \"{value}\" is not a fixed offset", fmt::arg("at", zone.origin),
                        fmt::arg("value", zone.value)),
                    tr("write zone = \"+08:00\""))
            .with_field("zone");
    rules.zone_minutes = *minutes;
    rules.aging_buckets = settings.at("receivable.buckets").value;
    rules.aging_credits = settings.at("receivable.credits").value;
    for (const SettingRow& row : rows())
        if (const auto& s = settings.at(std::string(row.key)); s.value != row.value)
            rules.values.emplace(row.key, s.value);
    Buckets{rules.aging_buckets};  // throws when it is no list of buckets
    return rules;
}

}  // namespace agency::cli
