// When a decision is not one person's (handbook §2.3, all D): any trigger sends it to the committee.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace agency::intake {

enum class Trigger : std::uint8_t {
    amount,            ///< of the contract
    share_of_revenue,  ///< of last year's revenue
    expected_loss,     ///< direct cost above net revenue
    borderline_score,  ///< weighted score in the band
    residual_risk,     ///< highest P × I that remains
    advance,           ///< 垫资
    low_rating,        ///< client rated C or D
    new_business_line,
    public_project,  ///< state secret, or a major public project
    related_party,
    unlimited_liability,  ///< or a guarantee
    cross_department,     ///< several departments, or foreign law
};

/// The limits; amounts in minor units, scores in tenths, shares in ppm. A limit that is not known is reached by any
/// amount.
struct TriggerLimits {
    std::optional<std::int64_t> amount = 500'000'00, advance = 50'000'00;
    std::int64_t share_of_revenue = 100'000;
    std::int64_t score_from = 600, score_to = 700;
    std::int64_t residual_risk = 10;
};

struct TriggerFacts {
    std::int64_t amount = 0, advance = 0, profit = 0;
    std::optional<std::int64_t> last_year_revenue;  ///< nothing: not known, so no share of it
    std::optional<std::int64_t> score;
    std::int64_t residual_risk = 0;
    bool low_rating = false, new_business_line = false, public_project = false, related_party = false,
         unlimited_liability = false, cross_department = false;
};

/// In the order of Trigger.
std::vector<Trigger> triggers(const TriggerFacts& facts, const TriggerLimits& limits = {});

}  // namespace agency::intake
