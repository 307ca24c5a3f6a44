// PERT: three estimates a activity, the expected length of the critical path and how sure it is (handbook §3.2). All in
// whole numbers; only the normal distribution is not.
#pragma once
#include <cstdint>
#include <vector>

#include "schedule/network.hpp"

namespace agency::schedule {

/// In units of the caller, optimistic <= likely <= pessimistic; three equal ones: nothing is uncertain.
struct Estimate {
    Time optimistic = 0, likely = 0, pessimistic = 0;

    Time expected_sixths() const { return optimistic + 4 * likely + pessimistic; }
    /// ((b - a) / 6)^2 in thirty-sixths of a unit squared.
    Time variance_36() const { return (pessimistic - optimistic) * (pessimistic - optimistic); }
};

struct Pert {
    Schedule schedule;                ///< in sixths of a unit
    std::vector<std::uint32_t> path;  ///< the critical path with the greatest variance, first to last
    Time mean_sixths = 0;             ///< the length of the network by expected durations
    Time variance_36 = 0;             ///< sum on that path
};

/// `estimates` in the order of the network's activities, whose own durations do not count; lags and constraints are
/// in units. Pauses are left out: the estimates are of work.
Pert pert(const Network& network, const Order& order, const std::vector<Estimate>& estimates);

/// The square root of variance_36 / 36 in ten-thousandths of a unit, half up.
std::int64_t deviation(Time variance_36);

/// P(length <= within) in parts per million; `within` in sixths of a unit. Without variance 0 or 1,000,000.
std::int64_t probability(const Pert& p, Time within_sixths);

/// The length in ten-thousandths of a unit that is kept with that probability (parts per million, above 0, below
/// 1,000,000).
std::int64_t length_at(const Pert& p, std::int64_t probability_ppm);

/// The standard normal distribution function.
double normal(double x);

}  // namespace agency::schedule
