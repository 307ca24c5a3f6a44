#include "app/router.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <fmt/core.h>
#include <algorithm>
#include <cstdlib>

#include "app/adapter.hpp"
#include "app/command_line.hpp"
#include "app/config.hpp"
#include "app/invocation.hpp"
#include "app/messages.hpp"
#include "app/programs.hpp"
#include "app/screen.hpp"
#include "app/words.hpp"
#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/memory.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/output.hpp"
#include "record/called.hpp"
#include "sqlite/open.hpp"

namespace agency::cli {
namespace {

/// Beside the executable, so that a build folder and an installed tree both work.
std::string catalogue_dir() {
    char path[4096];
    const auto n = ::readlink("/proc/self/exe", path, sizeof path);
    std::string dir(path, n > 0 ? static_cast<std::size_t>(n) : 0);
    for (const char* tail : {"/share/locale", "/../share/locale"}) {
        const auto candidate = dir.substr(0, dir.rfind('/')) + tail;
        if (::access((candidate + "/zh_CN/LC_MESSAGES/agency.mo").c_str(), R_OK) == 0) return candidate;
    }
    return "/usr/share/locale";
}

void choose_language(const std::vector<std::string>& words) {
    auto wanted = early(words, "--lang");
    if (!wanted.starts_with("en") && !wanted.starts_with("zh")) wanted.clear();  // refused later, in a language
    if (wanted.empty()) wanted = configured_language();
    for (const char* name : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* set = std::getenv(name); wanted.empty() && set) wanted = set;
    for (std::string_view rest = wanted; !rest.empty();) {  // LANGUAGE may list several: the first that there is
        const auto one = rest.substr(0, rest.find(':'));
        if (one.starts_with("zh")) return set_language(std::string(one), catalogue_dir());
        if (one.starts_with("en") || one.size() == rest.size()) return;
        rest.remove_prefix(one.size() + 1);
    }
}

/// `contact, agency contract`: all that are as near, each as it is typed behind `agency`; empty when none is. Of a
/// short word two wrong letters would be a guess.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& names,
                         const std::string& before = {}) {
    const auto near = nearest(word, names);
    if (near.empty()) return {};
    const int least = near.starts_with(word) ? 1 : edit_distance(word, near, static_cast<int>(word.size()));
    if (least > 1 && word.size() < 5) return {};
    std::string out;
    for (const auto name : names)
        if (name.starts_with(word) || edit_distance(word, name, least) <= least)
            out += (out.empty() ? "" : ", agency ") + before + std::string(name);
    return out;
}

/// `others`: what may stand there besides a noun, for a hint.
const Noun& find_noun(const std::string& word, const std::vector<std::string>& words,
                      const std::vector<std::string>& others = {}) {
    if (const Noun* n = noun_named(word)) return *n;
    std::vector<std::string_view> names(others.begin(), others.end());
    for (const Noun* n : nouns())
        if (!n->name.starts_with("_")) names.push_back(n->name);
    auto near = did_you_mean(word, names);
    for (const Noun* n : nouns()) {
        if (n->record && n->record().plural == word) near = n->name;
        if (words.size() < 2 || n->name != words[1]) continue;
        const auto verbs = verbs_of(*n);  // a verb of the noun that follows is no mistyped noun
        if (near.empty() || std::any_of(verbs.begin(), verbs.end(), [&](const Verb& v) { return v.name == word; }))
            near = words[1] + " " + word;
    }
    throw Error(Exit::usage, say("there is no noun or command {word}", fmt::arg("word", word)),
                near.empty() ? std::string(tr("agency --help lists them"))
                             : say("did you mean: agency {near}?", fmt::arg("near", near)));
}

std::string login() {
    const passwd* p = ::getpwuid(::getuid());
    return p ? p->pw_name : std::to_string(::getuid());
}

void fill_shaping(Shaping& wish, const Invocation& in) {
    wish.where = in.get("where");
    wish.sort = in.get("sort");
    wish.columns = in.get("columns");
    if (const auto n = in.integer("limit")) wish.limit = static_cast<std::size_t>(*n);
}

void fill_globals(Invocation& in, const std::map<std::string, Setting>& settings) {
    Globals& g = in.globals;
    if (const auto named = output::format_of_file(in.get("output")); !named.empty()) g.format = named;
    if (in.has("format")) g.format = in.get("format");
    g.excel = in.has("excel");
    if (g.excel && g.format == "table" && !in.has("format")) g.format = "csv";
    if (g.excel && g.format != "csv" && g.format != "tsv")
        throw Error(Exit::usage, tr("--excel is a way to write csv or tsv"), tr("a workbook is --format xlsx"))
            .with_field("excel");
    g.db = settings.at("database").value;
    g.quiet = in.has("quiet");
    g.verbose = in.has("verbose");
    g.dry_run = in.has("dry_run");
    g.yes = in.has("yes");
    g.color = settings.at("color").value;
    g.editor = settings.at("editor").value;
    g.pager = settings.at("pager").value;
    if (in.has("headers")) g.headers = in.get("headers");
    g.output = in.get("output");
    if (const auto s = in.integer("wait")) g.wait_seconds = static_cast<int>(*s);
    fill_shaping(g.shaping, in);
}

/// How a writing verb shows what it did is wrong before it writes, not after.
void check_shaping(const Verb& verb, const Shaping& wish) {
    if (verb.needs != Needs::write || !verb.lists || !verb.columns) return;
    Grid none;
    none.columns = verb.columns();
    shape(none, wish);
}

/// Opened at the first use and closed when the command is over.
struct Opened {
    std::unique_ptr<db::Session> session;
    std::unique_ptr<Workspace> workspace;
};

const Verb& find_verb(const Noun& noun, const std::vector<Verb>& verbs, std::string_view name);

/// The verb that two words are, `plan import` for `plan-import`; empty when they are none.
std::string joined(const std::vector<Verb>& verbs, const std::string& first, const std::string& second) {
    const auto name = first + "-" + second;
    const auto named = [&](const std::string& n) {
        return std::any_of(verbs.begin(), verbs.end(), [&](const Verb& v) { return v.name == n; });
    };
    return !named(first) && named(name) ? name : std::string();
}

/// A line of a batch: a command that writes records, with its own options but in the workspace of the whole.
Outcome run_part(const Invocation& whole, const std::vector<std::string>& words) {
    const Noun& noun = find_noun(words[0], words);
    const auto refused = [](const std::string& command) {
        return Error(Exit::usage, say("{command} is no part of a batch", fmt::arg("command", command)),
                     tr("a batch takes the verbs that write records"));
    };
    if (is_command(noun) || noun.name == "op" || noun.name == "config") throw refused(std::string(noun.name));
    if (words.size() < 2)
        throw Error(Exit::usage, say("{noun}: a verb is missing", fmt::arg("noun", noun.name)),
                    say("agency {noun} lists them", fmt::arg("noun", noun.name)));
    const auto verbs = verbs_of(noun);
    const auto two = words.size() > 2 ? joined(verbs, words[1], words[2]) : std::string();
    const Verb& verb = find_verb(noun, verbs, two.empty() ? words[1] : two);
    if (verb.needs != Needs::write) throw refused(std::string(noun.name) + " " + std::string(verb.name));
    Invocation in;
    in.noun = &noun;
    in.verb = &verb;
    parse(verb, {words.begin() + (two.empty() ? 2 : 3), words.end()}, in);
    for (const char* key : {"db", "now", "actor", "dry_run", "output", "wait"})
        if (in.has(key))
            throw Error(Exit::usage, say("{option} is given to the whole batch, not to a line of it",
                                         fmt::arg("option", spelled(key))))
                .with_field(key);
    if (in.has("learn")) throw refused("--learn");  // it writes a map, and no record
    if (in.get("on_error") == "reject")  // it would write a file, and what it left out would take the whole back
        throw Error(Exit::usage, tr("a batch is written whole or not at all, so none of its files rejects rows"),
                    tr("import the file by itself, or leave --on-error out"))
            .with_field("on_error");
    Shaping wish;
    fill_shaping(wish, in);
    check_shaping(verb, wish);
    in.globals = whole.globals;
    in.command_line = as_typed(words);
    in.open = whole.open;
    auto outcome = verb.run(in);
    if (in.error_after) throw std::move(*in.error_after);
    return outcome;
}

/// What programs read is the same bytes in every language, sentences in it too: it is made in English, unless somebody
/// asks for Chinese headers or for a spreadsheet. Messages and errors are for people; where there are any, the verb,
/// which only reads, is asked once more in their language.
Outcome answer(Invocation& in) {
    const auto& format = in.globals.format;
    const bool people = in.globals.excel || in.globals.headers == "zh";
    const bool data = !people && (format == "csv" || format == "tsv" || format == "json" || format == "jsonl");
    const auto spoken = language();
    if (!data || in.verb->needs == Needs::write || spoken == "en") return in.verb->run(in);
    std::optional<Outcome> outcome;
    set_language("en", catalogue_dir());
    hold_messages(true);
    try {
        outcome = in.verb->run(in);
    } catch (const Error&) {  // thrown again below, as it is spoken
    }
    hold_messages(false);
    set_language(spoken, catalogue_dir());
    if (outcome && !in.error_after && !messages_held()) return std::move(*outcome);
    in.error_after.reset();
    auto again = in.verb->run(in);
    return outcome ? std::move(*outcome) : std::move(again);
}

/// As JSON a list or record of a moment says which.
void name_moment(Invocation& in, Outcome& outcome) {
    const auto options = in.verb->options;
    const bool asks = std::any_of(options.begin(), options.end(), [](const Option& o) { return o.key == "as_of"; });
    if (in.globals.format != "json" || outcome.report.as_of || !asks || in.verb->needs != Needs::read) return;
    const auto when = in.as_of();
    outcome.report.as_of = when.day;
    outcome.report.known_at = when.known_at;
}

int run_verb(const Noun& noun, const Verb& verb, const std::vector<std::string>& words,
             const std::vector<std::string>& rest) {
    if (verb.needs != Needs::nothing) fetch_memory();
    Invocation in;
    in.noun = &noun;
    in.verb = &verb;
    parse(verb, rest, in);
    const bool mends = noun.name == "config" && verb.name != "list" && verb.name != "get";
    const auto settings = mends ? readable_settings(in) : load_settings(in);
    if (const auto& lang = settings.at("lang").value; !lang.empty()) set_language(lang, catalogue_dir());
    fill_globals(in, settings);
    const auto clock = in.clock();
    check_shaping(verb, in.globals.shaping);
    in.command_line = as_typed(words);
    if (in.globals.format == "xlsx" && (in.globals.output.empty() || in.globals.output == "-") &&
        ::isatty(STDOUT_FILENO))
        throw Error(Exit::usage, tr("a spreadsheet is nothing for a terminal"), tr("write it with --output FILE.xlsx"))
            .with_field("format");
    std::optional<Interruptible> patient;  // while the data file is open for writing
    Opened opened;
    in.open = [&]() -> Workspace& {
        if (opened.workspace) return *opened.workspace;
        const bool writes = verb.needs == Needs::write;
        auto actor = settings.at("actor").value;
        if (actor.empty() && !in.has("actor") && writes) actor = login();
        if (writes) patient.emplace();
        opened.session =
            sqlite::open(in.globals.db, writes ? sqlite::Mode::write : sqlite::Mode::read,
                         {in.globals.wait_seconds, fmt::format("{} agency {} {}", ::getpid(), noun.name, verb.name),
                          [&](const std::string& s) { in.tell(s); }, to_string(clock.now),
                          in.has("db") ? as_typed({"init", "--db", in.globals.db}) : "agency init"});
        opened.workspace = std::make_unique<Workspace>(*opened.session, clock, actor, rules_from(settings));
        opened.workspace->dry_run = in.globals.dry_run;
        return *opened.workspace;
    };
    in.run_part = [&](const std::vector<std::string>& part) { return run_part(in, part); };
    Outcome outcome = answer(in);
    name_moment(in, outcome);
    const bool written = in.wrote || (opened.workspace && opened.workspace->committed());
    opened.workspace.reset();
    opened.session.reset();
    patient.reset();
    if (!written) stop_if_interrupted();
    try {
        print_outcome(in, outcome);
    } catch (const output::Closed&) {  // who read has enough; how it went is still the exit code
    } catch (Error& e) {               // the answer is lost, what was done is not
        if (written) e.hint = tr("the change was written all the same; do not repeat the command");
        throw;
    }
    if (in.error_after) throw std::move(*in.error_after);
    return static_cast<int>(outcome.exit);
}

const Verb& find_verb(const Noun& noun, const std::vector<Verb>& verbs, std::string_view name) {
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& v) { return v.name == name; });
    if (verb != verbs.end()) return *verb;
    std::vector<std::string_view> names;
    for (const Verb& v : verbs) names.push_back(v.name);
    const auto near = did_you_mean(name, names, std::string(noun.name) + " ");
    throw Error(Exit::usage, say("{noun} has no verb {word}", fmt::arg("noun", noun.name), fmt::arg("word", name)),
                near.empty() ? say("agency {noun} lists them", fmt::arg("noun", noun.name))
                             : say("did you mean: agency {near}?", fmt::arg("near", near)));
}

