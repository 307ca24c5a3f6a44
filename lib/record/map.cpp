// Malformed input such as "[\\n" must be a parse error, not an abort.
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/money.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/source.hpp"

namespace agency {
namespace {

[[noreturn]] void fail(const std::string& name, const toml::source_region& at, const std::string& what,
                       std::string hint = {}) {
    throw Error(Exit::usage, fmt::format("{}:{}:{}: {}", name, at.begin.line, at.begin.column, what), std::move(hint));
}

[[noreturn]] void unknown_key(const std::string& name, const toml::key& key, std::span<const std::string_view> known) {
    const auto near = nearest(key.str(), known);
    fail(name, key.source(), say("a map has no key \"{key}\"", fmt::arg("key", key.str())),
         near.empty() ? std::string() : say("did you mean {near}?", fmt::arg("near", near)));
}

std::string text_of(const std::string& name, const toml::node& node) {
    if (const auto s = node.value_exact<std::string>()) return *s;
    if (const auto n = node.value_exact<std::int64_t>()) return std::to_string(*n);
    fail(name, node.source(), tr("a text is wanted here, in quotes"));
}

std::vector<std::string> texts_of(const std::string& name, const toml::node& node) {
    std::vector<std::string> out;
    if (const auto* list = node.as_array())
        for (const auto& item : *list) out.push_back(text_of(name, item));
    else
        out.push_back(text_of(name, node));
    return out;
}

bool flag_of(const std::string& name, const toml::node& node) {
    if (const auto b = node.value_exact<bool>()) return *b;
    fail(name, node.source(), tr("true or false is wanted here"));
}

const toml::table& table_of(const std::string& name, const toml::node& node) {
    if (const auto* t = node.as_table()) return *t;
    fail(name, node.source(), tr("a table is wanted here"));
}

constexpr std::array<std::string_view, 4> top_keys{"file", "where", "columns", "ignore"};
constexpr std::array<std::string_view, 7> file_keys{"encoding", "delimiter", "skip_until", "stop_at",
                                                    "kind",     "sheet",     "empty_end"};
constexpr std::array<std::string_view, 8> column_keys{"from", "template", "value", "date",
                                                      "unit", "words",    "null",  "round"};

void read_file_part(const std::string& name, const toml::table& t, ReadOptions& o) {
    for (const auto& [key, node] : t) {
        if (key == "empty_end") {
            o.empty_end = flag_of(name, node);
            continue;
        }
        const auto text = text_of(name, node);
        if (key == "encoding") {
            const auto encoding = encoding_named(text);
            if (!encoding)
                fail(name, node.source(), say("\"{text}\" is no encoding that can be read", fmt::arg("text", text)),
                     say("these are: {words}", fmt::arg("words", fmt::join(encoding_names, ", "))));
            o.encoding = *encoding;
        } else if (key == "delimiter") {
            if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r")
                fail(name, node.source(), tr("a delimiter is one character, no quote and no line end"));
            o.delimiter = text[0];
        } else if (key == "skip_until")
            o.skip_until = text;
        else if (key == "stop_at")
            o.stop_at = text;
        else if (key == "sheet")
            o.sheet = text;
        else if (key == "kind") {
            const auto kind = kind_named(text);
            if (!kind)
                fail(name, node.source(),
                     say("\"{text}\" is none of: {words}", fmt::arg("text", text),
                         fmt::arg("words", fmt::join(kind_names, ", "))));
            o.kind = *kind;
        } else
            unknown_key(name, key, file_keys);
    }
}

/// A part of one or two digits ends where no digit follows.
bool runs_on(std::string_view pattern) {
    for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
        const char c = pattern[i], next = pattern[i + 1];
        const bool single = (c == 'M' || c == 'D') && (i == 0 || pattern[i - 1] != c) && next != c;
        if (single && std::string_view("YMDhms").find(next) != std::string_view::npos) return true;
    }
    return false;
}

/// `YYYY`, `M` or `MM`, `D` or `DD`, each once.
std::string read_pattern(const std::string& name, const toml::node& node) {
    auto text = text_of(name, node);
    std::vector<std::string> runs;  // of letters
    for (const char c : text) {
        if (c != 'Y' && c != 'M' && c != 'D') continue;
        const bool goes_on = !runs.empty() && runs.back()[0] == c && text.find(runs.back() + c) != text.npos;
        goes_on ? void(runs.back() += c) : void(runs.emplace_back(1, c));
    }
    std::sort(runs.begin(), runs.end());
    const bool good = runs.size() == 3 && (runs[0] == "D" || runs[0] == "DD") && (runs[1] == "M" || runs[1] == "MM") &&
                      runs[2] == "YYYY" && !runs_on(text);
    if (!good)
        fail(name, node.source(), say("\"{text}\" is no date pattern", fmt::arg("text", text)),
             tr("write YYYY-MM-DD, M/D/YYYY, DD.MM.YYYY"));
    return text;
}

RowCondition read_condition(const std::string& name, const toml::node& node) {
    RowCondition c;
    c.text = text_of(name, node);
    using enum RowCondition::Operation;
    constexpr std::pair<std::string_view, RowCondition::Operation> operators[] = {
        {"!=", unequal},  {"!~", lacks}, {"~", contains}, {"<=", at_most},
        {">=", at_least}, {"<", less},   {">", more},     {"=", equal}};
    for (const auto& [sign, operation] : operators) {
        if (!c.text.starts_with(sign)) continue;
        c.operation = operation;
        c.text = std::string(trim(std::string_view(c.text).substr(sign.size())));
        if (operation == contains || operation == lacks) c.text = fold(c.text);
        if (operation <= lacks) break;
        const auto amount = parse_amount(c.text, 6, true);
        if (amount.fault != AmountFault::none)
            fail(name, node.source(), say("\"{text}\" is not an amount", fmt::arg("text", c.text)),
                 tr("write \">0\", \"!=x\", \"~x\" or a value"));
        c.number = amount.value;
        break;
    }
    return c;
}

ColumnMap read_column(const std::string& name, const toml::table& t) {
    ColumnMap c;
    for (const auto& [key, node] : t) {
        if (key == "from")
            c.from = texts_of(name, node);
        else if (key == "template")
            c.text_template = text_of(name, node);
        else if (key == "value")
            c.value = text_of(name, node);
        else if (key == "date")
            c.date = read_pattern(name, node);
        else if (key == "unit") {
            c.unit = text_of(name, node);
            if (c.unit != "percent" && c.unit != "元" && c.unit != "分" && c.unit != "千元" && c.unit != "万元")
                fail(name, node.source(),
                     say("\"{text}\" is none of: {words}", fmt::arg("text", c.unit),
                         fmt::arg("words", "percent, 元, 分, 千元, 万元")));
        } else if (key == "words") {
            for (const auto& [word, ours] : table_of(name, node)) c.words.emplace(word.str(), text_of(name, ours));
        } else if (key == "null")
            c.nulls = texts_of(name, node);
        else if (key == "round") {
            c.round = flag_of(name, node);
        } else
            unknown_key(name, key, column_keys);
    }
    if ((!c.from.empty()) + (!c.text_template.empty()) + c.value.has_value() != 1)
        fail(name, t.source(), tr("a column has exactly one of from, template, value"));
    return c;
}

}  // namespace

FileMap parse_map(std::string_view text, const std::string& name) {
    FileMap map;
    try {
        const toml::table root = toml::parse(text, name);
        for (const auto& [key, node] : root) {
            if (key == "file")
                read_file_part(name, table_of(name, node), map.read);
            else if (key == "where")
                for (const auto& [header, wanted] : table_of(name, node))
                    map.where.emplace(header.str(), read_condition(name, wanted));
            else if (key == "columns")
                for (const auto& [field, column] : table_of(name, node))
                    map.columns.emplace(field.str(), read_column(name, table_of(name, column)));
            else if (key == "ignore")
                map.ignore = texts_of(name, node);
            else
                unknown_key(name, key, top_keys);
        }
    } catch (const toml::parse_error& e) {
        fail(name, e.source(), say("this is not TOML: \"{why}\"", fmt::arg("why", e.description())));
    }
    return map;
}

FileMap load_map(const std::string& path) {
    const auto source = open_source(path);
    std::string text;
    char block[1 << 12];
    while (const auto n = source->read(block, sizeof block)) text.append(block, n);
    return parse_map(text, path);
}

}  // namespace agency
