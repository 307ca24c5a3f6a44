#include "base/date.hpp"

#include <fmt/format.h>

#include <chrono>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

std::chrono::year_month_day civil(Date d) {
    return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{d.days}}};
}

std::optional<Date> make(int y, unsigned m, unsigned d) {
    const std::chrono::year_month_day ymd{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
    if (y < 1 || y > 9999 || !ymd.ok()) return std::nullopt;
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

/// Reads digits off the front; nothing when there are fewer than `least` or more than `most`.
std::optional<int> digits(std::string_view& s, std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (n < s.size() && s[n] >= '0' && s[n] <= '9') {
        if (n == most) return std::nullopt;
        value = value * 10 + (s[n++] - '0');
    }
    if (n < least) return std::nullopt;
    s.remove_prefix(n);
    return value;
}

bool eat(std::string_view& s, std::string_view prefix) {
    if (!s.starts_with(prefix)) return false;
    s.remove_prefix(prefix.size());
    return true;
}

/// A midnight that spreadsheets add to a day.
bool is_midnight(std::string_view s) {
    return s.empty() || s == " 00:00" || s == " 00:00:00" || s == "T00:00:00" || s == " 0:00" || s == " 0:00:00" ||
           s == "T00:00";
}

constexpr std::int64_t second = 1'000'000, day_micros = 86'400 * second;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

}  // namespace

Date Date::from_ymd(int y, unsigned m, unsigned d) {
    if (const auto date = make(y, m, d)) return *date;
    throw Error(Exit::usage, say("there is no day {y}-{m}-{d}", fmt::arg("y", y), fmt::arg("m", m), fmt::arg("d", d)));
}

int Date::year() const {
    return static_cast<int>(civil(*this).year());
}
unsigned Date::month() const {
    return static_cast<unsigned>(civil(*this).month());
}
unsigned Date::day() const {
    return static_cast<unsigned>(civil(*this).day());
}
Date Date::first_of_month() const {
    return month_of(*this).first();
}
Date Date::last_of_month() const {
    return month_of(*this).last();
}

Date add_months(Date d, int n) {
    const Month m{month_of(d).index + n};
    const Date first = m.first();
    return first + std::min<std::int32_t>(static_cast<std::int32_t>(d.day()) - 1, m.last() - first);
}

Date add_years(Date d, int n) {
    return add_months(d, 12 * n);
}

std::optional<Date> parse_iso_date(std::string_view s) {
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
    bool digits = true;
    const auto digit = [&](std::size_t n) {
        const auto value = static_cast<unsigned>(static_cast<unsigned char>(s[n])) - '0';
        digits = digits && value <= 9;
        return value;
    };
    const auto year = 1000 * digit(0) + 100 * digit(1) + 10 * digit(2) + digit(3);
    const auto month = 10 * digit(5) + digit(6), day = 10 * digit(8) + digit(9);
    return digits ? make(static_cast<int>(year), month, day) : std::nullopt;
}

std::optional<Date> parse_date(std::string_view text) {
    text = trim(text);
    if (const auto d = parse_iso_date(text)) return d;
    std::string narrow;
    if (first_invalid_utf8(text) != text.npos) return std::nullopt;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) {
            narrow = fold(text);
            text = narrow;
            break;
        }
    std::string_view s = text;
    const auto before = s.size();
    const auto y = digits(s, 4, 8);
    const auto length = before - s.size();
    // Years are written with four digits that mean it: 0026 is 26 again.
    if (!y || (length != 4 && length != 8) || (length == 8 ? *y / 10000 : *y) < 1000) return std::nullopt;
    if (*y > 9999)
        return is_midnight(s) ? make(*y / 10000, static_cast<unsigned>(*y / 100 % 100), static_cast<unsigned>(*y % 100))
                              : std::nullopt;
    std::string_view between = "-";
    if (eat(s, "年"))
        between = "月";
    else if (eat(s, "/"))
        between = "/";
    else if (eat(s, "."))
        between = ".";
    else if (!eat(s, "-"))
        return std::nullopt;
    const auto m = digits(s, 1, 2);
    if (!m || !eat(s, between)) return std::nullopt;
    const auto d = digits(s, 1, 2);
    if (!d) return std::nullopt;
    if (between == "月") eat(s, "日") || eat(s, "号");
    return is_midnight(s) ? make(*y, static_cast<unsigned>(*m), static_cast<unsigned>(*d)) : std::nullopt;
}

