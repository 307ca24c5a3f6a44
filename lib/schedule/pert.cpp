#include "schedule/pert.hpp"

#include <algorithm>
#include <cmath>

#include "schedule/pauses.hpp"

namespace agency::schedule {
namespace {

constexpr std::uint32_t nobody = UINT32_MAX;

/// Backward along links that leave no slack between critical activities; of several paths the one that varies most.
void trace(const Network& n, const Order& order, const std::vector<Estimate>& estimates, Pert& p) {
    const Adjacency in = incoming(n);
    std::vector<Time> sum(n.activities.size(), 0);
    std::vector<std::uint32_t> before(n.activities.size(), nobody);
    std::uint32_t last = nobody;
    const auto& times = p.schedule.times;
    for (const auto i : order.sequence) {
        for (const auto l : in.of(i)) {
            const auto from = n.links[l].from;
            Bounds wanted{-unbound, -unbound};
            follow(wanted, n.links[l], times[from].early_start, times[from].early_finish);
            if (wanted.start != times[i].early_start && wanted.finish != times[i].early_finish) continue;
            if (before[i] == nobody || sum[from] > sum[before[i]]) before[i] = from;
        }
        sum[i] = estimates[i].variance_36() + (before[i] == nobody ? 0 : sum[before[i]]);
        if (times[i].early_finish == p.schedule.length && (last == nobody || sum[i] > sum[last])) last = i;
    }
    for (auto i = last; i != nobody; i = before[i]) p.path.push_back(i);
    std::reverse(p.path.begin(), p.path.end());
    p.variance_36 = last == nobody ? 0 : sum[last];
}

/// z with normal(z) = p, by halving: 60 steps are more than a double holds.
double quantile(double p) {
    double low = -40, high = 40;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (normal(middle) < p ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace

Pert pert(const Network& network, const Order& order, const std::vector<Estimate>& estimates) {
    Network n = network;
    for (std::size_t i = 0; i < n.activities.size(); ++i) {
        n.activities[i].duration = estimates[i].expected_sixths();
        n.activities[i].at *= 6;
        n.activities[i].pauses.clear();
    }
    for (Link& l : n.links) l.lag *= 6;
    if (n.deadline) *n.deadline *= 6;
    Pert p;
    p.schedule = passes(n, order);
    p.mean_sixths = p.schedule.length;
    trace(n, order, estimates, p);
    return p;
}

std::int64_t deviation(Time variance_36) {
    // half up of sqrt(v) * 10000 / 6: the greatest r with (2 r - 1)^2 * 36 <= v * 4 * 10^8
    const auto fits = [&](std::int64_t r) {
        const auto twice = static_cast<__int128>(2 * r - 1);
        return r == 0 || twice * twice * 36 <= static_cast<__int128>(variance_36) * 400'000'000;
    };
    auto r = static_cast<std::int64_t>(std::sqrt(static_cast<double>(variance_36)) * 10'000 / 6);
    while (!fits(r)) --r;
    while (fits(r + 1)) ++r;
    return r;
}

double normal(double x) {
    return std::erfc(-x / std::sqrt(2.0)) / 2;
}

std::int64_t probability(const Pert& p, Time within) {
    if (p.variance_36 == 0) return within >= p.mean_sixths ? 1'000'000 : 0;
    const double z = static_cast<double>(within - p.mean_sixths) / std::sqrt(static_cast<double>(p.variance_36));
    return std::llround(normal(z) * 1'000'000);
}

std::int64_t length_at(const Pert& p, std::int64_t ppm) {
    const double z = quantile(static_cast<double>(ppm) / 1'000'000);
    const double sixths = static_cast<double>(p.mean_sixths) + z * std::sqrt(static_cast<double>(p.variance_36));
    return std::llround(sixths * 10'000 / 6);
}

}  // namespace agency::schedule
