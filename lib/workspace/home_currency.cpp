#include "workspace/home_currency.hpp"

namespace agency {
namespace {

/// 10^digits: minor units of one unit.
std::int64_t unit_of(const Currency& c) {
    std::int64_t unit = 1;
    for (int i = 0; i < c.digits(); ++i) unit *= 10;
    return unit;
}

/// Millionths of the home currency that one unit is worth.
std::optional<std::int64_t> worth(const Rules& rules, const Currency& c) {
    if (c.code() == rules.text(home_currency)) return 1'000'000;
    for (const auto& [currency, rate] : parse_rates(rules.text(exchange_rates)).value_or(Rates{}))
        if (currency == c) return rate;
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> limit_in(const Rules& rules, std::int64_t fen, const Currency& currency) {
    const auto rate = worth(rules, currency);
    if (!rate) return std::nullopt;
    return mul_div_half_up(fen, unit_of(currency) * 1'000'000, 100 * *rate);
}

std::optional<std::int64_t> convert(const Rules& rules, const Money& money, const Currency& to) {
    if (money.currency == to) return money.minor;
    const auto from_rate = worth(rules, money.currency), to_rate = worth(rules, to);
    if (!from_rate || !to_rate) return std::nullopt;
    return mul_div_half_up(money.minor, unit_of(to) * *from_rate, unit_of(money.currency) * *to_rate);
}

std::string no_rate_of(const Rules& rules, const Currency& currency) {
    return say("no rate of {currency} in {home} is set; the setting money.rates takes it as {currency}=RATE",
               fmt::arg("currency", currency.code()), fmt::arg("home", rules.text(home_currency)));
}

}  // namespace agency
