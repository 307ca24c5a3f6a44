// A plan as a network: leaves are activities, a group stands for its leaves where something waits for it. Pure.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "project/wbs.hpp"
#include "schedule/network.hpp"

namespace agency::project {

/// What of a task counts for its times.
struct TaskShape {
    std::string wbs;
    schedule::Time duration = 0;  ///< of a leaf
    std::vector<Predecessor> after;
    schedule::Constraint constraint = schedule::Constraint::none;
    schedule::Time at = 0;  ///< of the constraint
    std::vector<schedule::Pause> pauses;
};

class PlanNetwork {
public:
    /// `tasks` in any order; predecessors that are no tasks are left out. A task is a group when another one's code
    /// goes on from its own.
    explicit PlanNetwork(std::span<const TaskShape> tasks);

    schedule::Network network;
    schedule::Order order;
    std::vector<bool> group;  ///< by task

    /// `1.1 → 1.2 → 1.1`; empty when there is no circle.
    std::string circle() const;
    /// Times by task. A group spans its leaves and has the least of their floats.
    std::vector<schedule::Times> times(const schedule::Schedule& s) const;
    /// The activity of a leaf.
    std::uint32_t activity(std::size_t task) const { return leaf_[task]; }
    /// The task that an activity is or stands for.
    std::size_t task(std::uint32_t activity) const { return task_[activity]; }

private:
    void add_link(std::size_t to, const Predecessor& p, std::size_t from);
    std::uint32_t stand_in(std::size_t group, bool finish);

    static constexpr std::uint32_t none = UINT32_MAX;
    std::vector<std::string> wbs_;
    std::vector<std::uint32_t> leaf_, start_, finish_;  ///< activities by task, or none
    std::vector<std::size_t> task_;                     ///< by activity
    std::vector<std::vector<std::uint32_t>> below_;     ///< activities of the leaves below a group, by task
};

}  // namespace agency::project
