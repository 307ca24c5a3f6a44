#include "app/completion.hpp"

#include <algorithm>

#include "app/adapter.hpp"
#include "app/config.hpp"
#include "app/invocation.hpp"
#include "app/programs.hpp"
#include "app/router.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"
#include "record/store.hpp"

namespace agency::cli {
namespace {

constexpr std::size_t most = 200;
constexpr std::string_view file_sign = ":file";  ///< the whole answer where the shell completes names of files

class Answers {
public:
    Answers(std::string_view word, bool described) : word_(word), described_(described) {}
    /// `meaning` may be empty; a candidate with control characters could not be told from two, so it is none.
    void add(std::string_view candidate, std::string_view meaning = {}) {
        if (!candidate.starts_with(word_) || candidate.starts_with("__") || count_ >= most) return;
        if (escape_controls(candidate) != candidate || candidate == file_sign) return;
        text_ += candidate;
        if (described_ && !meaning.empty()) text_ += '\t' + std::string(meaning);
        text_ += '\n';
        ++count_;
    }
    void add_file() {
        text_ = std::string(file_sign) + "\n";
        count_ = most;
    }
    std::string text() && { return std::move(text_); }
    std::string_view word() const { return word_; }
    bool described() const { return described_; }

private:
    std::string_view word_;
    bool described_;
    std::string text_;
    std::size_t count_ = 0;
};

void add_nouns(Answers& answers) {
    for (const Noun* n : nouns()) answers.add(n->name, tr(n->summary));
}

/// What may stand for a noun: the user's aliases with what they stand for, and programs.
void add_own_commands(Invocation& in, Answers& answers) {
    constexpr std::string_view alias = "alias.", program = "agency-";
    for (const auto& [key, setting] : readable_settings(in))
        if (key.starts_with(alias)) answers.add(std::string_view(key).substr(alias.size()), setting.value);
    for (const auto& name : programs_named(std::string(program) + std::string(answers.word())))
        answers.add(std::string_view(name).substr(program.size()));
}

void add_keys(Invocation& in, std::string_view noun, Answers& answers) {
    if (noun.empty()) return;
    if (noun == "file") return answers.add_file();
    if (noun == "noun") return add_nouns(answers);
    if (noun == "setting") {
        for (const SettingRow& r : setting_rows()) answers.add(r.key, tr(r.meaning));
        return;
    }
    const auto it = std::find_if(nouns().begin(), nouns().end(), [&](const Noun* n) { return n->name == noun; });
    for (const auto& key : keys_with_prefix(in.workspace().db(), (*it)->record(), answers.word(), most))
        answers.add(key);
}

/// What the words before the current one mean.
struct Typed {
    const Noun* noun = nullptr;
    const Verb* verb = nullptr;
    std::vector<Verb> verbs;
    std::string first;             ///< word of a verb of two, `plan` of `plan import`
    std::vector<Option> options;   ///< that may stand here
    const Option* open = nullptr;  ///< the option whose value is being typed
    std::size_t arguments = 0;     ///< whole ones before it
};

const Option* named(const std::vector<Option>& options, std::string_view word) {
    for (const Option& o : options)
        if (word == spelled(o) || (o.letter && word == std::string("-") + o.letter)) return &o;
    return nullptr;
}

/// Nothing when a word is wrong.
std::optional<Typed> understand(Invocation& in, const std::vector<std::string>& words) {
    Typed t;
    t.options.assign(global_options().begin(), global_options().end());
    bool whole = false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i].starts_with("-")) {
            const Option* o = named(t.options, words[i]);
            if (!o || !*o->value) continue;
            if (i + 2 == words.size())
                t.open = o;
            else
                in.values[std::string(o->key)] = {words[++i]};  // --db tells which file to look into
        } else if (!t.noun) {
            for (const Noun* n : nouns())
                if (n->name == words[i]) t.noun = n;
            if (!t.noun) return std::nullopt;
            t.verbs = verbs_of(*t.noun);
            if (is_command(*t.noun)) t.verb = &t.verbs[0];
        } else if (!t.verb) {
            const auto name = t.first.empty() ? words[i] : t.first + "-" + words[i];
            for (const Verb& v : t.verbs) {
                if (v.name == name) t.verb = &v;
                if (t.first.empty() && v.name.starts_with(words[i] + "-")) t.first = words[i];
            }
            if (!t.verb && (t.first.empty() || name != words[i])) return std::nullopt;
        } else {
            ++t.arguments;
        }
        if (t.verb && !whole) t.options = options_of(*t.verb);  // once: `open` points into them
        whole = t.verb != nullptr;
    }
    return t;
}

