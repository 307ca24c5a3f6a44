// Settings that are lists of so many figures, `20,20,20,25,15`.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency {

inline std::optional<std::int64_t> parse_whole(std::string_view text) {
    const auto a = parse_amount(text, 0);
    return a.fault == AmountFault::none ? std::optional(a.value) : std::nullopt;
}
inline std::optional<std::int64_t> parse_tenths(std::string_view text) {
    const auto a = parse_amount(text, 1);
    return a.fault == AmountFault::none ? std::optional(a.value) : std::nullopt;
}

/// Exactly N figures with commas between, each read by `parse`; Error(usage) names the setting otherwise.
template <std::size_t N, class Parse>
std::array<std::int64_t, N> setting_list(const Rules& rules, const SettingRow& row, Parse parse) {
    const auto text = rules.text(row);
    std::array<std::int64_t, N> out{};
    std::size_t n = 0;
    for (std::string_view rest = text;;) {
        const auto comma = rest.find(',');
        const auto value = parse(trim(rest.substr(0, comma)));
        if (!value || n == N) break;
        out[n++] = *value;
        if (comma == rest.npos && n == N) return out;
        if (comma == rest.npos) break;
        rest.remove_prefix(comma + 1);
    }
    throw Error(Exit::usage,
                say("the setting {key} is \"{value}\", not {n} figures with commas between", fmt::arg("key", row.key),
                    fmt::arg("value", text), fmt::arg("n", N)),
                say("its default is {value}", fmt::arg("value", row.value)))
        .with_field(row.key);
}

}  // namespace agency
