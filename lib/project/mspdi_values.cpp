#include "project/mspdi_values.hpp"

#include <algorithm>
#include <charconv>

namespace agency::project {
namespace {

constexpr std::int64_t week_of_the_clock = 7 * 24 * 60;

}  // namespace

std::int64_t MspdiDays::days_up(std::int64_t seconds, bool elapsed) const {
    const __int128 n = elapsed ? static_cast<__int128>(seconds) * minutes_per_week : seconds;
    const __int128 d = static_cast<__int128>(minutes_per_day) * 60 * (elapsed ? week_of_the_clock : 1);
    return static_cast<std::int64_t>((n + d - 1) / d);
}

std::int64_t MspdiDays::days_near(std::int64_t tenths, bool elapsed) const {
    const __int128 n = elapsed ? static_cast<__int128>(tenths) * minutes_per_week : tenths;
    const __int128 d = static_cast<__int128>(minutes_per_day) * 10 * (elapsed ? week_of_the_clock : 1);
    return static_cast<std::int64_t>((2 * n + (n < 0 ? -d : d)) / (2 * d));
}

std::optional<std::int64_t> seconds_of(std::string_view text) {
    if (text.empty()) return 0;
    if (!text.starts_with("PT")) return std::nullopt;
    text.remove_prefix(2);
    std::int64_t total = 0;
    std::string_view units = "HMS";
    while (!text.empty()) {
        std::int64_t n = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
        if (error != std::errc() || n < 0 || n > 1'000'000'000) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.starts_with('.')) text.remove_prefix(std::min(text.size(), text.find_first_not_of("0123456789", 1)));
        const auto unit = text.empty() ? units.npos : units.find(text[0]);
        if (unit == units.npos) return std::nullopt;
        total += n * (units[unit] == 'H' ? 3600 : units[unit] == 'M' ? 60 : 1);
        units.remove_prefix(unit + 1);
        text.remove_prefix(1);
    }
    return total;
}

}  // namespace agency::project
