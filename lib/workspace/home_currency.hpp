// The agency's own currency, which amounts of settings are in, and what others are worth in it.
#pragma once
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency {

inline constexpr SettingRow home_currency{
    "money.home_currency", "CNY", N_("Currency of the amounts in these settings, ISO 4217"), SettingType::currency};
inline constexpr SettingRow exchange_rates{
    "money.rates", "",
    N_("What one unit of other currencies is worth in the home currency, USD=7.12,JPY=0.048; an amount in a currency "
       "without a rate reaches every limit"),
    SettingType::rates};
inline constexpr SettingRow money_settings[] = {home_currency, exchange_rates};

/// A setting's amount, which is in fen of the home currency, in minor units of another; nothing where no rate of that
/// is set.
std::optional<std::int64_t> limit_in(const Rules& rules, std::int64_t fen, const Currency& currency);
/// Minor units of the one as minor units of the other; nothing where no rate of one of them is set.
std::optional<std::int64_t> convert(const Rules& rules, const Money& money, const Currency& to);
/// A sentence for such a currency: no rate of it is set, and how it is.
std::string no_rate_of(const Rules& rules, const Currency& currency);

}  // namespace agency
