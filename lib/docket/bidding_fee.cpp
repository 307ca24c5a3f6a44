#include "docket/bidding_fee.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/translate.hpp"

namespace agency::docket {
namespace {

constexpr std::int64_t wan = 10'000'00;  // fen
constexpr std::int64_t million = 1'000'000;

/// Upper bounds and rates, in ppm, of goods, service, works. The printed table jumps from 100,000 to 1,000,000 万元;
/// the rate of the band below is taken in between.
struct Band {
    std::int64_t to;
    std::int64_t rate[3];
};
constexpr Band table[] = {
    {100 * wan, {15'000, 15'000, 10'000}}, {500 * wan, {11'000, 8'000, 7'000}},   {1'000 * wan, {8'000, 4'500, 5'500}},
    {5'000 * wan, {5'000, 2'500, 3'500}},  {10'000 * wan, {2'500, 1'000, 2'000}}, {1'000'000 * wan, {500, 500, 500}},
    {INT64_MAX, {100, 100, 100}},
};
constexpr std::string_view kinds[] = {"goods", "service", "works"};

}  // namespace

std::optional<BidKind> bid_kind(std::string_view word) {
    for (std::size_t i = 0; i < std::size(kinds); ++i)
        if (kinds[i] == word) return static_cast<BidKind>(i);
    return {};
}

Fee bidding_fee(BidKind kind, std::int64_t award) {
    if (award <= 0) throw Error(Exit::usage, tr("the award is above zero"));
    Fee fee;
    __int128 exact = 0;
    std::int64_t from = 0;
    for (const Band& b : table) {
        const auto base = std::min(award, b.to) - from;
        const auto rate = b.rate[static_cast<std::size_t>(kind)];
        fee.bands.push_back({from, b.to, rate, base, mul_div_half_up(base, rate, million)});
        exact += static_cast<__int128>(base) * rate;
        if (award <= b.to) break;
        from = b.to;
    }
    fee.total = static_cast<std::int64_t>((exact + million / 2) / million);
    return fee;
}

std::vector<GridColumn> bidding_fee_columns() {
    return {
        {"above", CellType::money, "Above", "超过"},      {"up_to", CellType::money, "Up to", "至"},
        {"rate", CellType::ratio, "Rate", "费率"},        {"base", CellType::money, "In the band", "本档金额"},
        {"fee", CellType::money, "Fee", "收费"},          {"agreed_rate", CellType::ratio, "Agreed part", "约定比例"},
        {"agreed", CellType::money, "Agreed", "约定收费"}};
}

Report bidding_fee_report(BidKind kind, std::int64_t award, std::int64_t agreed_ppm) {
    const auto fee = bidding_fee(kind, award);
    Report report;
    report.shape = Report::Shape::report;
    report.name = "docket.fee";
    report.parameters = {{"kind", std::string(kinds[static_cast<std::size_t>(kind)])},
                         {"amount", to_plain(award, 2)},
                         {"currency", "CNY"},
                         {"source", "计价格〔2002〕1980号"}};
    report.rows.columns = report.totals.columns = bidding_fee_columns();
    auto& g = report.rows;
    for (const FeeBand& b : fee.bands) {
        g.add_money(b.from, 2);
        b.to == INT64_MAX ? g.add_null() : g.add_money(b.to, 2);
        g.add_rate(b.rate);
        g.add_money(b.base, 2);
        g.add_money(b.fee, 2);
        g.add_null();
        g.add_null();
    }
    auto& t = report.totals;
    for (int i = 0; i < 3; ++i) t.add_null();
    t.add_money(award, 2);
    t.add_money(fee.total, 2);
    t.add_rate(agreed_ppm);
    t.add_money(mul_div_half_up(fee.total, agreed_ppm, million), 2);
    return report;
}

}  // namespace agency::docket
