#include "app/completion.hpp"

#include <algorithm>

#include "app/adapter.hpp"
#include "app/config.hpp"
#include "app/invocation.hpp"
#include "app/router.hpp"
#include "record/store.hpp"

namespace agency::cli {
namespace {

constexpr std::size_t most = 200;

constexpr const char* bash_script = R"(# bash completion for agency
_agency() {
    local cur i words=() IFS=$'\n'
    # bash splits words at = and :; the words before the cursor are put together again
    for ((i = 1; i <= COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == [=:] || ${COMP_WORDS[i-1]} == [=:] ]] && ((${#words[@]})); then
            words[-1]+=${COMP_WORDS[i]}
        else
            words+=("${COMP_WORDS[i]}")
        fi
    done
    cur=${COMP_WORDS[COMP_CWORD]#[\"\']}
    [[ $cur == [=:] ]] && cur=
    words[-1]=${words[-1]#[\"\']}
    COMPREPLY=($(agency __complete -- "${words[@]}" 2>/dev/null))
    if [ "${COMPREPLY[0]}" = ":file" ]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$cur"))
        return
    fi
    if [[ ${COMP_WORDS[COMP_CWORD]} != [\"\']* ]]; then
        for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]=$(printf %q "${COMPREPLY[i]}"); done
    fi
    compopt -o nosort 2>/dev/null
}
complete -F _agency agency
)";

class Answers {
public:
    explicit Answers(std::string_view word) : word_(word) {}
    void add(std::string_view candidate) {
        if (candidate.starts_with(word_) && !candidate.starts_with("__") && count_ < most) {
            text_ += candidate;
            text_ += '\n';
            ++count_;
        }
    }
    std::string text() && { return std::move(text_); }
    std::string_view word() const { return word_; }

private:
    std::string_view word_;
    std::string text_;
    std::size_t count_ = 0;
};

void add_keys(Invocation& in, std::string_view noun, Answers& answers) {
    if (noun.empty()) return;
    if (noun == "file") {
        answers = Answers("");
        answers.add(":file");
        return;
    }
    if (noun == "noun") {
        for (const Noun* n : nouns()) answers.add(n->name);
        return;
    }
    if (noun == "setting") {
        for (const auto& [key, setting] : load_settings(in)) answers.add(key);
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
            for (const Verb& v : t.verbs)
                if (v.name == words[i]) t.verb = &v;
            if (!t.verb) return std::nullopt;
        } else {
            ++t.arguments;
        }
        if (t.verb && t.options.size() == global_options().size()) t.options = options_of(*t.verb);
    }
    return t;
}

std::vector<std::string> columns_of(const Typed& t) {
    std::vector<std::string> out;
    std::vector<GridColumn> columns;
    if (t.verb && t.verb->columns)
        columns = t.verb->columns();
    else if (t.noun && t.noun->record)
        columns = list_columns(t.noun->record());
    for (const auto& c : columns) out.push_back(c.key);
    return out;
}

void add_values(Invocation& in, const Typed& t, const Option& o, Answers& answers) {
    for (const auto c : o.choices) answers.add(c);
    if (o.key == "columns" || o.key == "sort") {  // a list: what stands before the last comma, and a sign, is kept
        const std::string word(answers.word());
        const auto comma = word.rfind(',');
        auto before = comma == word.npos ? std::string() : word.substr(0, comma + 1);
        if (before.size() < word.size() && (word[before.size()] == '+' || word[before.size()] == '-'))
            before += word[before.size()];
        for (const auto& c : columns_of(t)) answers.add(before + c);
    }
    if (o.key == "where" || o.key == "fail_if")
        for (const auto& c : columns_of(t)) answers.add(c);
    if (t.noun && t.noun->record)
        if (const Field* f = t.noun->record().find(o.key))
            for (const Word& w : f->words) answers.add(w.word);
    add_keys(in, o.completes, answers);
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
        Answers values(word.substr(equals + 1));  // the shell replaces what follows the sign
        add_values(in, t, *o, values);
        answers = std::move(values);
        return;
    }
    if (word.starts_with("-")) {
        for (const Option& o : t.options) answers.add(spelled(o));
    } else if (!t.noun) {
        for (const Noun* n : nouns()) answers.add(n->name);
    } else if (!t.verb) {
        for (const Verb& v : t.verbs) answers.add(v.name);
    } else if (!t.verb->arguments.empty() &&
               (t.arguments < t.verb->arguments.size() || t.verb->arguments.back().repeats)) {
        const Argument& a = t.verb->arguments[std::min(t.arguments, t.verb->arguments.size() - 1)];
        for (const auto c : a.choices) answers.add(c);
        add_keys(in, a.completes, answers);
    }
}

}  // namespace

Outcome completion_script(Invocation&) {
    return Outcome::raw(bash_script);
}

Outcome complete(Invocation& in) {
    Answers answers(in.arguments.empty() ? std::string_view() : std::string_view(in.arguments.back()));
    try {
        answer(in, in.arguments, answers);
    } catch (...) {  // completion is never felt
        return Outcome::raw("");
    }
    return Outcome::raw(std::move(answers).text());
}

}  // namespace agency::cli
