// The serial scheme of levelling: one plan from one order of preference.
#pragma once
#include <vector>

#include "schedule/level.hpp"

namespace agency::schedule {

class SerialScheme {
public:
    SerialScheme(const Network& network, const Workload& workload);

    /// Activities that no time has room for, even alone.
    std::vector<std::uint32_t> never() const;
    /// Of those whose predecessors are placed, the one with the least preference is next; each starts as early as it
    /// can. Empty when one found no room.
    std::vector<Time> early(const std::vector<Time>& preference);
    /// From the end: of those whose successors are placed, the one with the greatest preference is next; each starts as
    /// late as it can before `end`. Empty when one found no room.
    std::vector<Time> late(const std::vector<Time>& preference, Time end);
    Time length(const std::vector<Time>& starts) const;
    /// What found no room in the last early plan that is empty.
    std::uint32_t crowded() const { return crowded_; }

private:
    /// Whether there is room; else the first time without is the conflict.
    bool fits(std::uint32_t activity, Time start, Time& conflict) const;
    void take(std::uint32_t activity, Time start);
    Time finish(std::uint32_t activity, Time start) const;

    const Network& network_;
    const Workload& workload_;
    Adjacency in_, out_;
    std::vector<Time> release_;  ///< earliest starts, by the constraint alone
    Time horizon_ = 1;
    std::uint32_t crowded_ = 0;
    std::vector<std::vector<std::int64_t>> whole_, left_;  ///< by resource and time
};

}  // namespace agency::schedule
