#include "schedule/network.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace agency::schedule {
namespace {

Adjacency rows(const Network& n, std::uint32_t Link::*end) {
    Adjacency a;
    a.first.assign(n.activities.size() + 1, 0);
    for (const Link& l : n.links) ++a.first[l.*end + 1];
    for (std::size_t i = 1; i < a.first.size(); ++i) a.first[i] += a.first[i - 1];
    a.links.resize(n.links.size());
    auto next = a.first;
    for (std::uint32_t i = 0; i < n.links.size(); ++i) a.links[next[n.links[i].*end]++] = i;
    return a;
}

/// Of activities that wait for each other: back from any of them along predecessors that wait too, until one comes
/// again.
std::vector<std::uint32_t> circle_among(const Network& n, const std::vector<std::uint32_t>& waits) {
    const Adjacency in = incoming(n);
    const auto start = static_cast<std::uint32_t>(
        std::find_if(waits.begin(), waits.end(), [](std::uint32_t w) { return w > 0; }) - waits.begin());
    std::vector<std::uint32_t> trail;
    std::vector<bool> seen(n.activities.size(), false);
    std::uint32_t at = start;
    while (!seen[at]) {
        seen[at] = true;
        trail.push_back(at);
        for (const auto l : in.of(at))
            if (waits[n.links[l].from] > 0) {
                at = n.links[l].from;
                break;
            }
    }
    std::vector<std::uint32_t> circle(std::find(trail.begin(), trail.end(), at), trail.end());
    std::reverse(circle.begin(), circle.end());
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    return circle;
}

}  // namespace

Adjacency incoming(const Network& n) {
    return rows(n, &Link::to);
}

Adjacency outgoing(const Network& n) {
    return rows(n, &Link::from);
}

Order order_of(const Network& n) {
    const Adjacency out = outgoing(n);
    std::vector<std::uint32_t> waits(n.activities.size(), 0);
    for (const Link& l : n.links) ++waits[l.to];
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
    for (std::uint32_t i = 0; i < waits.size(); ++i)
        if (waits[i] == 0) ready.push(i);
    Order order;
    order.sequence.reserve(waits.size());
    while (!ready.empty()) {
        const auto i = ready.top();
        ready.pop();
        order.sequence.push_back(i);
        for (const auto l : out.of(i))
            if (--waits[n.links[l].to] == 0) ready.push(n.links[l].to);
    }
    if (order.sequence.size() < waits.size()) order.circle = circle_among(n, waits);
    return order;
}

}  // namespace agency::schedule
