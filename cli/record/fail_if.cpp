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
    if (totals.rows() == 0)
        for (const auto& c : totals.columns) c.type == CellType::money ? totals.add_money(0, 2) : totals.add_null();
    test(in, outcome, totals);
}

void fail_if_row(const Invocation& in, Outcome& outcome) {
    if (in.has("fail_if")) test(in, outcome, outcome.report.rows);
}

}  // namespace agency::cli
