#include "workspace/settings.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc() && end == text.data() + text.size() && n >= 0 ? std::optional(n) : std::nullopt;
}

std::optional<std::int64_t> fen(std::string_view text) {
    const auto a = parse_amount(text, 2);
    return a.fault == AmountFault::none && a.value >= 0 ? std::optional(a.value) : std::nullopt;
}

}  // namespace

std::optional<Rates> parse_rates(std::string_view text) {
    constexpr std::int64_t most = 10'000'000'000'000;  // ten million units, so that no product overflows
    Rates out;
    if (trim(text).empty()) return out;
    for (std::string_view rest = text;;) {
        const auto comma = rest.find(',');
        const auto one = trim(rest.substr(0, comma));
        const auto equals = one.find('=');
        if (equals == one.npos) return std::nullopt;
        const auto currency = Currency::parse(trim(one.substr(0, equals)));
        const auto rate = parse_amount(trim(one.substr(equals + 1)), 6);
        if (!currency || rate.fault != AmountFault::none || rate.value < 1 || rate.value > most) return std::nullopt;
        out.emplace_back(*currency, rate.value);
        if (comma == rest.npos) return out;
        rest.remove_prefix(comma + 1);
    }
}

std::optional<std::string> setting_fault(const SettingRow& row, std::string_view value) {
    switch (row.type) {
        case SettingType::integer:
            if (!whole(value)) return say("\"{value}\" is not a whole number", fmt::arg("value", value));
            break;
        case SettingType::rate:
            if (!parse_rate(value)) return say("\"{value}\" is not a rate; write 6% or 0.06", fmt::arg("value", value));
            break;
        case SettingType::amount:
            if (!fen(value)) return say("\"{value}\" is not an amount", fmt::arg("value", value));
            break;
        case SettingType::flag:
            if (value != "yes" && value != "no")
                return say("\"{value}\" is neither yes nor no", fmt::arg("value", value));
            break;
        case SettingType::currency:
            if (!Currency::parse(value))
                return say("\"{text}\" is not a currency of ISO 4217", fmt::arg("text", value));
            break;
        case SettingType::rates:
            if (!parse_rates(value))
                return say("\"{value}\" is no list of rates; write USD=7.12,JPY=0.048", fmt::arg("value", value));
            break;
        default:
            break;
    }
    return std::nullopt;
}

std::string_view Rules::text(const SettingRow& row) const {
    const auto it = values.find(row.key);
    return it == values.end() ? row.value : std::string_view(it->second);
}

std::int64_t Rules::integer(const SettingRow& row) const {
    return whole(text(row)).value_or(0);
}

Rate Rules::rate(const SettingRow& row) const {
    return parse_rate(text(row)).value_or(Rate{});
}

std::int64_t Rules::amount(const SettingRow& row) const {
    return fen(text(row)).value_or(0);
}

}  // namespace agency
