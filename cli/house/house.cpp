// Commands without a noun: init check config completion manual.

#include <unistd.h>

#include <filesystem>

#include "app/completion.hpp"
#include "app/config.hpp"
#include "app/invocation.hpp"
#include "app/manual.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/record_verbs.hpp"
#include "report/integrity.hpp"
#include "sqlite/open.hpp"

namespace agency::cli {
namespace {

constexpr Option init_options[] = {
    {"upgrade", "", N_("Bring the file's schema up to this program; a copy is kept beside it")}};
constexpr std::string_view init_examples[] = {"agency init", "agency init --db book.db"};

Outcome init(Invocation& in) {
    if (in.has("upgrade")) {
        sqlite::open(in.globals.db, sqlite::Mode::write, {in.globals.wait_seconds, "agency init --upgrade", nullptr, to_string(in.clock().now)});
        return done("file", in.globals.db, tr("is up to date"));
    }
    const auto folder = std::filesystem::path(in.globals.db).parent_path();
    std::error_code error;
    if (!in.has("db") && !folder.empty()) std::filesystem::create_directories(folder, error);
    sqlite::create(in.globals.db, to_string(in.clock().now));
    Operation op(in.workspace(), "file.init", in.globals.db, in.command_line);
    op.audit("init", "file", 0, "", "{}");
    op.commit();
    return done("file", in.globals.db, tr("made"));
}

Outcome check(Invocation& in) {
    auto outcome = Outcome::of(integrity(in.workspace()));
    if (outcome.report.rows.rows() > 0) outcome.exit = Exit::condition;
    return outcome;
}

constexpr Option origin_options[] = {{"show_origin", "", N_("Say which file and line each value comes from")}};
constexpr Argument key_argument[] = {{"KEY", N_("Name of a setting")}};

Outcome config_list(Invocation& in) {
    Report report;
    report.name = "settings";
    report.rows.columns = {{"key", CellType::text, "Key", "设置"}, {"value", CellType::text, "Value", "值"}};
    const bool origin = in.has("show_origin");
    if (origin) report.rows.columns.push_back({"origin", CellType::text, "Origin", "来源"});
    for (const auto& [key, setting] : load_settings()) {
        report.rows.add_text(key);
        report.rows.add_text(setting.value);
        if (origin) report.rows.add_text(setting.origin);
    }
    return Outcome::of(std::move(report));
}

Outcome config_get(Invocation& in) {
    const auto settings = load_settings();
    const auto it = settings.find(std::string(in.argument(0)));
    if (it == settings.end())
        throw Error(Exit::not_found, say("there is no setting {key}", fmt::arg("key", in.argument(0))),
                    tr("agency config list shows them"));
    return Outcome::raw(it->second.value + "\n");
}

constexpr std::string_view shells[] = {"bash"};
constexpr Argument shell_argument[] = {{"SHELL", N_("bash"), true, false, {}, shells}};
constexpr Argument noun_argument[] = {{"NOUN", N_("A noun, or agency for the program itself"), false}};
constexpr Option all_option[] = {{"all", "DIR", N_("Write every page into DIR"), 0, false, false, {}, "file"}};
constexpr Argument words_argument[] = {{"WORD", N_("The words typed so far"), false, true}};
constexpr std::string_view completion_examples[] = {
    "agency completion bash > ~/.local/share/bash-completion/completions/agency"};

constexpr Verb init_verbs[] = {{"init", N_("Make the data file"), init, {}, init_options, init_examples, Needs::write}};
constexpr Verb check_verbs[] = {{"check",
                                 N_("Check the file, the trail, the kept balances and the daily limits"),
                                 check,
                                 {},
                                 {},
                                 {},
                                 Needs::read,
                                 true}};
constexpr Verb config_verbs[] = {
    {"list", N_("All settings in force"), config_list, {}, origin_options, {}, Needs::nothing, true},
    {"get", N_("One setting"), config_get, key_argument, {}, {}, Needs::nothing}};
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
    {"__complete", N_("Answers of completion"), complete, words_argument, {}, {}, Needs::read}};

}  // namespace

extern const Noun init_noun{"init", N_("Make the data file"), init_verbs};
extern const Noun check_noun{"check", N_("Check the data file"), check_verbs};
extern const Noun config_noun{"config", N_("Settings and where they come from"), config_verbs};
extern const Noun completion_noun{"completion", N_("Completion for a shell"), completion_verbs};
extern const Noun manual_noun{"manual", N_("Manual pages from the tables"), manual_verbs};
extern const Noun complete_noun{"__complete", N_("Answers of completion"), complete_verbs};

}  // namespace agency::cli
