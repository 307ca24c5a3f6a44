#include "kyc/kyc.hpp"
#include "workspace/home_currency.hpp"
#include "workspace/lists.hpp"

namespace agency::kyc {

Policy policy(const Rules& rules, const Currency& currency) {
    Policy p;
    p.from = setting_list<3>(rules, rated_from, parse_whole);
    p.months = setting_list<4>(rules, refresh_months, parse_whole);
    p.factor = setting_list<4>(rules, billing_months, parse_whole);
    p.cap = setting_list<4>(rules, caps, parse_whole);
    p.term_days = setting_list<4>(rules, term_days, parse_whole);
    p.prepaid = setting_list<4>(rules, prepaid, [](std::string_view t) {
        const auto rate = parse_rate(t);
        return rate ? std::optional(rate->ppm) : std::nullopt;
    });
    for (auto& cap : p.cap) cap = limit_in(rules, cap * 100, currency).value_or(0);
    return p;
}

}  // namespace agency::kyc
