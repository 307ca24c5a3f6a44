#include "project/network.hpp"

#include <algorithm>
#include <unordered_map>

namespace agency::project {

using schedule::LinkType;
using schedule::Times;

PlanNetwork::PlanNetwork(std::span<const TaskShape> tasks)
    : group(tasks.size(), false),
      leaf_(tasks.size(), none),
      start_(tasks.size(), none),
      finish_(tasks.size(), none),
      below_(tasks.size()) {
    std::unordered_map<std::string_view, std::size_t> at;
    for (std::size_t i = 0; i < tasks.size(); ++i) at.emplace(tasks[i].wbs, i);
    const auto each_above = [&](std::string_view wbs, auto&& visit) {
        for (auto up = wbs_parent(wbs); !up.empty(); up = wbs_parent(up))
            if (const auto it = at.find(up); it != at.end()) visit(it->second);
    };
    for (const TaskShape& t : tasks) {
        each_above(t.wbs, [&](std::size_t g) { group[g] = true; });
        wbs_.push_back(t.wbs);
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (group[i]) continue;
        leaf_[i] = static_cast<std::uint32_t>(network.activities.size());
        network.activities.push_back({tasks[i].duration, tasks[i].constraint, tasks[i].at, false, tasks[i].pauses});
        task_.push_back(i);
        each_above(tasks[i].wbs, [&](std::size_t g) { below_[g].push_back(leaf_[i]); });
    }
    for (std::size_t i = 0; i < tasks.size(); ++i)
        for (const Predecessor& p : tasks[i].after)
            if (const auto it = at.find(p.wbs); it != at.end()) add_link(i, p, it->second);
    order = schedule::order_of(network);
}

std::uint32_t PlanNetwork::stand_in(std::size_t g, bool finish) {
    auto& node = finish ? finish_[g] : start_[g];
    if (node != none) return node;
    node = static_cast<std::uint32_t>(network.activities.size());
    network.activities.push_back({0, schedule::Constraint::none, 0, true});
    task_.push_back(g);
    for (const auto leaf : below_[g])
        network.links.push_back(finish ? schedule::Link{leaf, node} : schedule::Link{node, leaf});
    return node;
}

/// Of a group only the finish is waited for, and only its start waits.
void PlanNetwork::add_link(std::size_t to, const Predecessor& p, std::size_t from) {
    const auto first = group[from] ? stand_in(from, true) : leaf_[from];
    const auto second = group[to] ? stand_in(to, false) : leaf_[to];
    network.links.push_back({first, second, p.type, p.lag});
}

std::string PlanNetwork::circle() const {
    std::string out;
    std::string_view last;
    for (const auto a : order.circle) {
        if (wbs_[task_[a]] == last) continue;
        last = wbs_[task_[a]];
        out += std::string(last) + " → ";
    }
    return order.circle.empty() ? out : out + wbs_[task_[order.circle[0]]];
}

std::vector<Times> PlanNetwork::times(const schedule::Schedule& s) const {
    std::vector<Times> out(wbs_.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (!group[i]) {
            out[i] = s.times[leaf_[i]];
            continue;
        }
        Times& t = out[i] = s.times[below_[i].front()];
        for (const auto leaf : below_[i]) {
            const Times& l = s.times[leaf];
            t.early_start = std::min(t.early_start, l.early_start);
            t.early_finish = std::max(t.early_finish, l.early_finish);
            t.late_start = std::min(t.late_start, l.late_start);
            t.late_finish = std::max(t.late_finish, l.late_finish);
            t.total_float = std::min(t.total_float, l.total_float);
            t.free_float = std::min(t.free_float, l.free_float);
        }
    }
    return out;
}

}  // namespace agency::project
