#include "record/sheet_number.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/date.hpp"

namespace agency {
namespace {

/// All digits, no exponent, as few as tell the number apart.
std::string shortest(double d) {
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, d, std::chars_format::fixed).ptr;
    return std::string(digits, end);
}

/// A spreadsheet shows 15 digits. More of them are the rest of a binary sum, but where at most three are decimals, as
/// an amount of money may have: then they count as `written`.
std::string decimal(double d, std::string_view written) {
    auto text = shortest(d == 0 ? 0 : d);
    const auto point = text.find('.');
    if (point == text.npos) return text;
    std::size_t digits = 0;
    for (const char c : text) digits += c >= '0' && c <= '9' && (c != '0' || digits > 0);
    if (digits <= 15) return text;
    if (text.size() - point - 1 <= 3)
        return written.find_first_not_of("-.0123456789") == written.npos ? std::string(written) : text;
    const auto rounded = fmt::format("{:.15g}", d);
    std::from_chars(rounded.data(), rounded.data() + rounded.size(), d);
    return shortest(d);
}

std::string percent(std::string text) {
    const std::string sign = text[0] == '-' ? "-" : "";
    text.erase(0, sign.size());
    auto point = text.find('.');
    if (point == text.npos) point = text.size();
    std::string whole = text.substr(0, point), rest = point < text.size() ? text.substr(point + 1) : "";
    rest.resize(std::max<std::size_t>(rest.size(), 2), '0');
    whole += rest.substr(0, 2);
    rest.erase(0, 2);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    return sign + whole + (rest.empty() ? "" : "." + rest) + "%";
}

}  // namespace

SheetFormat builtin_format(int id) {
    const auto in = [id](int from, int to) { return id >= from && id <= to; };
    if (id == 22) return SheetFormat::instant;
    if (in(18, 21) || in(32, 33) || in(45, 47) || in(55, 56)) return SheetFormat::time;
    if (in(14, 17) || in(27, 31) || in(34, 36) || in(50, 54) || in(57, 58)) return SheetFormat::day;
    return id == 9 || id == 10 ? SheetFormat::percent : SheetFormat::number;
}

SheetFormat format_of(std::string_view code) {
    bool day = false, time = false, month = false, per_cent = false;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = static_cast<char>(code[i] >= 'A' && code[i] <= 'Z' ? code[i] | 0x20 : code[i]);
        if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '[') {  // a colour, a locale, a condition; [h] counts hours
            const auto end = std::min(code.find(']', i), code.size());
            const auto inside = code.substr(i + 1, end - i - 1);
            time = time || (!inside.empty() && inside.find_first_not_of("hHmMsS") == inside.npos);
            i = end;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (code.substr(i, 7) == "General") {
            i += 6;
        } else if (c == 'e' && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) {
            ++i;
        } else {
            day = day || c == 'y' || c == 'd' || c == 'e';
            time = time || c == 'h' || c == 's';
            month = month || c == 'm';
            per_cent = per_cent || c == '%';
        }
    }
    if (day || (month && !time)) return time ? SheetFormat::instant : SheetFormat::day;
    return time ? SheetFormat::time : per_cent ? SheetFormat::percent : SheetFormat::number;
}

bool SheetNumbers::text_of(std::string_view value, SheetFormat format, std::string& out) const {
    double d = 0;
    const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), d);
    if (ec != std::errc{} || end != value.data() + value.size() || !std::isfinite(d)) {
        out = value;
        return true;
    }
    constexpr double last_serial = 2958466;  // the day after 9999-12-31
    if ((format != SheetFormat::day && format != SheetFormat::instant && format != SheetFormat::time) || d < 0 ||
        d >= last_serial) {
        out = decimal(d, value);
        if (format == SheetFormat::percent) out = percent(std::move(out));
        return std::abs(d) < 1e15;
    }
    auto seconds = static_cast<std::int64_t>(std::llround((d - std::floor(d)) * 86400));
    auto serial = static_cast<std::int32_t>(std::floor(d));
    if (seconds == 86400) ++serial, seconds = 0;
    const auto clock = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (format == SheetFormat::time) {
        out = fmt::format("{:02}{}", serial * 24 + seconds / 3600, clock.substr(2));
        return true;
    }
    const auto epoch = from_1904 ? Date::from_ymd(1904, 1, 1) : Date::from_ymd(1899, 12, serial < 60 ? 31 : 30);
    out = serial == 0 && !from_1904    ? decimal(d, value)
          : serial == 60 && !from_1904 ? "1900-02-29"
                                       : to_string(epoch + serial);
    if (format == SheetFormat::instant && seconds > 0) out += " " + clock;
    return true;
}

}  // namespace agency
