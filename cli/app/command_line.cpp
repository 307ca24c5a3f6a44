#include "app/command_line.hpp"

#include <algorithm>

#include "app/adapter.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency::cli {
namespace {

/// Error(usage) unless the word is an option of every command.
void check_global(const std::string& word) {
    const auto name = word.substr(0, word.find('='));
    const auto known = std::find_if(global_options().begin(), global_options().end(), [&](const Option& o) {
        return name == spelled(o) || (o.letter && word.starts_with(std::string("-") + o.letter) && word[1] != '-');
    });
    if (known != global_options().end()) return;
    std::vector<std::string> names{"--help", "--version"};
    for (const Option& o : global_options()) names.push_back(spelled(o));
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto near = nearest(name, views);
    throw Error(Exit::usage, say("{word} is no option of every command", fmt::arg("word", name)),
                near.empty() ? std::string(tr("an option of one command stands after its verb"))
                             : say("did you mean {near}?", fmt::arg("near", near)))
        .with_field(name);
}

}  // namespace

/// The value of an option before anything is parsed: for the language and the form of errors.
std::string early(const std::vector<std::string>& words, std::string_view name, std::string_view letter) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--") break;
        if ((words[i] == name || (!letter.empty() && words[i] == letter)) && i + 1 < words.size()) return words[i + 1];
        if (words[i].starts_with(std::string(name) + "=")) return words[i].substr(name.size() + 1);
        if (!letter.empty() && words[i].size() > 2 && words[i].starts_with(letter) && words[i][1] != '-')
            return words[i].substr(2);
    }
    return {};
}

std::string Words::take() {
    auto word = std::move(rest_.front());
    rest_.pop_front();
    return word;
}

void Words::set_aside(const std::string& option) {
    options_.push_back(option);
    check_global(option);
    const std::vector<Option> options(global_options().begin(), global_options().end());
    if (!takes_next(option, options)) return;
    check_value_follows(option, rest_.empty() ? nullptr : &rest_.front(), options);
    options_.push_back(take());
}

std::string Words::next() {
    while (!rest_.empty() && rest_.front().size() > 1 && rest_.front()[0] == '-') {
        const auto word = take();
        if (word == "--help" || word == "-h")
            help_ = word;
        else if (word == "--version")
            version_ = true;
        else
            set_aside(word);
    }
    return rest_.empty() ? std::string() : take();
}

std::vector<std::string> Words::rest() {
    const auto end = std::find(rest_.begin(), rest_.end(), "--");
    for (auto it = rest_.begin(); it != end; ++it)
        if (*it == "--help" || *it == "-h") help_ = *it;
    std::vector<std::string> out(options_);
    out.insert(out.end(), rest_.begin(), rest_.end());
    return out;
}

}  // namespace agency::cli
