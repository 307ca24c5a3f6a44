#include "app/adapter.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/output.hpp"

namespace agency::cli {
namespace {

constexpr std::string_view colors[] = {"auto", "always", "never"}, languages[] = {"en", "zh_CN"},
                           headers[] = {"key", "en", "zh"};

constexpr Option globals[] = {
    {"format", "FORMAT",
     N_("How to print: table, csv, tsv, json, jsonl, md, html, xlsx, chart, tree, gantt, svg, dot, ics; default by the "
        "name of --output, else table"),
     'f', false, false, output::format_names},
    {"db", "FILE", N_("Data file; else AGENCY_DB, else `database` of the configuration"), 0, false, false, {}, "file"},
    {"now", "INSTANT", N_("The clock, as 2026-03-01T09:00+08:00; else AGENCY_NOW"), 0},
    {"actor", "NAME", N_("Who acts; default the login name"), 0},
    {"lang", "LANGUAGE", N_("Language of messages: en, zh_CN"), 0, false, false, languages},
    {"headers", "WHICH", N_("Headers of csv, tsv, md, html, xlsx: key, en, zh"), 0, false, false, headers},
    {"excel", "",
     N_("csv or tsv for a spreadsheet: BOM, CRLF, long digits and what begins with = + - @ as text; import reads it "
        "back the same")},
    {"color", "WHEN", N_("Colour: auto, always, never"), 0, false, false, colors},
    {"wait", "SECONDS", N_("How long to wait for another writer (30)"), 0},
    {"quiet", "", N_("No messages"), 'q'},
    {"verbose", "", N_("More messages"), 'v'},
    {"yes", "", N_("Answer yes to every question"), 0},
    {"no_pager", "", N_("Never start a pager"), 0},
};
constexpr Option lists[] = {
    {"where", "COND", N_("Only rows that hold: key (= != < <= > >= ~) value, joined by and"), 0},
    {"sort", "KEYS", N_("Order by columns: -a,b"), 0},
    {"columns", "KEYS", N_("Which columns: a,b or +a,-b"), 0},
    {"limit", "N", N_("At most N rows"), 0},
};
constexpr Option writes[] = {{"dry_run", "", N_("Check everything, write nothing"), 0}};
constexpr Option outputs[] = {
    {"output", "FILE", N_("Write to FILE, which is replaced when the report is whole"), 0, false, false, {}, "file"}};

std::string dashed(std::string_view key) {
    std::string out(key);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

/// A column that is written wrong, before something is told to be missing: of those that the verb always has.
void check_columns(const Verb& verb, const std::vector<Option>& options,
                   const std::vector<std::vector<std::string>>& values) {
    if (!verb.lists || !verb.columns) return;
    Shaping wish;
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (values[i].empty()) continue;
        if (options[i].key == "where") wish.where = values[i].back();
        if (options[i].key == "sort") wish.sort = values[i].back();
        if (options[i].key == "columns") wish.columns = values[i].back();
    }
    Grid none;
    none.columns = verb.columns();
    shape(none, wish);
}

/// What to do about a word for which there is no place: a verb without arguments is told what it wants by options.
std::string surplus_hint(const Verb& verb) {
    std::string wanted;
    for (const Option& o : verb.options)
        if (*o.value) wanted += (wanted.empty() ? "" : " ") + spelled(o) + " " + std::string(o.value);
    if (!verb.arguments.empty() || wanted.empty())
        return std::string(tr("quote an argument that has blanks; see --help"));
    return say("it takes no argument but options: {options}", fmt::arg("options", wanted));
}

std::string near_option(std::string_view word, const std::vector<Option>& options) {
    std::vector<std::string> names{"--help"};
    for (const Option& o : options) names.push_back("--" + dashed(o.key));
    std::vector<std::string_view> views(names.begin(), names.end());
    const auto near = nearest(word.substr(0, word.find('=')), views);
    return near.empty() ? std::string(tr("see --help")) : say("did you mean {near}?", fmt::arg("near", near));
}

/// May one of the words give this option? The parser is made of those only: making it of all costs more than parsing.
bool given(const Option& o, const std::vector<std::string>& words) {
    const auto dashes = "--" + dashed(o.key), underscores = "--" + std::string(o.key);
    return std::any_of(words.begin(), words.end(), [&](const std::string& w) {
        const auto name = std::string_view(w).substr(0, w.find('='));
        if (name == dashes || name == underscores) return true;
        return o.letter && w.size() > 1 && w[0] == '-' && w[1] != '-' && w.find(o.letter) != w.npos;
    });
}

Error empty_option(const Option& o) {
    return Error(Exit::usage, say("{option} is empty", fmt::arg("option", spelled(o))),
                 say("{option} needs a value, {value}", fmt::arg("option", spelled(o)), fmt::arg("value", o.value)))
        .with_field(o.key);
}

void check_choice(std::string_view field, std::string_view name, std::string_view value,
                  std::span<const std::string_view> choices) {
    if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end()) return;
    std::string all;
    for (const auto c : choices) all += (all.empty() ? "" : ", ") + std::string(c);
    const auto near = nearest(value, choices);
    throw Error(Exit::usage,
                say("{name} is none of: {all}", fmt::arg("name", std::string(name) + " " + std::string(value)),
                    fmt::arg("all", all)),
                near.empty() ? std::string() : say("did you mean {near}?", fmt::arg("near", near)))
        .with_field(field);
}

}  // namespace