std::vector<GridColumn> columns_of(const Typed& t) {
    if (t.verb && t.verb->columns) return t.verb->columns();
    return t.noun && t.noun->record ? list_columns(t.noun->record()) : std::vector<GridColumn>();
}

void add_values(Invocation& in, const Typed& t, const Option& o, Answers& answers) {
    for (const auto c : o.choices) answers.add(c);
    if (o.key == "columns" || o.key == "sort") {  // a list: what stands before the last comma, and a sign, is kept
        const std::string word(answers.word());
        const auto comma = word.rfind(',');
        auto before = comma == word.npos ? std::string() : word.substr(0, comma + 1);
        if (before.size() < word.size() && (word[before.size()] == '+' || word[before.size()] == '-'))
            before += word[before.size()];
        for (const auto& c : columns_of(t)) answers.add(before + c.key, output::heading(c, output::spoken()));
    }
    if (o.key == "where" || o.key == "fail_if")
        for (const auto& c : columns_of(t)) answers.add(c.key, output::heading(c, output::spoken()));
    if (t.noun && t.noun->record)
        if (const Field* f = t.noun->record().find(o.key))
            for (const Word& w : f->words) answers.add(w.word, w.zh);
    add_keys(in, o.completes, answers);
}

/// What a setting may be, where that is a word of a list or yes and no.
void add_setting_values(std::string_view key, Answers& answers) {
    for (const SettingRow& row : setting_rows()) {
        if (row.key != key) continue;
        for (const auto word : row.words) answers.add(word);
        if (row.type == SettingType::flag)
            for (const auto word : {"yes", "no"}) answers.add(word);
    }
}

void answer(Invocation& in, const std::vector<std::string>& words, Answers& answers) {
    const auto typed = understand(in, words);
    if (!typed) return;
    in.globals.db = load_settings(in).at("database").value;
    const Typed& t = *typed;
    if (t.open) return add_values(in, t, *t.open, answers);
    const auto word = answers.word();
    if (const auto equals = word.find('='); word.starts_with("--") && equals != word.npos) {
        const Option* o = named(t.options, word.substr(0, equals));
        if (!o) return;
        Answers values(word.substr(equals + 1), answers.described());  // the shell replaces what follows the sign
        add_values(in, t, *o, values);
        answers = std::move(values);
        return;
    }
    if (word.starts_with("-")) {
        for (const Option& o : t.options) answers.add(spelled(o), tr(o.meaning));
    } else if (!t.noun) {
        add_nouns(answers);
        add_own_commands(in, answers);
    } else if (!t.verb) {
        for (const Verb& v : t.verbs)
            if (t.first.empty())
                answers.add(v.name, tr(v.summary));
            else if (v.name.starts_with(t.first + "-"))
                answers.add(v.name.substr(t.first.size() + 1), tr(v.summary));
    } else if (!t.verb->arguments.empty() &&
               (t.arguments < t.verb->arguments.size() || t.verb->arguments.back().repeats)) {
        const Argument& a = t.verb->arguments[std::min(t.arguments, t.verb->arguments.size() - 1)];
        for (const auto c : a.choices) answers.add(c);
        if (a.completes == "setting_value") return add_setting_values(words[words.size() - 2], answers);
        add_keys(in, a.completes, answers);
    }
}

}  // namespace

Outcome complete(Invocation& in) {
    Answers answers(in.arguments.empty() ? std::string_view() : std::string_view(in.arguments.back()),
                    in.has("described"));
    try {
        answer(in, in.arguments, answers);
    } catch (...) {  // completion is never felt
        return Outcome::raw("");
    }
    return Outcome::raw(std::move(answers).text());
}

}  // namespace agency::cli
