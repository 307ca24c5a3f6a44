#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/grid.hpp"

namespace agency {
namespace {

constexpr std::string_view operators[] = {"!=", "<=", ">=", "=", "<", ">", "~"};
enum { op_ne, op_le, op_ge, op_eq, op_lt, op_gt, op_has };

[[noreturn]] void unreadable(std::string_view text, std::string_view at) {
    throw Error(Exit::usage,
                say("the condition \"{text}\" cannot be read at \"{at}\"", fmt::arg("text", text), fmt::arg("at", at)),
                tr("write: key (= != < <= > >= ~) value, joined by and"));
}

/// A bare or quoted value off the front.
std::string take_value(std::string_view whole, std::string_view& s, bool& quoted) {
    std::string out;
    quoted = !s.empty() && (s[0] == '\'' || s[0] == '"');
    if (!quoted) {
        std::size_t end = 0;
        while (end < s.size()) {
            const auto rest = s.substr(end);
            if (rest[0] == ' ' && fold(trim(rest).substr(0, 4)) == "and ") break;
            ++end;
        }
        out = std::string(trim(s.substr(0, end)));
        const auto low = " " + fold(out) + " ";
        if (low.ends_with(" and ") || low.find(" or ") != low.npos)
            throw Error(Exit::usage,
                        say("the value \"{value}\" of the condition has and or or in it", fmt::arg("value", out)),
                        tr("conditions are joined by and; quote a value that has such a word in it"));
        s.remove_prefix(end);
        return out;
    }
    const char quote = s[0];
    for (std::size_t i = 1; i < s.size(); ++i) {
        if (s[i] != quote) {
            out += s[i];
            continue;
        }
        if (i + 1 < s.size() && s[i + 1] == quote) {
            out += quote;
            ++i;
            continue;
        }
        s.remove_prefix(i + 1);
        return out;
    }
    unreadable(whole, s);
}

/// With four decimals, or as many as leave room for a large amount. Answers what is wrong with it.
AmountFault take_amount(std::string_view text, std::int64_t& n, int& digits) {
    for (digits = 4; digits >= 0; --digits) {
        const auto a = parse_amount(text, digits);
        n = a.value;
        if (a.fault != AmountFault::range)
            return digits < 4 && a.fault != AmountFault::none ? AmountFault::range : a.fault;
    }
    return AmountFault::range;
}

}  // namespace

Condition::Condition(std::string_view text, const std::vector<GridColumn>& columns) {
    std::string_view s = trim(text);
    std::vector<std::string_view> keys;
    for (const auto& c : columns) {
        keys.push_back(c.key);
        types_.push_back(c.type);
    }
    if (s.empty()) unreadable(text, s);
    for (;;) {
        std::size_t n = 0;
        while (n < s.size() && (std::isalnum(static_cast<unsigned char>(s[n])) || s[n] == '_')) ++n;
        const auto key = s.substr(0, n);
        const auto it = std::find(keys.begin(), keys.end(), key);
        if (key.empty()) unreadable(text, s);
        if (it == keys.end()) {
            const auto near = nearest(key, keys);
            throw Error(Exit::usage, say("there is no column {key}", fmt::arg("key", key)),
                        near.empty() ? say("the columns are: {keys}", fmt::arg("keys", fmt::join(keys, ", ")))
                                     : say("did you mean {near}?", fmt::arg("near", near)))
                .with_field(key);
        }
        Term term{static_cast<std::size_t>(it - keys.begin()), -1, false, 0, 0, {}, {}};
        s = trim(s.substr(n));
        for (std::size_t o = 0; o < std::size(operators) && term.op < 0; ++o)
            if (s.starts_with(operators[o])) {
                term.op = static_cast<int>(o);
                s = trim(s.substr(operators[o].size()));
            }
        if (term.op >= 0 && s.starts_with('='))
            throw Error(Exit::usage, say("the condition \"{text}\" has == in it", fmt::arg("text", text)),
                        tr("write ="));
        if (term.op < 0 || s.empty())
            throw Error(Exit::usage,
                        say("the condition \"{text}\" ends after {key}", fmt::arg("text", text), fmt::arg("key", key)),
                        tr("write: key (= != < <= > >= ~) value, joined by and"));
        bool quoted = false;
        term.text = take_value(text, s, quoted);
        term.null = quoted && term.text.empty();
        if (term.null && term.op != op_eq && term.op != op_ne)
            throw Error(Exit::usage,
                        say("'' means empty and is compared with = or !=, in \"{text}\"", fmt::arg("text", text)));
        const auto bad = [&](const char* what, const char* example) -> Error {
            return Error(Exit::usage,
                         say("\"{value}\" is no {what} to compare {key} with", fmt::arg("value", term.text),
                             fmt::arg("what", what), fmt::arg("key", key)),
                         say("write {example}", fmt::arg("example", example)))
                .with_field(key);
        };
        const auto amount = [&](const char* what, const char* example) {
            const auto fault = take_amount(term.text, term.n, term.digits);
            if (fault == AmountFault::range)
                throw Error(Exit::usage, say("\"{value}\" is larger than whatever {key} can be",
                                             fmt::arg("value", term.text), fmt::arg("key", key)))
                    .with_field(key);
            if (fault != AmountFault::none) throw bad(what, example);
        };
        if (term.op == op_has)
            term.text = fold(term.text);
        else if (!term.null)
            switch (columns[term.column].type) {
                case CellType::money:
                    amount(tr("amount"), "1234.50");
                    break;
                case CellType::ratio:
                    if (const auto a = parse_amount(term.text, 6); a.fault == AmountFault::none) {
                        term.n = a.value;
                        break;
                    }
                    [[fallthrough]];  // 80%
                case CellType::rate: {
                    const auto r = parse_rate(term.text);
                    if (!r) throw bad(tr("rate"), "0.06");
                    term.n = r->ppm;
                    break;
                }
                case CellType::day: {
                    const auto d = parse_date(term.text);
                    if (!d) throw bad(tr("day"), "2026-03-01");
                    term.n = d->days;
                    break;
                }
                case CellType::instant: {
                    const auto t = parse_instant(term.text);
                    if (!t) throw bad(tr("instant"), "2026-03-01T09:00Z");
                    term.n = t->micros;
                    break;
                }
                case CellType::decimal:
                    amount(tr("number"), "1.5");
                    break;
                case CellType::integer: {
                    const auto a = parse_amount(term.text, 0);
                    if (a.fault != AmountFault::none) throw bad(tr("whole number"), "3");
                    term.n = a.value;
                    break;
                }
                case CellType::flag:
                    if (term.text != "true" && term.text != "false") throw bad(tr("true or false"), "true");
                    term.n = term.text == "true";
                    break;
                case CellType::text:
                case CellType::word: {
                    const auto& words = columns[term.column].words;
                    if (words.empty() || std::find(words.begin(), words.end(), term.text) != words.end()) break;
                    const auto near = nearest(term.text, words);
                    std::string all;
                    for (const auto w : words) all += (all.empty() ? "" : ", ") + std::string(w);
                    throw Error(Exit::usage,
                                say("{key} is never \"{value}\"", fmt::arg("key", key), fmt::arg("value", term.text)),
                                near.empty() ? say("it is one of: {words}", fmt::arg("words", all))
                                             : say("did you mean {near}?", fmt::arg("near", near)))
                        .with_field(key);
                }
            }
        terms_.push_back(std::move(term));
        s = trim(s);
        if (s.empty()) return;
        if (fold(s.substr(0, 4)) != "and ") unreadable(text, s);
        s = trim(s.substr(4));
        if (s.empty()) unreadable(text, text);
    }
}

bool Condition::holds(const Grid& grid, std::size_t row) const {
    static constexpr std::int64_t powers[] = {1, 10, 100, 1000, 10000};
    return std::all_of(terms_.begin(), terms_.end(), [&](const Term& t) {
        const Cell& c = grid.cell(row, t.column);
        const auto type = types_[t.column];
        if (t.null) return c.null == (t.op == op_eq);
        if (c.null) return t.op == op_ne;
        if (t.op == op_has) return fold(plain(c, type)).find(t.text) != std::string::npos;
        int cmp = 0;
        if (is_text(type)) {
            const int raw = c.text().compare(t.text);
            cmp = raw < 0 ? -1 : raw > 0;
        } else if (type == CellType::money || type == CellType::decimal) {
            const auto left = static_cast<__int128>(c.n) * powers[t.digits],
                       right = static_cast<__int128>(t.n) * powers[c.digits];
            cmp = left < right ? -1 : left > right;
        } else {
            cmp = c.n < t.n ? -1 : c.n > t.n;
        }
        switch (t.op) {
            case op_ne:
                return cmp != 0;
            case op_le:
                return cmp <= 0;
            case op_ge:
                return cmp >= 0;
            case op_eq:
                return cmp == 0;
            case op_lt:
                return cmp < 0;
            default:
                return cmp > 0;
        }
    });
}

}  // namespace agency