std::span<const Option> global_options() {
    return globals;
}
std::span<const Option> list_options() {
    return lists;
}
std::span<const Option> write_options() {
    return writes;
}
std::span<const Option> output_options() {
    return outputs;
}

std::string spelled(const Option& o) {
    return spelled(o.key);
}

std::string spelled(std::string_view key) {
    return "--" + dashed(key);
}

const Option* takes_next(std::string_view word, std::span<const Option> options) {
    if (word.size() < 2 || word[0] != '-') return nullptr;
    if (word[1] == '-') {
        const auto o = std::find_if(options.begin(), options.end(), [&](const Option& x) {
            return word.substr(2) == x.key || word.substr(2) == dashed(x.key);
        });
        return o != options.end() && *o->value ? &*o : nullptr;
    }
    for (std::size_t i = 1; i < word.size(); ++i) {  // flags may stand together, -qf json
        const auto o =
            std::find_if(options.begin(), options.end(), [&](const Option& x) { return x.letter == word[i]; });
        if (o == options.end()) return nullptr;
        if (*o->value) return i + 1 == word.size() ? &*o : nullptr;
    }
    return nullptr;
}

void check_value_follows(std::string_view word, const std::string* next, std::span<const Option> options) {
    const Option* o = takes_next(word, options);
    const auto letter = [&](char c) {
        return std::any_of(options.begin(), options.end(), [&](const Option& x) { return x.letter && x.letter == c; });
    };
    if (!o || (next && !next->starts_with("--") && !(next->size() == 2 && (*next)[0] == '-' && letter((*next)[1]))))
        return;
    throw Error(Exit::usage,
                say("{option} needs a value, {value}", fmt::arg("option", word), fmt::arg("value", o->value)),
                next ? say("a value that looks like an option is written {option}={value}",
                           fmt::arg("option", spelled(*o)), fmt::arg("value", *next))
                     : std::string(tr(o->meaning)))
        .with_field(o->key);
}

std::vector<Option> options_of(const Verb& verb) {
    std::vector<Option> all(verb.options.begin(), verb.options.end());
    const auto append = [&](std::span<const Option> more) {
        for (const Option& o : more)  // what the verb says of an option of its own holds
            if (std::none_of(verb.options.begin(), verb.options.end(), [&](const Option& x) { return x.key == o.key; }))
                all.push_back(o);
    };
    if (verb.lists) append(lists);
    if (verb.needs == Needs::write) append(writes);
    if (verb.needs == Needs::read) append(outputs);
    append(globals);
    return all;
}

