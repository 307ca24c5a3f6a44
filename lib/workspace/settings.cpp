#include "workspace/settings.hpp"

#include <algorithm>
#include <charconv>

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
