// House settings from agency.toml: each has one row with its default, in the room that it concerns.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/money.hpp"

namespace agency {

enum class SettingType : std::uint8_t {
    text,
    word,      ///< one of `words`
    integer,   ///< a whole number, not negative
    rate,      ///< `25%` or `0.25`
    amount,    ///< of money in the home currency, with at most two decimals
    flag,      ///< `yes` or `no`
    currency,  ///< a code of ISO 4217
    rates,     ///< of currencies, `USD=7.12,JPY=0.048`
};

/// A setting that the files may have. Keys are `section.name`, or a name alone.
struct SettingRow {
    std::string_view key, value;  ///< value: the default, as a file writes it
    const char* meaning;          ///< translated when printed
    SettingType type = SettingType::text;
    std::span<const std::string_view> words{};
    bool own = false;  ///< runs programs, so it counts from the user's own file only
};

/// Currencies, each with what one unit is worth in millionths.
using Rates = std::vector<std::pair<Currency, std::int64_t>>;
/// Reads `USD=7.12,JPY=0.048`, rates above zero with at most six decimals; nothing when it is something else.
std::optional<Rates> parse_rates(std::string_view text);

/// What the value should be, as a sentence; nothing when it can be read.
std::optional<std::string> setting_fault(const SettingRow& row, std::string_view value);

/// The settings in force.
struct Rules {
    std::int32_t zone_minutes = 8 * 60;                      ///< `zone`: a fixed offset
    std::string aging_buckets = "30,60,90,180,365";          ///< `receivable.buckets`
    std::string aging_credits = "own";                       ///< `receivable.credits`: own | net-oldest
    std::map<std::string, std::string, std::less<>> values;  ///< that differ from the default, by key

    std::string_view text(const SettingRow& row) const;
    std::int64_t integer(const SettingRow& row) const;
    Rate rate(const SettingRow& row) const;
    std::int64_t amount(const SettingRow& row) const;  ///< in fen
    bool flag(const SettingRow& row) const { return text(row) == "yes"; }
};

}  // namespace agency
