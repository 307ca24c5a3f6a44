// Levelling: a plan within what people and things can give. The serial scheme places one activity after another at the
// first time its predecessors and resources allow; several orders are tried, each result is pushed right and left again
// (justified), and the shortest plan wins. Same input, same plan.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "schedule/network.hpp"

namespace agency::schedule {

struct Demand {
    std::uint32_t resource = 0;
    std::int64_t amount = 0;  ///< in every unit of time that the activity takes
};

struct Resource {
    std::int64_t capacity = 0;          ///< in each unit of time
    std::vector<std::int64_t> by_time;  ///< of the first times, where they differ (leave)
    std::int64_t at(Time t) const {
        return t < static_cast<Time>(by_time.size()) ? by_time[static_cast<std::size_t>(t)] : capacity;
    }
};

struct Workload {
    std::vector<Resource> resources;
    std::vector<std::vector<Demand>> demands;  ///< by activity; each resource once
};

struct Levelled {
    std::vector<Time> starts;
    Time length = 0;
    int passes = 0;                    ///< plans that were made
    std::vector<std::uint32_t> never;  ///< what no time has room for, alone or behind the others; then there is no plan
};

/// `passes`: how many plans to make at most; fewer for thousands of activities. Of constraints only earliest times
/// bind. `order` is that of the network, without a circle. Stops early when the plan is as short as the links allow.
Levelled level(const Network& network, const Order& order, const Workload& workload, int passes = 2'000);

/// Whether the plan keeps links and capacities.
bool keeps(const Network& network, const Workload& workload, const std::vector<Time>& starts);

}  // namespace agency::schedule
