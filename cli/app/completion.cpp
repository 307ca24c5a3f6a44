#include "app/completion.hpp"

#include <algorithm>

#include "app/adapter.hpp"
#include "app/invocation.hpp"
#include "app/router.hpp"
#include "record/store.hpp"

namespace agency::cli {
namespace {

constexpr std::size_t most = 200;

constexpr const char* bash_script = R"(# bash completion for agency
_agency() {
    local cur words
    cur=${COMP_WORDS[COMP_CWORD]}
    words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    local IFS=$'\n'
    COMPREPLY=($(agency __complete -- "${words[@]}" 2>/dev/null))
    if [ ${#COMPREPLY[@]} -eq 1 ] && [ "${COMPREPLY[0]}" = ":file" ]; then
        compopt -o filenames
        COMPREPLY=($(compgen -f -- "$cur"))
    fi
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
    const auto it = std::find_if(nouns().begin(), nouns().end(), [&](const Noun* n) { return n->name == noun; });
    for (const auto& key : keys_with_prefix(in.workspace().db(), (*it)->record(), answers.word(), most))
        answers.add(key);
}

void answer(Invocation& in, const std::vector<std::string>& words, Answers& answers) {
    if (words.size() <= 1) {
        for (const Noun* n : nouns()) answers.add(n->name);
        return;
    }
    const auto noun = std::find_if(nouns().begin(), nouns().end(), [&](const Noun* n) { return n->name == words[0]; });
    if (noun == nouns().end()) return;
    const auto verbs = verbs_of(**noun);
    const bool command = is_command(**noun);
    if (!command && words.size() == 2) {
        for (const Verb& v : verbs) answers.add(v.name);
        return;
    }
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& v) {
        return v.name == (command ? (*noun)->name : std::string_view(words[1]));
    });
    if (verb == verbs.end()) return;
    const auto options = options_of(*verb);
    const auto& before = words[words.size() - 2];
    for (const Option& o : options) {
        if (!*o.value || before != spelled(o)) continue;
        for (const auto c : o.choices) answers.add(c);
        if ((o.key == "columns" || o.key == "sort" || o.key == "where") && (*noun)->record)
            for (const auto& c : list_columns((*noun)->record())) answers.add(c.key);
        return add_keys(in, o.completes, answers);
    }
    if (answers.word().starts_with("-")) {
        for (const Option& o : options) answers.add(spelled(o));
        return;
    }
    std::size_t place = 0;
    for (std::size_t i = command ? 1 : 2; i + 1 < words.size(); ++i) {
        if (!words[i].starts_with("-")) {
            ++place;
            continue;
        }
        for (const Option& o : options)
            if (*o.value && words[i] == spelled(o)) ++i;
    }
    if (place >= verb->arguments.size()) return;
    for (const auto c : verb->arguments[place].choices) answers.add(c);
    add_keys(in, verb->arguments[place].completes, answers);
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
