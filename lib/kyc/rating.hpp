// 信用评级 and 信用额度 (handbook §2.4, all D): points, letter, terms, limit, exposure, and when to look again.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "base/date.hpp"

namespace agency::kyc {

enum class Rating : std::uint8_t { a, b, c, d };
std::string_view to_string(Rating r);  ///< `A`

/// Points of 100: payment history 40, financial 20, background 20, cooperation 20.
struct Points {
    std::int64_t payment = 0, financial = 0, background = 0, cooperation = 0;
    std::int64_t sum() const { return payment + financial + background + cooperation; }
    bool possible() const;
};

/// D values, by letter; the settings' defaults are these.
struct Policy {
    std::array<std::int64_t, 3> from{85, 70, 55};      ///< points of A, B, C
    std::array<std::int64_t, 4> months{12, 12, 6, 6};  ///< until it is looked at again
    std::array<std::int64_t, 4> factor{3, 2, 1, 0};    ///< k: months of billing that may be open
    std::array<std::int64_t, 4> cap{};                 ///< minor units
    std::array<std::int64_t, 4> term_days{60, 30, 0, 0};
    std::array<std::int64_t, 4> prepaid{0, 0, 500'000, 1'000'000};  ///< ppm
};

Rating rate(const Points& p, const Policy& policy = {});
/// min(cap, k × net billing of 12 months / 12), rounded half up once.
std::int64_t credit_limit(Rating r, std::int64_t net_billing_of_12_months, const Policy& policy);
Date next_due(Rating r, Date refreshed_on, const Policy& policy = {});

/// What a client would owe if it stopped paying today; minor units.
struct Exposure {
    std::int64_t overdue = 0, not_due = 0;  ///< open receivables, by whether they are due
    std::int64_t unbilled = 0;              ///< WIP
    std::int64_t advances = 0;              ///< 垫付
    std::int64_t prepaid = 0;               ///< receipts not allocated
    std::int64_t deposits = 0;              ///< cash held
    std::int64_t sum() const;               ///< Error(usage) when it is more than an amount can be
};

/// The check character inside a USCC, position 17 over 9–16 (GB 11714); only a hint, so a false is a warning.
bool inner_check_fits(std::string_view uscc);

}  // namespace agency::kyc
