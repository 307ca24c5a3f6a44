#include "app/router.hpp"

#include <pwd.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/core.h>
#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "app/adapter.hpp"
#include "app/config.hpp"
#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/output.hpp"
#include "sqlite/open.hpp"

namespace agency::cli {
namespace {

std::string variable(const char* name) {
    const char* v = std::getenv(name);
    return v ? v : "";
}

/// The value of an option before anything is parsed: for the language and the form of errors.
std::string early(const std::vector<std::string>& words, std::string_view name, std::string_view letter = {}) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--") break;
        if ((words[i] == name || (!letter.empty() && words[i] == letter)) && i + 1 < words.size()) return words[i + 1];
        if (words[i].starts_with(std::string(name) + "=")) return words[i].substr(name.size() + 1);
        if (!letter.empty() && words[i].size() > 2 && words[i].starts_with(letter) && words[i][1] != '-')
            return words[i].substr(2);
    }
    return {};
}

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
    for (const char* name : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"})
        if (wanted.empty()) wanted = variable(name);
    if (wanted.starts_with("zh")) set_language(wanted, catalogue_dir());
}

void print(std::string_view text) {
    const auto sink = output::stdout_sink();
    sink->write(text);
    sink->finish();
}

std::string json_string(std::string_view s) {
    if (s.empty()) return "null";
    Report r;  // the one escaper there is
    r.rows.columns = {{"x", CellType::text, "", ""}};
    r.rows.add_text(s);
    std::string out;
    output::write(*output::string_sink(out), r, output::Format::jsonl, {});
    return out.substr(5, out.size() - 7);
}

int report_error(const Error& e, bool json) {
    if (json) {
        fmt::print(stderr,
                   "{{\"error\":{{\"code\":\"{}\",\"rule\":{},\"exit\":{},\"message\":{},\"hint\":{},\"ref\":{},"
                   "\"field\":{},\"retryable\":{}}}}}\n",
                   to_string(e.code), json_string(e.rule), static_cast<int>(e.code), json_string(e.what()),
                   json_string(e.hint), json_string(e.ref), json_string(e.field), e.code == Exit::busy);
    } else {
        fmt::print(stderr, "agency: {}{}\n", escape_controls(e.what()), e.rule.empty() ? "" : " [" + e.rule + "]");
        if (!e.hint.empty()) fmt::print(stderr, "{} {}\n", tr("hint:"), escape_controls(e.hint));
    }
    return static_cast<int>(e.code);
}

template <class Items, class Name>
std::string did_you_mean(std::string_view word, const Items& items, Name name) {
    std::vector<std::string_view> names;
    for (const auto& i : items)
        if (!name(i).starts_with("_")) names.push_back(name(i));
    const auto near = nearest(word, names);
    return near.empty() ? std::string() : std::string(near);
}

const Noun& find_noun(const std::string& word, const std::vector<std::string>& words) {
    for (const Noun* n : nouns())
        if (n->name == word) return *n;
    auto near = did_you_mean(word, nouns(), [](const Noun* n) { return n->name; });
    for (const Noun* n : nouns()) {
        if (n->record && n->record().plural == word) near = n->name;
        if (words.size() > 1 && n->name == words[1] && near.empty()) near = words[1] + " " + word;
    }
    throw Error(Exit::usage, say("there is no noun or command {word}", fmt::arg("word", word)),
                near.empty() ? std::string(tr("agency --help lists them"))
                             : say("did you mean: agency {near}?", fmt::arg("near", near)));
}

std::string login() {
    const passwd* p = ::getpwuid(::getuid());
    return p ? p->pw_name : std::to_string(::getuid());
}

std::string as_typed(const std::vector<std::string>& words) {
    std::string out = "agency";
    for (const auto& w : words) {
        out += ' ';
        if (!w.empty() && w.find_first_of(" \t\n'\"\\$*?;|&<>()#") == w.npos) {
            out += w;
            continue;
        }
        out += '\'';
        for (const char c : w) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
        out += '\'';
    }
    return out;
}

void fill_globals(Invocation& in, const std::map<std::string, Setting>& settings) {
    Globals& g = in.globals;
    if (in.has("format")) g.format = in.get("format");
    g.db = in.has("db") ? std::string(in.get("db")) : settings.at("database").value;
    g.quiet = in.has("quiet");
    g.verbose = in.has("verbose");
    g.dry_run = in.has("dry_run");
    g.yes = in.has("yes");
    g.color = in.has("color") ? std::string(in.get("color")) : settings.at("color").value;
    if (in.has("headers")) g.headers = in.get("headers");
    g.output = in.get("output");
    if (const auto s = in.integer("wait")) g.wait_seconds = static_cast<int>(*s);
    g.shaping.where = in.get("where");
    g.shaping.sort = in.get("sort");
    g.shaping.columns = in.get("columns");
    if (const auto n = in.integer("limit")) g.shaping.limit = static_cast<std::size_t>(*n);
}

int width_of_terminal() {
    if (!::isatty(STDOUT_FILENO)) return 0;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const int columns = std::atoi(variable("COLUMNS").c_str());
    return columns > 0 ? columns : 80;
}

bool wants_color(const std::string& when) {
    if (when != "auto") return when == "always";
    if (!variable("NO_COLOR").empty() || variable("TERM") == "dumb") return false;
    return (!variable("CLICOLOR_FORCE").empty() && variable("CLICOLOR_FORCE") != "0") || ::isatty(STDOUT_FILENO);
}

