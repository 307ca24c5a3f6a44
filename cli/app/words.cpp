#include "app/words.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::cli {

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    bool inside = false;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool escapes = c == '\\' && i + 1 < line.size() &&
                             (quote == 0 || (quote == '"' && (line[i + 1] == '"' || line[i + 1] == '\\')));
        if (escapes) {
            word += line[++i];
            inside = true;
        } else if (quote ? c == quote : c == '\'' || c == '"') {
            quote = quote ? 0 : c;
            inside = true;
        } else if (quote || (c != ' ' && c != '\t' && c != '\r')) {
            if (c == '#' && !quote && !inside) break;
            word += c;
            inside = true;
        } else if (inside) {
            words.push_back(std::move(word));
            word.clear();
            inside = false;
        }
    }
    if (quote)
        throw Error(Exit::usage, say("the quote {quote} does not end", fmt::arg("quote", std::string(1, quote))));
    if (inside) words.push_back(std::move(word));
    return words;
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

}  // namespace agency::cli
