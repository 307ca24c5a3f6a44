#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/import.hpp"

namespace agency {
namespace {

std::string amount_fault(AmountFault fault, std::string_view text, int digits) {
    switch (fault) {
        case AmountFault::exponent:
            return say("\"{text}\" is written with an exponent; write all digits", fmt::arg("text", text));
        case AmountFault::grouping:
            return say("\"{text}\" has its thousands separators in the wrong places", fmt::arg("text", text));
        case AmountFault::decimals:
            return say("\"{text}\" has more than {digits} {digits:decimal|decimals}", fmt::arg("text", text),
                       fmt::arg("digits", Count(digits)));
        case AmountFault::range:
            return say("\"{text}\" is too large", fmt::arg("text", text));
        default:
            return say("\"{text}\" is not an amount", fmt::arg("text", text));
    }
}

std::string currency_fault(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (upper == "RMB" || text == "人民币" || text == "元") upper = "CNY";
    return Currency::parse(upper) ? say("\"{text}\" is not a currency of ISO 4217; did you mean {near}?",
                                        fmt::arg("text", text), fmt::arg("near", upper))
                                  : say("\"{text}\" is not a currency of ISO 4217", fmt::arg("text", text));
}

std::string legal_words(const Field& f) {
    std::string out;
    for (const Word& w : f.words) out += (out.empty() ? "" : ", ") + std::string(w.word);
    return out;
}

std::string choice_fault(const Field& f, std::string_view text) {
    std::vector<std::string_view> words;
    for (const Word& w : f.words) {
        words.insert(words.end(), {w.word, w.zh});
        words.insert(words.end(), w.aliases.begin(), w.aliases.end());
    }
    if (const auto near = nearest(text, words); !near.empty())
        return say("\"{text}\" is none of: {words}; did you mean {near}?", fmt::arg("text", text),
                   fmt::arg("words", legal_words(f)), fmt::arg("near", near));
    return say("\"{text}\" is none of: {words}", fmt::arg("text", text), fmt::arg("words", legal_words(f)));
}

std::string_view kept(std::string text, std::deque<std::string>& texts) {
    return texts.emplace_back(std::move(text));
}

/// By the map's pattern, or ISO, as a sheet's dates come; not where the pattern has the same form with day and month
/// exchanged.
std::optional<Date> day_by(std::string_view pattern, std::string_view text) {
    if (const auto d = parse_date(text, pattern)) return d;
    return pattern.starts_with("YYYY-D") ? std::nullopt : parse_iso_date(text);
}

constexpr std::string_view yes_words[] = {"true", "y", "1", "有"}, no_words[] = {"false", "n", "0", "无"};

int scale_of(const ColumnMap* map) {
    if (!map) return 0;
    if (map->unit == "万元") return 4;
    if (map->unit == "千元") return 3;
    return map->unit == "分" ? -2 : 0;
}

}  // namespace

std::optional<std::string> parse_value(const Field& f, std::string_view text, const ColumnMap* map, int digits,
                                       Value& out, std::deque<std::string>& texts, std::string_view currency) {
    out = {};
    text = trim(text);
    if (map && !map->nulls.empty() && std::find(map->nulls.begin(), map->nulls.end(), text) != map->nulls.end())
        return std::nullopt;
    if (map && !map->words.empty())
        if (const auto it = map->words.find(std::string(text)); it != map->words.end()) text = it->second;
    if (text.empty()) return std::nullopt;
    switch (f.type) {
        case FieldType::text:
        case FieldType::number:
        case FieldType::reference:
            out = Value::of(surely_nfc(text) ? text : kept(to_nfc(text), texts));
            return std::nullopt;
        case FieldType::currency:
            if (text.size() == 3 && text == "CNY") {
                out = Value::of(text);
                return std::nullopt;
            }
            if (const auto c = Currency::parse(text)) {
                out = Value::of(kept(std::string(c->code()), texts));
                return std::nullopt;
            }
            return currency_fault(text);
        case FieldType::choice:
            if (const int i = find_word(f, text); i >= 0) {
                out = Value::of(std::int64_t{i});
                return std::nullopt;
            }
            return choice_fault(f, text);
        case FieldType::money: {
            const int scale = scale_of(map);
            auto a = scale >= 0 ? parse_amount(text, digits, map && map->round, scale, currency)
                                : parse_amount(text, 0, map && map->round, 0, currency);
            if (a.fault == AmountFault::empty) return std::nullopt;
            if (a.fault == AmountFault::currency)
                return say("\"{text}\" is in another currency than {currency}; give the currency in its own column",
                           fmt::arg("text", text), fmt::arg("currency", currency));
            if (a.fault != AmountFault::none) return amount_fault(a.fault, text, digits);
            out = Value::of(a.value);
            return std::nullopt;
        }
        case FieldType::rate:
            if (const auto r = parse_rate(text, map && map->unit == "percent")) {
                out = Value::of(r->ppm);
                return std::nullopt;
            }
            return say("\"{text}\" is not a rate; write 6% or 0.06", fmt::arg("text", text));
        case FieldType::day:
            if (const auto d = map && !map->date.empty() ? day_by(map->date, text) : parse_iso_date(text)) {
                out = Value::of(std::int64_t{d->days});
                return std::nullopt;
            }
            if (!map || map->date.empty())
                if (const auto d = parse_date(text)) {
                    out = Value::of(std::int64_t{d->days});
                    return std::nullopt;
                }
            if (map && !map->date.empty())
                return say("\"{text}\" is not a day as the map has it, {pattern}", fmt::arg("text", text),
                           fmt::arg("pattern", map->date));
            return say("\"{text}\" is not a day; write 2026-03-01", fmt::arg("text", text));
        case FieldType::integer: {
            std::int64_t n = 0;
            const auto [p, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
            if (ec != std::errc{} || p != text.data() + text.size())
                return say("\"{text}\" is not a whole number", fmt::arg("text", text));
            out = Value::of(n);
            return std::nullopt;
        }
        case FieldType::decimal: {
            if (f.spelling)
                if (const auto n = f.spelling(text)) {
                    out = Value::of(*n);
                    return std::nullopt;
                }
            const auto a = parse_amount(text, f.scale, map && map->round);
            if (a.fault != AmountFault::none && f.spelling)
                return say("\"{text}\" cannot be read: {meaning}", fmt::arg("text", text),
                           fmt::arg("meaning", tr(f.meaning)));
            if (a.fault != AmountFault::none)
                return say("\"{text}\" is not a number with at most {digits} {digits:decimal|decimals}",
                           fmt::arg("text", text), fmt::arg("digits", Count(f.scale)));
            out = Value::of(a.value);
            return std::nullopt;
        }
        case FieldType::flag: {
            static constexpr Word words[] = {{"no", "否", no_words}, {"yes", "是", yes_words}};
            Field as_choice = f;
            as_choice.words = words;
            if (const int i = find_word(as_choice, text); i >= 0) {
                out = Value::of(std::int64_t{i});
                return std::nullopt;
            }
            return say("\"{text}\" is neither yes nor no", fmt::arg("text", text));
        }
    }
    return std::nullopt;
}

}  // namespace agency
