// Commands without a noun.

#include <fmt/ranges.h>
#include <unistd.h>

#include <filesystem>

#include "app/completion.hpp"
#include "app/config.hpp"
#include "app/invocation.hpp"
#include "app/manual.hpp"
#include "app/router.hpp"
#include "app/screen.hpp"
#include "base/error.hpp"
#include "base/part_file.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "db/embedded_sql.hpp"
#include "house/doctor.hpp"
#include "record/called.hpp"
#include "record/import.hpp"
#include "record/record_verbs.hpp"
#include "record/search.hpp"
#include "report/integrity.hpp"
#include "sqlite/open.hpp"

namespace agency::cli {
namespace {

constexpr Option init_options[] = {
    {"bare", "", N_("Without the rows that a file starts with: the handbook's departments and functions, calendars")},
    {"upgrade", "", N_("Bring the file's schema up to this program; a copy is kept beside it")},
    {"seed",
     "NOUN",
     N_("Add what a new file starts with to one that exists: its rows of this noun that are missing"),
     0,
     false,
     true,
     {},
     "noun"}};
constexpr std::string_view init_examples[] = {"agency init", "agency init --db book.db",
                                              "agency init --seed calendar --seed deadline"};

/// The rows that a noun starts with; those that are there already stay as they are. Answers how many were added.
std::int64_t seed(Operation& op, const Noun& noun) {
    std::int64_t added = 0;
    for (const auto& file : db::embedded_seeds())
        if (!noun.seed.empty() && file.name.starts_with(noun.seed))
            added += seed_records(op, noun.record(), *noun.rules(), file.name, file.text);
    return added;
}

/// `init --seed NOUN`, of a file that exists.
Outcome add_seeds(Invocation& in) {
    std::vector<const Noun*> wanted;
    std::vector<std::string_view> having;
    for (const Noun* noun : nouns())
        if (!noun->seed.empty()) having.push_back(noun->name);
    for (const auto& name : in.all("seed")) {
        const Noun* noun = noun_named(name);
        if (const auto near = nearest(name, having); !noun || noun->seed.empty())
            throw Error(Exit::usage, say("a new file starts with no rows of {noun}", fmt::arg("noun", name)),
                        near.empty() ? say("it does with those of: {nouns}", fmt::arg("nouns", fmt::join(having, ", ")))
                                     : say("did you mean {near}?", fmt::arg("near", near)))
                .with_field("seed");
        wanted.push_back(noun);
    }
    Operation op(in.workspace(), "file.seed", in.globals.db, in.command_line);
    std::int64_t added = 0;
    for (const Noun* noun : wanted) added += seed(op, *noun);
    if (added > 0) op.commit();
    return done(in, N_("file"), in.globals.db, N_("seeded"), std::to_string(added));
}

Outcome init(Invocation& in) {
    const auto& path = in.globals.db;
    if (path.empty()) throw Error(Exit::usage, tr("the data file has no name"), tr("name it with --db FILE"));
    if (in.has("upgrade")) {
        const auto mode = in.globals.dry_run ? sqlite::Mode::read : sqlite::Mode::write;
        sqlite::open(path, mode,
                     {in.globals.wait_seconds, "agency init --upgrade", nullptr, to_string(in.clock().now)});
        in.tell(tr("what new files start with is not in it: agency init --seed calendar --seed deadline adds it"));
        return done(in, N_("file"), path, N_("upgraded"));
    }
    if (in.has("seed")) return add_seeds(in);
    const auto folder = std::filesystem::path(path).parent_path();
    std::error_code error;
    if (!folder.empty() && !std::filesystem::exists(folder, error) && !in.has("db")) {
        require_writable(path);
        if (in.globals.dry_run) return done(in, N_("file"), path, N_("made"));
        std::filesystem::create_directories(folder, error);
    }
    if (!folder.empty() && !std::filesystem::is_directory(folder, error))
        throw Error(Exit::outside, say("there is no folder {path}", fmt::arg("path", folder.string())),
                    tr("make it first"));
    if (in.globals.dry_run) {
        sqlite::require_creatable(path);
        return done(in, N_("file"), path, N_("made"));
    }
    sqlite::create(path, to_string(in.clock().now));
    Operation op(in.workspace(), "file.init", path, in.command_line);
    op.audit("init", "file", 0, "", "{}");
    if (!in.has("bare"))
        for (const Noun* noun : nouns()) seed(op, *noun);
    op.commit();
    return done(in, N_("file"), path, N_("made"));
}

Outcome check(Invocation& in) {
    auto outcome = Outcome::of(integrity(in.workspace(), all_records()));
    if (outcome.report.rows.rows() > 0) outcome.exit = Exit::condition;
    return outcome;
}

Outcome search_records(Invocation& in) {
    auto records = all_records();
    std::erase_if(records, [&](const Record* r) { return in.has("noun") && in.get("noun") != typed(*r); });
    if (records.empty())
        throw Error(Exit::usage, say("there are no records of {noun}", fmt::arg("noun", in.get("noun"))),
                    tr("agency --help lists the nouns"))
            .with_field("noun");
    return Outcome::of(search(in.workspace(), records, in.argument(0), in.as_of()));
}

constexpr Argument text_argument[] = {{"TEXT", N_("What to look for, in any case and width")}};
constexpr Option search_options[] = {{"noun", "NOUN", N_("Only records of this noun"), 0, false, false, {}, "noun"},
                                     {"as_of", "DAY", N_("As it was on that day; default today")},
                                     {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr std::string_view search_examples[] = {"agency search 市政 --noun contract"};
constexpr Option origin_options[] = {{"show_origin", "", N_("Say which file and line each value comes from")}};
constexpr Argument key_argument[] = {{"KEY", N_("Name of a setting"), true, false, "setting"}};

std::vector<GridColumn> settings_columns() {
    return {{"key", CellType::text, "Key", "设置"},
            {"value", CellType::text, "Value", "值"},
            {"origin", CellType::text, "Origin", "来源"}};
}

Outcome config_list(Invocation& in) {
    Report report;
    report.name = N_("settings");
    report.rows.columns = settings_columns();
    if (!in.has("show_origin")) report.hidden = {"origin"};
    const auto settings = load_settings(in);
    rules_from(settings);  // a value that cannot be right is told here, not at the next command
    for (const auto& [key, setting] : settings) {
        report.rows.add_text(key);
        report.rows.add_text(setting.value);
        report.rows.add_text(setting.origin);
    }
    return Outcome::of(std::move(report));
}

Outcome config_get(Invocation& in) {
    const auto settings = load_settings(in);
    const std::string key(in.argument(0));
    const auto it = settings.find(key);
    if (it == settings.end()) {
        std::vector<std::string_view> keys;
        for (const auto& [name, setting] : settings) keys.push_back(name);
        const auto near = nearest(key, keys);
        throw Error(Exit::not_found, say("there is no setting {key}", fmt::arg("key", key)),
                    near.empty() ? std::string(tr("agency config list shows them"))
                                 : say("did you mean {near}?", fmt::arg("near", near)))
            .with_ref(key);
    }
    if (in.globals.format == "table") {
        const auto& value = it->second.value;
        return Outcome::raw((terminal_width() > 0 ? escape_controls(value) : value) + "\n");
    }
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("setting");
    report.rows.columns = {{"key", CellType::text, "Key", "设置"}, {"value", CellType::text, "Value", "值"}};
    report.rows.add_text(key);
    report.rows.add_text(it->second.value);
    return Outcome::of(std::move(report));
}

Outcome config_change(Invocation& in, const std::optional<std::string>& value) {
    const std::string key(in.argument(0));
    const auto file = in.has("file") ? std::string(in.get("file")) : own_config_file();
    const bool changes = change_setting(in, file, key, value);
    in.wrote = changes && !in.globals.dry_run;
    return done(in, N_("setting"), key,
                !changes ? N_("unchanged")
                : value  ? N_("changed")
                         : N_("taken out"),
                file, changes);
}
Outcome config_set(Invocation& in) {
    return config_change(in, std::string(in.argument(1)));
}
Outcome config_unset(Invocation& in) {
    return config_change(in, std::nullopt);
}
Outcome config_check(Invocation& in) {
    auto outcome = Outcome::of(check_settings(in));
    if (outcome.report.rows.rows() > 0) outcome.exit = Exit::condition;
    return outcome;
}

constexpr Argument value_argument[] = {{"KEY", N_("Name of a setting"), true, false, "setting"},
                                       {"VALUE", N_("Its new value"), true, false, "setting_value"}};
constexpr Option file_option[] = {
    {"file", "FILE", N_("The file to change; default the user's own"), 0, false, false, {}, "file"}};
constexpr std::string_view set_examples[] = {"agency config set lang zh_CN",
                                             "agency config set alias.late \"contract list --where 'overdue > 0'\""};
constexpr std::string_view shells[] = {"bash", "zsh", "fish"};
constexpr Argument shell_argument[] = {{"SHELL", N_("bash, zsh or fish"), true, false, {}, shells}};
constexpr Option described_option[] = {{"described", "", N_("With what each means, behind a tab")}};
constexpr Argument noun_argument[] = {{"NOUN", N_("A noun, or agency for the program itself"), false, false, "noun"}};
constexpr Option all_option[] = {{"all", "DIR", N_("Write every page into DIR"), 0, false, false, {}, "file"}};
constexpr Argument words_argument[] = {{"WORD", N_("The words typed so far"), false, true}};
constexpr std::string_view completion_examples[] = {
    "agency completion bash > ~/.local/share/bash-completion/completions/agency",
    "agency completion zsh > ~/.zfunc/_agency   # a folder of $fpath, before compinit",
    "agency completion fish > ~/.config/fish/completions/agency.fish"};

constexpr Verb init_verbs[] = {{"init", N_("Make the data file"), init, {}, init_options, init_examples, Needs::write}};
constexpr Verb check_verbs[] = {{"check",
                                 N_("Check the file, the trail, the kept balances and the daily limits"),
                                 check,
                                 {},
                                 {},
                                 {},
                                 Needs::read,
                                 true,
                                 integrity_columns}};
constexpr Verb doctor_verbs[] = {{"doctor",
                                  N_("Look at the file, its rights, the disk, the clock and the settings"),
                                  doctor,
                                  {},
                                  {},
                                  {},
                                  Needs::read,
                                  true,
                                  doctor_columns}};
constexpr Verb search_verbs[] = {{"search", N_("Find records by a text in them"), search_records, text_argument,
                                  search_options, search_examples, Needs::read, true, search_columns}};
constexpr Verb config_verbs[] = {
    {"list", N_("All settings in force"), config_list, {}, origin_options, {}, Needs::nothing, true, settings_columns},
    {"get", N_("One setting"), config_get, key_argument, {}, {}, Needs::nothing},
    {"set", N_("Give a setting a value in a file; its comments stay"), config_set, value_argument, file_option,
     set_examples, Needs::write},
    {"unset", N_("Take a setting out of a file"), config_unset, key_argument, file_option, {}, Needs::write},
    {"check",
     N_("Look for all that is wrong in the files"),
     config_check,
     {},
     {},
     {},
     Needs::nothing,
     true,
     finding_columns}};
constexpr Verb completion_verbs[] = {{"completion",
                                      N_("Print the completion script of a shell"),
                                      completion_script,
                                      shell_argument,
                                      {},
                                      completion_examples,
                                      Needs::nothing}};
constexpr Verb manual_verbs[] = {
    {"manual", N_("Write a manual page"), manual, noun_argument, all_option, {}, Needs::nothing}};
constexpr Verb complete_verbs[] = {
    {"__complete", N_("Answers of completion"), complete, words_argument, described_option, {}, Needs::read}};

}  // namespace

extern const Noun init_noun{"init", N_("Make the data file"), init_verbs};
extern const Noun check_noun{"check", N_("Check the data file"), check_verbs};
extern const Noun doctor_noun{"doctor", N_("Look at the place where the data file lives"), doctor_verbs};
extern const Noun search_noun{"search", N_("Find records by a text in them"), search_verbs};
extern const Noun config_noun{"config", N_("Settings and where they come from"), config_verbs};
extern const Noun completion_noun{"completion", N_("Completion for a shell"), completion_verbs};
extern const Noun manual_noun{"manual", N_("Manual pages from the tables"), manual_verbs};
extern const Noun complete_noun{"__complete", N_("Answers of completion"), complete_verbs};

}  // namespace agency::cli
