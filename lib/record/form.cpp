#include "record/form.hpp"

// Malformed input such as "[\\n" must be a parse error, not an abort.
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>

#include <sstream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

std::string text_of(const toml::node& node) {
    std::ostringstream out;
    if (const auto s = node.value_exact<std::string>()) return *s;
    if (const auto n = node.value_exact<std::int64_t>()) return std::to_string(*n);
    if (const auto d = node.value_exact<toml::date>()) {
        out << *d;
        return out.str();
    }
    throw Error(Exit::usage, say("line {line}: write the value in quotes", fmt::arg("line", node.source().begin.line)));
}

}  // namespace

std::string toml_quoted(const std::string& text) {
    std::ostringstream out;
    out << toml::toml_formatter(toml::value<std::string>(text), toml::format_flags::allow_unicode_strings);
    return out.str();
}

bool stands_in_form(const Field& f) {
    return f.imported && f.change != Change::never;
}

std::string write_form(const Record& r, const std::vector<std::string>& texts, std::string_view effective_on) {
    std::string form = "# " +
                       say("Change what is to change, save and close. Without a change nothing is written; \"\" "
                           "takes a value away.") +
                       "\n";
    std::string fixed;
    for (std::size_t i = 0; i < r.fields.size(); ++i) {
        const Field& f = r.fields[i];
        if (stands_in_form(f) || texts[i].empty()) continue;
        fixed += "#   " + std::string(f.key) + " = " + toml_quoted(texts[i]) + "\n";
    }
    form += fixed + "\n";
    for (std::size_t i = 0; i < r.fields.size(); ++i) {
        const Field& f = r.fields[i];
        if (!stands_in_form(f)) continue;
        form += "# " + std::string(heading(f)) + ": " + tr(f.meaning);
        if (f.change == Change::dated) form += tr("; ") + say("from {day} on", fmt::arg("day", effective_on));
        form += "\n";
        if (!f.words.empty()) {
            std::string words;
            for (const Word& w : f.words) words += (words.empty() ? "" : ", ") + std::string(w.word);
            form += "# " + words + "\n";
        }
        form += std::string(f.key) + " = " + toml_quoted(texts[i]) + "\n\n";
    }
    form.pop_back();
    return form;
}

std::vector<std::pair<std::string, std::string>> read_form(const Record& r, std::string_view form) {
    std::vector<std::pair<std::string, std::string>> out;
    toml::table table;
    try {
        table = toml::parse(form);
    } catch (const toml::parse_error& e) {
        throw Error(Exit::usage,
                    say("line {line}, column {column}: {why}", fmt::arg("line", e.source().begin.line),
                        fmt::arg("column", e.source().begin.column),
                        fmt::arg("why", say("this is not TOML: \"{why}\"", fmt::arg("why", e.description())))));
    }
    for (const auto& [key, node] : table) {
        const Field* f = r.find(key.str());
        if (f && stands_in_form(*f)) {
            out.emplace_back(key.str(), text_of(node));
            continue;
        }
        std::vector<std::string_view> keys;
        for (const Field& one : r.fields)
            if (stands_in_form(one)) keys.push_back(one.key);
        const auto near = nearest(key.str(), keys);
        throw Error(Exit::usage,
                    say(f ? N_("line {line}: {field} never changes") : N_("line {line}: there is no {field}"),
                        fmt::arg("line", key.source().begin.line), fmt::arg("field", key.str())),
                    f || near.empty() ? std::string() : say("did you mean {near}?", fmt::arg("near", near)))
            .with_field(key.str());
    }
    return out;
}

std::string with_remarks(std::string_view form, const std::vector<std::string>& remarks) {
    std::string out;
    for (auto remark : remarks) {
        for (char& c : remark)
            if (c == '\n' || c == '\r') c = ' ';
        out += std::string(remark_mark) + " " + remark + "\n";
    }
    while (!form.empty()) {
        const auto line = form.substr(0, std::min(form.find('\n'), form.size() - 1) + 1);
        if (!line.starts_with(remark_mark)) out += line;
        form.remove_prefix(line.size());
    }
    return out;
}

}  // namespace agency
