// Money is int64 minor units with its currency; a rate is parts per million. No floating point anywhere.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace agency {

/// An ISO 4217 code. Default is CNY.
class Currency {
public:
    constexpr Currency() = default;
    /// Upper-case code of ISO 4217, else nothing.
    static std::optional<Currency> parse(std::string_view code);
    std::string_view code() const { return {code_, 3}; }
    int digits() const;  ///< decimals of the minor unit: JPY 0, CNY 2, KWD 3
    bool operator==(const Currency& o) const { return code() == o.code(); }
    auto operator<=>(const Currency& o) const { return code() <=> o.code(); }

private:
    char code_[4] = {'C', 'N', 'Y', 0};
};

/// A code as a number and back, for tables of millions; 0 is no currency.
std::uint32_t packed_code(std::string_view code);
std::string unpacked_code(std::uint32_t packed);

struct Money {
    std::int64_t minor = 0;  ///< e.g. fen
    Currency currency;
    bool operator==(const Money&) const = default;
};

/// Throws Error(bug) when the currencies differ, Error(usage) on overflow.
Money operator+(const Money& a, const Money& b);
Money operator-(const Money& a, const Money& b);
[[noreturn]] void amount_overflow();  ///< throws Error(usage)
/// Throws Error(usage) on overflow.
inline std::int64_t add_checked(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) [[unlikely]]
        amount_overflow();
    return sum;
}

/// Parts per million: 6 % is 60,000.
struct Rate {
    std::int64_t ppm = 0;
    constexpr auto operator<=>(const Rate&) const = default;
};

/// n × num / den, rounded half up in magnitude (2.5 → 3, −2.5 → −3) in 128 bits; throws Error(usage) on overflow.
std::int64_t mul_div_half_up(std::int64_t n, std::int64_t num, std::int64_t den);

/// Why a text is no amount.
enum class AmountFault { none, empty, not_a_number, grouping, exponent, decimals, range, currency };
struct AmountResult {
    std::int64_t value = 0;  ///< in 10^-digits units
    AmountFault fault = AmountFault::none;
};
/// `1234.5`, `1,234.56`, `￥1 234`, `CNY 5`, full-width digits, `(100)` = −100, a leading or trailing sign. Refused:
/// `1e5`, `12,34`, more decimals than `digits` (trailing zeros are no decimals) unless `round`, then half up in
/// magnitude. `scale10` multiplies by 10^scale10 first (万元: 4), so 9.5 万元 is exact.
/// A mark or code that is not one of `currency` (empty: any) is a fault.
AmountResult parse_amount(std::string_view text, int digits, bool round = false, int scale10 = 0,
                          std::string_view currency = {});

/// `6%`, `6 %`, `0.06`, full-width; a bare number ≥ 1 is refused unless `percent` (then `6` is 6 %).
std::optional<Rate> parse_rate(std::string_view text, bool percent = false);

void append_amount(std::string& out, std::int64_t minor, int digits);  ///< as to_plain
std::string to_plain(std::int64_t minor, int digits);                  ///< `1234.50`, `-0.05`
std::string to_grouped(std::int64_t minor, int digits);                ///< `1,234.50`
std::string to_string(const Money& m);                                 ///< `1234.50 CNY`
std::string to_string(Rate r);                                         ///< `0.06`, `0.0005`; from 1 on `150%`

}  // namespace agency
