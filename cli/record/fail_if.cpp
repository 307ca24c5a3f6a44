#include "record/fail_if.hpp"

namespace agency::cli {

void fail_if(const Invocation& in, Outcome& outcome) {
    if (!in.has("fail_if")) return;
    Grid totals = outcome.report.totals;
    if (totals.rows() == 0)
        for (const auto& c : totals.columns) c.type == CellType::money ? totals.add_money(0, 2) : totals.add_null();
    const Condition condition(in.get("fail_if"), totals.columns);
    for (std::size_t r = 0; r < totals.rows(); ++r)
        if (condition.holds(totals, r) && outcome.exit == Exit::ok) outcome.exit = Exit::condition;
}

}  // namespace agency::cli
