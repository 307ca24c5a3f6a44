// 招标代理服务收费: the progressive table of 计价格〔2002〕1980号. The price is free since 2016; contracts still refer
// to it.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "record/grid.hpp"

namespace agency::docket {

enum class BidKind : std::uint8_t { goods, service, works };
std::optional<BidKind> bid_kind(std::string_view word);

struct FeeBand {
    std::int64_t from, to;  ///< fen; INT64_MAX: without end
    std::int64_t rate;      ///< ppm
    std::int64_t base;      ///< fen of the award that lie in the band
    std::int64_t fee;       ///< fen, rounded half up
};
/// The bands that an award reaches, lowest first. `award` in fen, > 0. The total is rounded once, so it may differ from
/// the sum of the bands by rounding.
struct Fee {
    std::vector<FeeBand> bands;
    std::int64_t total = 0;
};
Fee bidding_fee(BidKind kind, std::int64_t award);

/// The same as a report; `percent` of the fee is agreed (1,000,000 ppm: the whole).
Report bidding_fee_report(BidKind kind, std::int64_t award, std::int64_t agreed_ppm);
std::vector<GridColumn> bidding_fee_columns();

}  // namespace agency::docket
