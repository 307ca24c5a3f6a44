#include "app/config.hpp"

// Malformed input such as "[\\n" must be a parse error, not an abort.
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>
#include <unistd.h>

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "report/aging.hpp"

namespace agency::cli {
namespace {

constexpr SettingRow rows[] = {
    {"database", "",
     N_("The data file; default $XDG_DATA_HOME/agency/agency.db. A path that is not absolute counts from the "
        "configuration file")},
    {"zone", "+08:00", N_("Fixed offset from UTC by which an instant has its day")},
    {"lang", "", N_("Language of messages, en or zh_CN; default that of the environment")},
    {"color", "auto", N_("auto, always or never")},
    {"actor", "", N_("Who acts; default the login name")},
    {"receivable.buckets", "30,60,90,180,365",
     N_("Upper bounds of the aging buckets in days, or in years as 1y,2y,3y")},
    {"receivable.credits", "own", N_("Standing credit notes in the aging: own rows, or net-oldest")},
};

void read_table(const toml::table& table, const std::string& prefix, const std::string& file,
                std::map<std::string, Setting>& into) {
    for (const auto& [key, node] : table) {
        const auto name = prefix + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            read_table(*inner, name + ".", file, into);
            continue;
        }
        const auto at = fmt::format("{}:{}:{}", file, key.source().begin.line, key.source().begin.column);
        if (!into.contains(name)) {
            std::vector<std::string_view> known;
            for (const SettingRow& r : rows) known.push_back(r.key);
            const auto near = nearest(name, known);
            throw Error(Exit::usage,
                        say("{at}: there is no setting {name}", fmt::arg("at", at), fmt::arg("name", name)),
                        near.empty() ? std::string() : say("did you mean {near}?", fmt::arg("near", near)));
        }
        const auto text = node.value_exact<std::string>();
        if (!text)
            throw Error(Exit::usage,
                        say("{at}: {name} is a text, in quotes", fmt::arg("at", at), fmt::arg("name", name)));
        auto value = *text;
        if (name == "database" && !value.empty() && value[0] != '/')
            value = (std::filesystem::path(file).parent_path() / value).string();
        into[name] = {value, fmt::format("{}:{}", file, key.source().begin.line)};
    }
}

void read_file(const std::string& file, std::map<std::string, Setting>& into) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return;
    if (std::filesystem::is_directory(file, error) || ::access(file.c_str(), R_OK) != 0)
        throw Error(Exit::outside, say("the configuration {file} cannot be read", fmt::arg("file", file)),
                    tr("look at the rights of the file"));
    try {
        read_table(toml::parse_file(file), "", file, into);
    } catch (const toml::parse_error& e) {
        throw Error(Exit::usage,
                    fmt::format("{}:{}:{}: ", file, e.source().begin.line, e.source().begin.column) +
                        say("this is not TOML: \"{why}\"", fmt::arg("why", e.description())),
                    tr("mend the configuration file"));
    }
}

std::string variable(const char* name) {
    const char* v = std::getenv(name);
    return v ? v : "";
}

}  // namespace

/// Settings that are one of a few words.
void check_words(const std::map<std::string, Setting>& settings) {
    static constexpr std::string_view languages[] = {"en", "zh_CN"}, colors[] = {"auto", "always", "never"},
                                      credits[] = {"own", "net-oldest"};
    const std::pair<const char*, std::span<const std::string_view>> closed[] = {
        {"lang", languages}, {"color", colors}, {"receivable.credits", credits}};
    for (const auto& [key, words] : closed) {
        const Setting& s = settings.at(key);
        if (s.value.empty() || std::find(words.begin(), words.end(), s.value) != words.end()) continue;
        const auto near = nearest(s.value, words);
        throw Error(Exit::usage,
                    say("{at}: {key} \"{value}\" is none of: {words}", fmt::arg("at", s.origin), fmt::arg("key", key),
                        fmt::arg("value", s.value), fmt::arg("words", fmt::join(words, ", "))),
                    near.empty() ? std::string() : say("did you mean {near}?", fmt::arg("near", near)))
            .with_field(key);
    }
}

std::span<const SettingRow> setting_rows() {
    return rows;
}

std::map<std::string, Setting> load_settings(const Invocation& in) {
    const auto home = variable("HOME");
    const auto data = variable("XDG_DATA_HOME").empty() ? home + "/.local/share" : variable("XDG_DATA_HOME");
    const auto config = variable("XDG_CONFIG_HOME").empty() ? home + "/.config" : variable("XDG_CONFIG_HOME");
    std::map<std::string, Setting> s;
    for (const SettingRow& r : rows) s[std::string(r.key)] = {std::string(r.value), "default"};
    s["database"].value = data + "/agency/agency.db";
    read_file("/etc/xdg/agency/config.toml", s);
    read_file(config + "/agency/config.toml", s);
    char buffer[4096];
    for (std::string dir = ::getcwd(buffer, sizeof buffer) ? buffer : ""; !dir.empty(); dir.erase(dir.rfind('/')))
        if (::access((dir + "/agency.toml").c_str(), F_OK) == 0) {
            read_file(dir + "/agency.toml", s);
            break;
        }
    if (!variable("AGENCY_DB").empty()) s["database"] = {variable("AGENCY_DB"), "AGENCY_DB"};
    for (const auto& [option, key] :
         {std::pair{"db", "database"}, {"lang", "lang"}, {"color", "color"}, {"actor", "actor"}})
        if (in.has(option)) s[key] = {std::string(in.get(option)), std::string("--") + option};
    check_words(s);
    return s;
}

Rules rules_from(const std::map<std::string, Setting>& settings) {
    Rules rules;
    const auto& zone = settings.at("zone");
    const auto minutes = parse_zone(zone.value);
    if (!minutes)
        throw Error(Exit::usage,
                    say("{at}: zone \"{value}\" is not a fixed offset", fmt::arg("at", zone.origin),
                        fmt::arg("value", zone.value)),
                    tr("write zone = \"+08:00\""));
    rules.zone_minutes = *minutes;
    rules.aging_buckets = settings.at("receivable.buckets").value;
    rules.aging_credits = settings.at("receivable.credits").value;
    Buckets{rules.aging_buckets};  // throws when it is no list of buckets
    return rules;
}

}  // namespace agency::cli