int print_version() {
    print("agency " + std::string(version) + "\n");
    return 0;
}

int print_all_nouns() {
    print(help(std::vector<const Noun*>(nouns().begin(), nouns().end())));
    return 0;
}

/// What stands for a noun: aliases and programs `agency-NAME`.
std::vector<std::string> own_commands() {
    auto names = programs_named("agency-");
    for (auto& name : names) name.erase(0, std::string_view("agency-").size());
    for (const auto& [key, setting] : readable_settings(Invocation()))
        if (key.starts_with("alias.")) names.push_back(key.substr(key.find('.') + 1));
    return names;
}

/// The command line that an alias of the user's stands for; nothing when there is none of that name.
std::optional<std::vector<std::string>> unaliased(const std::string& name, const std::vector<std::string>& rest) {
    const auto settings = load_settings(Invocation());
    const auto alias = settings.find("alias." + name);
    if (alias == settings.end()) return std::nullopt;
    auto words = alias_words(name, alias->second);
    words.insert(words.end(), rest.begin(), rest.end());
    return words;
}

int dispatch(const std::vector<std::string>& given) {
    Words words(given);
    auto name = words.next();
    bool asked = name == "help";  // `agency help contract list`
    if (asked) name = words.next();
    if (!name.empty() && !noun_named(name)) {
        const bool help = asked || !words.help().empty();
        auto rest = words.rest();
        if (help) rest.insert(rest.begin(), "--help");
        if (const auto line = unaliased(name, rest)) return dispatch(*line);
        if (name.find('/') == name.npos)
            if (const auto plugin = find_program("agency-" + name); !plugin.empty()) become(plugin, rest);
    }
    if (name.empty() && words.version()) return print_version();
    if (name.empty() && (given.empty() || asked || !words.help().empty())) return print_all_nouns();
    if (name.empty()) throw Error(Exit::usage, tr("a noun is missing"), tr("agency --help lists them"));
    std::vector<std::string> following{name};
    following.insert(following.end(), words.left().begin(), words.left().end());
    const Noun& noun = noun_named(name) ? *noun_named(name) : find_noun(name, following, own_commands());
    const auto verbs = verbs_of(noun);
    const bool command = is_command(noun);
    auto verb_name = command ? name : words.next();
    if (!command && !words.left().empty())
        if (const auto two = joined(verbs, verb_name, words.left().front()); !two.empty()) {
            words.next();
            verb_name = two;
        }
    asked = asked || verb_name == "help";
    if (verb_name.empty() || verb_name == "help") {
        print(help(noun));
        return 0;
    }
    const Verb& verb = find_verb(noun, verbs, verb_name);
    const auto rest = words.rest();
    if (asked || !words.help().empty()) {
        print(help(noun, verb, words.help() != "-h"));
        return 0;
    }
    return run_verb(noun, verb, given, rest);
}

}  // namespace

int run(std::vector<std::string> words) {
    keep_memory();
    call_records_by(noun_of);
    // A closed descriptor would be given to the next file that is opened.
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(fd, F_GETFD) < 0 && ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return static_cast<int>(Exit::outside);
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN);
    auto format = early(words, "--format", "-f");
    if (format.empty()) format = output::format_of_file(early(words, "--output"));
    const bool json = format == "json" || format == "jsonl";
    try {
        if (words.size() == 1 && words[0] == "--version") return print_version();  // the same in all languages
        choose_language(words);
        return dispatch(words);
    } catch (const output::Closed&) {
        return 0;
    } catch (const Interrupted&) {
        end_by_signal();
    } catch (const Error& e) {
        if (!words.empty() && words[0] == "__complete") return 0;  // completion is never felt
        return report_error(e, json);
    } catch (const std::exception& e) {
        return report_error(
            Error(Exit::bug, say("something that should not happen: \"{why}\"", fmt::arg("why", e.what())),
                  tr("please report it with the command line")),
            json);
    }
}

}  // namespace agency::cli
