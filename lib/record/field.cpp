#include "record/field.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency {

const Field* Record::find(std::string_view wanted) const {
    const auto it = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == wanted; });
    return it == fields.end() ? nullptr : &*it;
}

const Field& Record::field(std::string_view wanted) const {
    if (const Field* f = find(wanted)) return *f;
    throw Error(Exit::bug, say("{noun} has no field {field}", fmt::arg("noun", noun), fmt::arg("field", wanted)));
}

std::size_t Record::index(std::string_view wanted) const {
    return static_cast<std::size_t>(&field(wanted) - fields.data());
}

bool Record::has_changes() const {
    return voidable ||
           std::any_of(fields.begin(), fields.end(), [](const Field& f) { return f.change == Change::dated; });
}

const char* heading(const Field& f) {
    return language() == "zh_CN" ? f.zh : f.en;
}
const char* heading(const Record& r) {
    return language() == "zh_CN" ? r.zh : r.en;
}

int find_word(const Field& f, std::string_view text) {
    for (std::size_t i = 0; i < f.words.size(); ++i)
        if (f.words[i].word == text) return static_cast<int>(i);
    const auto wanted = match_form(text);
    for (std::size_t i = 0; i < f.words.size(); ++i) {
        const Word& w = f.words[i];
        if (match_form(w.word) == wanted || match_form(w.zh) == wanted ||
            std::any_of(w.aliases.begin(), w.aliases.end(), [&](auto a) { return match_form(a) == wanted; }))
            return static_cast<int>(i);
    }
    return -1;
}

}  // namespace agency