std::optional<Date> parse_date(std::string_view text, std::string_view pattern) {
    std::string_view s = trim(text);
    int y = -1, m = -1, d = -1;
    while (!pattern.empty()) {
        const auto part = [&](std::string_view mark, int* into, std::size_t least, std::size_t most) {
            if (!pattern.starts_with(mark)) return 0;
            pattern.remove_prefix(mark.size());
            // Where another part follows at once, the width alone tells where this one ends.
            const bool joined = !pattern.empty() && std::string_view("YMDhms").find(pattern[0]) != pattern.npos;
            auto own = joined ? s.substr(0, most) : s;
            const auto v = digits(own, least, most);
            if (!v || (joined && !own.empty())) return -1;
            s = joined ? s.substr(std::min(most, s.size())) : own;
            if (into) *into = *v;
            return 1;
        };
        int done = 0;
        for (const auto& [mark, into, least, most] : {std::tuple{"YYYY", &y, 4u, 4u},
                                                      {"MM", &m, 2u, 2u},
                                                      {"M", &m, 1u, 2u},
                                                      {"DD", &d, 2u, 2u},
                                                      {"D", &d, 1u, 2u},
                                                      {"hh", static_cast<int*>(nullptr), 1u, 2u},
                                                      {"mm", static_cast<int*>(nullptr), 2u, 2u},
                                                      {"ss", static_cast<int*>(nullptr), 2u, 2u}}) {
            done = part(mark, into, least, most);
            if (done != 0) break;
        }
        if (done < 0) return std::nullopt;
        if (done > 0) continue;
        if (s.empty() || s[0] != pattern[0]) return std::nullopt;
        s.remove_prefix(1);
        pattern.remove_prefix(1);
    }
    if (!s.empty() || y < 0 || m < 0 || d < 0) return std::nullopt;
    return make(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
}

void write_iso(Date date, char out[10]) {
    const auto ymd = civil(date);
    const int y = static_cast<int>(ymd.year());
    const unsigned m = static_cast<unsigned>(ymd.month()), d = static_cast<unsigned>(ymd.day());
    const auto digit = [](auto v) { return static_cast<char>('0' + v % 10); };
    out[0] = digit(y / 1000);
    out[1] = digit(y / 100);
    out[2] = digit(y / 10);
    out[3] = digit(y);
    out[4] = out[7] = '-';
    out[5] = digit(m / 10);
    out[6] = digit(m);
    out[8] = digit(d / 10);
    out[9] = digit(d);
}

std::string to_string(Date d) {
    std::string out(10, '0');
    write_iso(d, out.data());
    return out;
}

Date Month::first() const {
    using namespace std::chrono;  // also of a month that no date can be written of, past the year 9999
    const year_month_day day{year{index / 12}, month{static_cast<unsigned>(index % 12) + 1}, std::chrono::day{1}};
    return Date{static_cast<std::int32_t>(sys_days{day}.time_since_epoch().count())};
}
Date Month::last() const {
    return Month{index + 1}.first() + -1;
}
Month month_of(Date d) {
    return {d.year() * 12 + static_cast<int>(d.month()) - 1};
}

std::optional<Month> parse_month(std::string_view s) {
    if (s.size() != 7) return std::nullopt;
    const auto d = parse_iso_date(std::string(s) + "-01");
    return d ? std::optional(month_of(*d)) : std::nullopt;
}

std::string to_string(Month m) {
    return fmt::format("{:04}-{:02}", m.index / 12, m.index % 12 + 1);
}

std::optional<Instant> parse_instant(std::string_view s) {
    if (s.size() < 17) return std::nullopt;
    const auto d = parse_iso_date(s.substr(0, 10));
    if (!d || (s[10] != 'T' && s[10] != ' ')) return std::nullopt;
    s.remove_prefix(11);
    const auto h = digits(s, 2, 2);
    if (!h || *h > 23 || !eat(s, ":")) return std::nullopt;
    const auto m = digits(s, 2, 2);
    if (!m || *m > 59) return std::nullopt;
    std::int64_t micros = d->days * day_micros + (*h * 3600 + *m * 60) * second;
    if (eat(s, ":")) {
        const auto sec = digits(s, 2, 2);
        if (!sec || *sec > 59) return std::nullopt;
        micros += *sec * second;
        if (eat(s, ".")) {
            std::int64_t unit = second;
            std::size_t n = 0;
            for (; n < s.size() && s[n] >= '0' && s[n] <= '9'; ++n) micros += (s[n] - '0') * (unit /= 10);
            if (n == 0 || n > 6) return std::nullopt;
            s.remove_prefix(n);
        }
    }
    const auto zone = parse_zone(s);
    return zone ? std::optional(Instant{micros - *zone * 60 * second}) : std::nullopt;
}

std::string to_string(Instant t) {
    const auto days = floor_div(t.micros, day_micros);
    const auto rest = t.micros - days * day_micros;
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", to_string(Date{static_cast<std::int32_t>(days)}),
                       rest / (3600 * second), rest / (60 * second) % 60, rest / second % 60, rest % second);
}

std::string to_string(Instant t, std::int32_t zone) {
    const auto local = to_string(Instant{t.micros + zone * 60 * second});
    return fmt::format("{}{}{:02}:{:02}", local.substr(0, 19), zone < 0 ? '-' : '+', std::abs(zone) / 60,
                       std::abs(zone) % 60);
}

std::optional<std::int32_t> parse_zone(std::string_view s) {
    if (s == "Z") return 0;
    if (s.size() != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':') return std::nullopt;
    std::string_view h = s.substr(1, 2), m = s.substr(4, 2);
    const auto hours = digits(h, 2, 2), minutes = digits(m, 2, 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    return (s[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

Date day_of(Instant t, std::int32_t zone) {
    return {static_cast<std::int32_t>(floor_div(t.micros + zone * 60 * second, day_micros))};
}

}  // namespace agency
