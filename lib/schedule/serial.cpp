#include "schedule/serial.hpp"

#include <algorithm>
#include <functional>
#include <queue>

#include "schedule/pauses.hpp"

namespace agency::schedule {

SerialScheme::SerialScheme(const Network& n, const Workload& w)
    : network_(n), workload_(w), in_(incoming(n)), out_(outgoing(n)) {
    Time varies = 0;
    for (const Link& l : n.links) horizon_ += std::max<Time>(0, l.lag);
    for (const Activity& a : n.activities) {
        release_.push_back(earliest_start(a, released(a)));
        horizon_ += a.duration;
        varies = std::max(varies, release_.back());
        if (!a.pauses.empty()) varies = std::max(varies, a.pauses.back().to);
    }
    for (const Resource& r : w.resources) varies = std::max(varies, static_cast<Time>(r.by_time.size()));
    horizon_ += varies;
    for (const Resource& r : w.resources) {
        auto& of = whole_.emplace_back(r.by_time);
        of.resize(static_cast<std::size_t>(horizon_), r.capacity);
    }
}

Time SerialScheme::finish(std::uint32_t i, Time start) const {
    return finish_of(network_.activities[i], start);
}

bool SerialScheme::fits(std::uint32_t i, Time start, Time& conflict) const {
    for (const Demand& d : workload_.demands[i]) {
        const auto& left = left_[d.resource];
        if (!each_worked(network_.activities[i], start, [&](Time t) {
                conflict = t;
                return left[static_cast<std::size_t>(t)] >= d.amount;
            }))
            return false;
    }
    return true;
}

void SerialScheme::take(std::uint32_t i, Time start) {
    for (const Demand& d : workload_.demands[i])
        each_worked(network_.activities[i], start, [&](Time t) {
            left_[d.resource][static_cast<std::size_t>(t)] -= d.amount;
            return true;
        });
}

std::vector<std::uint32_t> SerialScheme::never() const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < network_.activities.size(); ++i) {
        Time run = 0;
        const Activity& a = network_.activities[i];
        for (Time t = release_[i]; t < horizon_ && run < a.duration; ++t) {
            if (next_worked(a, t) != t) continue;
            const bool room = std::all_of(
                workload_.demands[i].begin(), workload_.demands[i].end(),
                [&](const Demand& d) { return whole_[d.resource][static_cast<std::size_t>(t)] >= d.amount; });
            run = room ? run + 1 : 0;
        }
        if (run < a.duration) out.push_back(i);
    }
    return out;
}

std::vector<Time> SerialScheme::early(const std::vector<Time>& preference) {
    using Next = std::pair<Time, std::uint32_t>;
    std::priority_queue<Next, std::vector<Next>, std::greater<>> ready;
    std::vector<std::uint32_t> waits(preference.size(), 0);
    for (const Link& l : network_.links) ++waits[l.to];
    for (std::uint32_t i = 0; i < waits.size(); ++i)
        if (waits[i] == 0) ready.emplace(preference[i], i);
    left_ = whole_;
    std::vector<Time> starts(preference.size(), 0);
    while (!ready.empty()) {
        const auto i = ready.top().second;
        ready.pop();
        const Activity& a = network_.activities[i];
        Bounds bounds{release_[i], -unbound};
        for (const auto l : in_.of(i)) {
            const auto from = network_.links[l].from;
            follow(bounds, network_.links[l], starts[from], finish(from, starts[from]));
        }
        Time start = earliest_start(a, bounds), conflict = 0;
        while (finish(i, start) <= horizon_ && !fits(i, start, conflict)) start = next_worked(a, conflict + 1);
        if (finish(i, start) > horizon_) {
            crowded_ = i;
            return {};
        }
        take(i, start);
        starts[i] = start;
        for (const auto l : out_.of(i))
            if (--waits[network_.links[l].to] == 0)
                ready.emplace(preference[network_.links[l].to], network_.links[l].to);
    }
    return starts;
}

std::vector<Time> SerialScheme::late(const std::vector<Time>& preference, Time end) {
    using Next = std::pair<Time, std::uint32_t>;
    std::priority_queue<Next> ready;
    std::vector<std::uint32_t> waits(preference.size(), 0);
    for (const Link& l : network_.links) ++waits[l.from];
    for (std::uint32_t i = 0; i < waits.size(); ++i)
        if (waits[i] == 0) ready.emplace(preference[i], i);
    left_ = whole_;
    std::vector<Time> starts(preference.size(), 0);
    while (!ready.empty()) {
        const auto i = ready.top().second;
        ready.pop();
        const Activity& a = network_.activities[i];
        Bounds bounds{unbound, end};
        for (const auto l : out_.of(i)) {
            const auto to = network_.links[l].to;
            precede(bounds, network_.links[l], starts[to], finish(to, starts[to]));
        }
        Time start = latest_start(a, bounds), conflict = 0;
        while (start >= release_[i] && !fits(i, start, conflict)) start = latest_start(a, {start - 1, unbound});
        if (start < release_[i]) return {};
        take(i, start);
        starts[i] = start;
        for (const auto l : in_.of(i))
            if (--waits[network_.links[l].from] == 0)
                ready.emplace(preference[network_.links[l].from], network_.links[l].from);
    }
    return starts;
}

Time SerialScheme::length(const std::vector<Time>& starts) const {
    Time length = 0;
    for (std::uint32_t i = 0; i < starts.size(); ++i) length = std::max(length, finish(i, starts[i]));
    return length;
}

}  // namespace agency::schedule
