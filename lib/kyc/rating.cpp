#include "kyc/rating.hpp"

#include <algorithm>

#include "base/money.hpp"

namespace agency::kyc {

std::string_view to_string(Rating r) {
    static constexpr std::string_view letters[] = {"A", "B", "C", "D"};
    return letters[static_cast<std::size_t>(r)];
}

std::int64_t Exposure::sum() const {
    std::int64_t sum = 0;
    for (const auto part : {overdue, not_due, unbilled, advances, -prepaid, -deposits}) sum = add_checked(sum, part);
    return sum;
}

bool Points::possible() const {
    const auto within = [](std::int64_t n, std::int64_t most) { return n >= 0 && n <= most; };
    return within(payment, 40) && within(financial, 20) && within(background, 20) && within(cooperation, 20);
}

Rating rate(const Points& p, const Policy& policy) {
    for (std::size_t i = 0; i < policy.from.size(); ++i)
        if (p.sum() >= policy.from[i]) return static_cast<Rating>(i);
    return Rating::d;
}

std::int64_t credit_limit(Rating r, std::int64_t net_billing, const Policy& policy) {
    const auto i = static_cast<std::size_t>(r);
    return std::min(policy.cap[i], mul_div_half_up(std::max<std::int64_t>(net_billing, 0), policy.factor[i], 12));
}

Date next_due(Rating r, Date refreshed_on, const Policy& policy) {
    return add_months(refreshed_on, static_cast<int>(policy.months[static_cast<std::size_t>(r)]));
}

bool inner_check_fits(std::string_view uscc) {
    static constexpr int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    if (uscc.size() != 18) return false;
    int sum = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const char c = uscc[8 + i];
        sum += weights[i] * (c >= '0' && c <= '9' ? c - '0' : c - 'A' + 10);
    }
    const int r = 11 - sum % 11;
    return uscc[16] == (r == 10 ? 'X' : r == 11 ? '0' : static_cast<char>('0' + r));
}

}  // namespace agency::kyc
