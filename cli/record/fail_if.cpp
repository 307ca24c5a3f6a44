#include "record/fail_if.hpp"

namespace agency::cli {
namespace {

void test(const Invocation& in, Outcome& outcome, const Grid& grid) {
    const Condition condition(in.get("fail_if"), grid.columns);
    for (std::size_t r = 0; r < grid.rows(); ++r)
        if (condition.holds(grid, r) && outcome.exit == Exit::ok) outcome.exit = Exit::condition;
}

}  // namespace

void fail_if(const Invocation& in, Outcome& outcome) {
    if (!in.has("fail_if")) return;
    Grid totals = outcome.report.totals;
    std::vector<std::size_t> summed;  // whose row it is of a report is no matter of totals
    for (std::size_t c = 0; c < totals.columns.size(); ++c)
        if (totals.columns[c].type != CellType::text || totals.columns[c].key == "currency") summed.push_back(c);
    totals.keep_columns(summed);
    if (totals.rows() == 0)
        for (const auto& c : totals.columns) c.type == CellType::money ? totals.add_money(0, 2) : totals.add_null();
    test(in, outcome, totals);
}

void fail_if_row(const Invocation& in, Outcome& outcome) {
    if (in.has("fail_if")) test(in, outcome, outcome.report.rows);
}

}  // namespace agency::cli
