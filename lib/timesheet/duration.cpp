#include "timesheet/duration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/money.hpp"

namespace agency::timesheet {
namespace {

constexpr std::int64_t most = 100'000;  // of anything, so that no product overflows

/// A whole number at the beginning, which is taken off; nothing when there is none.
std::optional<std::int64_t> number(std::string_view& text) {
    std::int64_t n = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (fault != std::errc() || n < 0 || n > most || text.front() == '-') return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return n;
}

bool skip(std::string_view& text, std::string_view mark) {
    if (!text.starts_with(mark)) return false;
    text.remove_prefix(mark.size());
    return true;
}

bool skip_any(std::string_view& text, std::initializer_list<std::string_view> marks) {
    return std::any_of(marks.begin(), marks.end(), [&](auto m) { return skip(text, m); });
}

}  // namespace

namespace {

/// `1.5h`: hours with decimals; nothing when it is not that.
std::optional<std::int64_t> decimal_hours(std::string_view text) {
    for (const std::string_view unit : {"hours", "hour", "h", "H", "小时"}) {
        if (!text.ends_with(unit)) continue;
        text.remove_suffix(unit.size());
        const auto n = parse_amount(text, 2);
        const bool plain = text.find_first_not_of("0123456789.") == text.npos;
        return plain && n.fault == AmountFault::none && n.value <= most ? std::optional(n.value) : std::nullopt;
    }
    return {};
}

}  // namespace

std::optional<std::int64_t> read_hours(std::string_view written) {
    std::string close;  // blanks between numbers and units say nothing
    for (const char c : written)
        if (c != ' ') close += c;
    if (std::any_of(written.begin(), written.end(), [](char c) { return c == ' '; }) &&
        close.find_first_not_of("0123456789.:-") == close.npos)
        return {};  // `7 30` is no number
    std::string_view text = close;
    if (text.empty()) return {};
    if (const auto n = decimal_hours(text)) return n;
    const auto first = number(text);
    if (!first || text.empty()) return {};  // a plain number is read as a decimal
    std::int64_t minutes = *first;
    if (!skip_any(text, {"minutes", "mins", "min", "m", "分钟", "分"})) {
        const bool colon = skip(text, ":");
        if (!colon && !skip_any(text, {"hours", "hour", "h", "H", "小时"})) return {};
        minutes *= 60;
        if (colon || !text.empty()) {
            const auto size = text.size();
            const auto rest = text.empty() ? std::nullopt : number(text);
            if (!rest || *rest > 59 || (colon && size != 2)) return {};
            minutes += *rest;
            if (!colon) skip_any(text, {"minutes", "mins", "min", "m", "分钟", "分"});
        }
    }
    if (!text.empty()) return {};
    return mul_div_half_up(minutes, 100, 60);
}

std::optional<std::int32_t> read_clock(std::string_view text) {
    if (text.size() < 4 || text.size() > 5 || text[text.size() - 3] != ':') return {};
    auto hours = text.substr(0, text.size() - 3), minutes = text.substr(text.size() - 2);
    const auto h = number(hours), m = number(minutes);
    if (!h || !m || !hours.empty() || !minutes.empty() || *m > 59 || *h * 60 + *m > 48 * 60) return {};
    return static_cast<std::int32_t>(*h * 60 + *m);
}

std::string clock_text(std::int32_t minutes) {
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::int64_t hours_of_minutes(std::int64_t minutes) {
    return std::max(step, mul_div_half_up(minutes, 4, 60) * step);
}

std::int64_t worth(std::int64_t hours, std::int64_t hourly) {
    return mul_div_half_up(hours, hourly, 100);
}

}  // namespace agency::timesheet
