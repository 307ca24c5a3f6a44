// Civil days and UTC instants. Nothing here asks the system clock.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace agency {

/// A civil day of the proleptic Gregorian calendar, 0001-01-01 … 9999-12-31; it has no zone.
struct Date {
    std::int32_t days = 0;  ///< days since 1970-01-01

    constexpr auto operator<=>(const Date&) const = default;
    constexpr Date operator+(std::int32_t n) const { return {days + n}; }
    constexpr std::int32_t operator-(Date other) const { return days - other.days; }

    static Date from_ymd(int year, unsigned month, unsigned day);  ///< throws Error(usage) if impossible
    int year() const;
    unsigned month() const;  ///< 1–12
    unsigned day() const;    ///< 1–31
    Date first_of_month() const;
    Date last_of_month() const;
};

/// 0001-01-01: from here on a correction holds, and what an undo takes back is void.
constexpr Date beginning{-719162};
/// 9999-12-31: no fact takes effect later.
constexpr Date last_day{2932896};

/// The corresponding day n months (years) later; where it does not exist, the last day of that month
/// (Civil Code art. 202: 2026-01-31 + 1 month = 2026-02-28).
Date add_months(Date d, int n);
Date add_years(Date d, int n);

/// `YYYY-MM-DD` exactly, else nothing. The fast path of every import.
std::optional<Date> parse_iso_date(std::string_view text);

/// What people write: ISO, `2026/3/1`, `2026.3.1`, `2026年3月1日`, `20260301`, full-width digits, an ISO day followed
/// by a time of 00:00[:00]. Two-digit years and impossible days give nothing.
std::optional<Date> parse_date(std::string_view text);

/// By a pattern of a map: `YYYY MM M DD D` and literal characters, e.g. `M/D/YYYY`, `DD.MM.YYYY`,
/// `YYYY-MM-DD hh:mm:ss` (a time is read and left out).
std::optional<Date> parse_date(std::string_view text, std::string_view pattern);

std::string to_string(Date d);         ///< `YYYY-MM-DD`
void write_iso(Date d, char out[10]);  ///< the same, without allocation

/// A month, `YYYY-MM`.
struct Month {
    std::int32_t index = 0;  ///< year * 12 + month - 1
    constexpr auto operator<=>(const Month&) const = default;
    Date first() const;
    Date last() const;
};
Month month_of(Date d);
std::optional<Month> parse_month(std::string_view text);
std::string to_string(Month m);

/// A UTC instant in microseconds since 1970-01-01T00:00Z.
struct Instant {
    std::int64_t micros = 0;
    constexpr auto operator<=>(const Instant&) const = default;
};

/// `YYYY-MM-DDTHH:MM[:SS[.ffffff]]` with `Z` or `±HH:MM`; else nothing.
std::optional<Instant> parse_instant(std::string_view text);
/// `YYYY-MM-DDTHH:MM:SS.ffffffZ`, always 27 characters, so that texts sort as instants do.
std::string to_string(Instant t);
/// Shown in a zone: `2026-03-01T08:30:00+08:00` (whole seconds).
std::string to_string(Instant t, std::int32_t zone_minutes);

/// A fixed offset `+08:00`, `-03:30` or `Z` in minutes; else nothing.
std::optional<std::int32_t> parse_zone(std::string_view text);
/// The civil day of an instant at a fixed offset.
Date day_of(Instant t, std::int32_t zone_minutes);

}  // namespace agency