void parse(const Verb& verb, const std::vector<std::string>& words, Invocation& invocation) {
    const auto options = options_of(verb);
    CLI::App app;
    app.set_help_flag();
    app.allow_extras(false);
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        const auto& word = words[i];
        check_value_follows(word, i + 1 < words.size() ? &words[i + 1] : nullptr, options);
        for (const Option& o : options)
            if (!*o.value && word.starts_with(spelled(o) + "="))
                throw Error(Exit::usage, say("{option} takes no value", fmt::arg("option", spelled(o))),
                            tr("give it or leave it out"))
                    .with_field(o.key);
            else if (*o.value && word == spelled(o) + "=")
                throw empty_option(o);
        if (takes_next(word, options)) ++i;
    }
    std::vector<std::vector<std::string>> values(options.size());
    std::vector<CLI::Option*> made;
    for (std::size_t i = 0; i < options.size(); ++i) {
        const Option& o = options[i];
        if (!given(o, words)) {
            made.push_back(nullptr);
            continue;
        }
        std::string names = "--" + dashed(o.key);
        if (dashed(o.key) != o.key) names += ",--" + std::string(o.key);
        if (o.letter) names += std::string(",-") + o.letter;
        if (*o.value)
            made.push_back(app.add_option(names, values[i])
                               ->allow_extra_args(false)
                               ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
                               ->expected(1));
        else
            made.push_back(app.add_flag(names));
    }
    std::vector<std::string> arguments;
    app.add_option("ARGUMENT", arguments)->expected(0, 1 << 20);
    try {
        std::vector<std::string> reversed(words.rbegin(), words.rend());
        app.parse(reversed);
    } catch (const CLI::ExtrasError&) {
        const auto extras = app.remaining();
        const auto option =
            std::find_if(extras.begin(), extras.end(), [](const auto& w) { return w.size() > 1 && w[0] == '-'; });
        if (option != extras.end())
            throw Error(
                Exit::usage,
                say("{word} is no option of this command", fmt::arg("word", option->substr(0, option->find('=')))),
                near_option(*option, options));
        throw Error(Exit::usage,
                    say("\"{word}\" is one argument too many",
                        fmt::arg("word", extras.empty() ? std::string() : extras.front())),
                    surplus_hint(verb));
    } catch (const CLI::ParseError& e) {
        throw Error(Exit::usage, say("the command line cannot be read: \"{why}\"", fmt::arg("why", e.what())),
                    tr("see --help"));
    }
    // What is written wrong is told before what is missing.
    for (std::size_t i = 0; i < options.size(); ++i)
        for (const auto& v : values[i]) check_choice(options[i].key, spelled(options[i]), v, options[i].choices);
    for (std::size_t i = 0; i < std::min(verb.arguments.size(), arguments.size()); ++i)
        check_choice(verb.arguments[i].name, verb.arguments[i].name, arguments[i], verb.arguments[i].choices);
    for (std::size_t i = arguments.size(); i < verb.arguments.size(); ++i) {
        const Argument& a = verb.arguments[i];
        if (!a.required) continue;
        check_columns(verb, options, values);
        throw Error(
            Exit::usage,
            say("{argument} is missing: {meaning}", fmt::arg("argument", a.name), fmt::arg("meaning", tr(a.meaning))),
            tr("see --help"))
            .with_field(a.name);
    }
    for (std::size_t i = 0; i < options.size(); ++i) {
        const Option& o = options[i];
        if (!made[i] || made[i]->count() == 0) {
            if (!o.required) continue;
            check_columns(verb, options, values);
            throw Error(Exit::usage, say("{option} is missing", fmt::arg("option", spelled(o) + " " + o.value)),
                        tr(o.meaning))
                .with_field(o.key);
        }
        if (values[i].empty()) values[i].emplace_back();
        if (values[i].size() > 1 && *o.value && !o.repeats)
            throw Error(Exit::usage, say("{option} is given twice", fmt::arg("option", spelled(o)))).with_field(o.key);
        for (const auto& v : values[i]) {
            if (*o.value && v.empty() &&
                (o.required || o.key == "where" || o.key == "fail_if" || o.key == "sort" || o.key == "columns"))
                throw empty_option(o);
        }
        invocation.values[std::string(o.key)] = values[i];
    }
    const bool many = !verb.arguments.empty() && verb.arguments.back().repeats;
    if (arguments.size() > verb.arguments.size() && !many)
        throw Error(Exit::usage,
                    say("\"{word}\" is one argument too many", fmt::arg("word", arguments[verb.arguments.size()])),
                    surplus_hint(verb));
    invocation.arguments = std::move(arguments);
}

}  // namespace agency::cli