void print_outcome(const Invocation& in, Outcome& outcome) {
    if (outcome.empty) {
        if (!outcome.text.empty()) print(outcome.text);
        return;
    }
    if (in.verb->lists) {
        const bool same = outcome.report.totals.columns.size() == outcome.report.rows.columns.size();
        shape(outcome.report.rows, in.globals.shaping);
        if (same) shape(outcome.report.totals, {{}, {}, in.globals.shaping.columns, {}});
    }
    const auto sink = in.globals.output.empty() ? output::stdout_sink() : output::file_sink(in.globals.output);
    const bool file = !in.globals.output.empty();
    const auto headers = in.globals.headers == "zh"   ? output::Headers::zh
                         : in.globals.headers == "en" ? output::Headers::en
                                                      : output::Headers::key;
    output::write(*sink, outcome.report, output::parse_format(in.globals.format),
                  {file ? 0 : width_of_terminal(), !file && wants_color(in.globals.color), headers});
    sink->finish();
}

/// Opened at the first use and closed when the command is over.
struct Opened {
    std::unique_ptr<db::Session> session;
    std::unique_ptr<Workspace> workspace;
};

int run_verb(const Noun& noun, const Verb& verb, const std::vector<std::string>& words,
             const std::vector<std::string>& rest) {
    Invocation in;
    in.noun = &noun;
    in.verb = &verb;
    parse(verb, rest, in);
    const auto settings = load_settings();
    fill_globals(in, settings);
    in.command_line = as_typed(words);
    Opened opened;
    in.open = [&]() -> Workspace& {
        if (opened.workspace) return *opened.workspace;
        const bool writes = verb.needs == Needs::write;
        const auto clock = in.clock();
        auto actor = in.has("actor") ? std::string(in.get("actor")) : settings.at("actor").value;
        if (actor.empty() && !in.has("actor")) actor = login();
        opened.session =
            sqlite::open(in.globals.db, writes ? sqlite::Mode::write : sqlite::Mode::read,
                         {in.globals.wait_seconds, fmt::format("{} agency {} {}", ::getpid(), noun.name, verb.name),
                          [&](const std::string& s) { in.tell(s); }, to_string(clock.now)});
        opened.workspace = std::make_unique<Workspace>(*opened.session, clock, actor, rules_from(settings));
        opened.workspace->dry_run = in.globals.dry_run;
        return *opened.workspace;
    };
    Outcome outcome = verb.run(in);
    opened.workspace.reset();
    opened.session.reset();
    print_outcome(in, outcome);
    if (in.error_after) throw std::move(*in.error_after);
    return static_cast<int>(outcome.exit);
}

int dispatch(const std::vector<std::string>& words) {
    const auto is = [&](std::size_t i, std::string_view a, std::string_view b = {}) {
        return i < words.size() && (words[i] == a || (!b.empty() && words[i] == b));
    };
    if (words.empty() || is(0, "--help", "-h") || is(0, "help")) {
        print(help(std::vector<const Noun*>(nouns().begin(), nouns().end())));
        return 0;
    }
    if (is(0, "--version")) {
        print(fmt::format("agency {}\n", version));
        return 0;
    }
    std::size_t at = 0;  // global options may stand before the noun
    std::vector<std::string> before;
    while (at < words.size() && words[at].size() > 1 && words[at][0] == '-') {
        before.push_back(words[at]);
        for (const Option& o : global_options())
            if (*o.value && (words[at] == spelled(o) || (o.letter && words[at] == std::string("-") + o.letter)) &&
                at + 1 < words.size()) {
                ++at;
                before.push_back(words[at]);
            }
        ++at;
    }
    if (at == words.size()) throw Error(Exit::usage, tr("a noun is missing"), tr("agency --help lists them"));
    const Noun& noun = find_noun(words[at], {words.begin() + static_cast<std::ptrdiff_t>(at), words.end()});
    ++at;
    const bool command = is_command(noun);
    if (!command && (at == words.size() || is(at, "--help", "-h"))) {
        print(help(noun));
        return 0;
    }
    const auto verbs = verbs_of(noun);
    const auto name = command ? std::string(noun.name) : words[at++];
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& v) { return v.name == name; });
    if (verb == verbs.end()) {
        const auto near = did_you_mean(name, verbs, [](const Verb& v) { return v.name; });
        throw Error(Exit::usage, say("{noun} has no verb {word}", fmt::arg("noun", noun.name), fmt::arg("word", name)),
                    near.empty()
                        ? say("agency {noun} lists them", fmt::arg("noun", noun.name))
                        : say("did you mean: agency {near}?", fmt::arg("near", std::string(noun.name) + " " + near)));
    }
    std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
    const auto end = std::find(rest.begin(), rest.end(), "--");
    for (auto it = rest.begin(); it != end; ++it)
        if (*it == "--help" || *it == "-h") {
            print(help(noun, *verb, *it == "--help"));
            return 0;
        }
    rest.insert(rest.begin(), before.begin(), before.end());
    return run_verb(noun, *verb, words, rest);
}

}  // namespace

int run(std::vector<std::string> words) {
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN);
    const auto format = early(words, "--format", "-f");
    const bool json = format == "json" || format == "jsonl";
    try {
        choose_language(words);
        return dispatch(words);
    } catch (const output::Closed&) {
        return 0;
    } catch (const Error& e) {
        return report_error(e, json);
    } catch (const std::exception& e) {
        return report_error(Error(Exit::bug, say("something that should not happen: {why}", fmt::arg("why", e.what())),
                                  tr("please report it with the command line")),
                            json);
    }
}

}  // namespace agency::cli
