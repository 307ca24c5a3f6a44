#include "schedule/serial.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace agency::schedule {

SerialScheme::SerialScheme(const Network& n, const Workload& w)
    : network_(n), workload_(w), in_(incoming(n)), out_(outgoing(n)) {
    for (const Link& l : n.links) {
        distance_.push_back(start_distance(n, l));
        horizon_ += std::max<Time>(0, l.lag);
    }
    for (const Activity& a : n.activities) {
        const bool finish = a.constraint == Constraint::finish_no_earlier || a.constraint == Constraint::must_finish;
        const bool start = a.constraint == Constraint::start_no_earlier || a.constraint == Constraint::must_start;
        release_.push_back(std::max<Time>(0, finish ? a.at - a.duration : start ? a.at : 0));
        horizon_ += a.duration;
    }
    const Time released = release_.empty() ? 0 : *std::max_element(release_.begin(), release_.end());
    Time varies = 0;
    for (const Resource& r : w.resources) varies = std::max(varies, static_cast<Time>(r.by_time.size()));
    horizon_ += std::max(released, varies);
    for (const Resource& r : w.resources) {
        auto& of = whole_.emplace_back(r.by_time);
        of.resize(static_cast<std::size_t>(horizon_), r.capacity);
    }
}

bool SerialScheme::fits(std::uint32_t i, Time start, Time& conflict) const {
    for (const Demand& d : workload_.demands[i]) {
        const auto& left = left_[d.resource];
        for (Time t = start; t < start + network_.activities[i].duration; ++t)
            if (left[static_cast<std::size_t>(t)] < d.amount) {
                conflict = t;
                return false;
            }
    }
    return true;
}

void SerialScheme::take(std::uint32_t i, Time start) {
    for (const Demand& d : workload_.demands[i])
        for (Time t = start; t < start + network_.activities[i].duration; ++t)
            left_[d.resource][static_cast<std::size_t>(t)] -= d.amount;
}

std::vector<std::uint32_t> SerialScheme::never() const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < network_.activities.size(); ++i) {
        Time run = 0;
        const Time duration = network_.activities[i].duration;
        for (Time t = release_[i]; t < horizon_ && run < duration; ++t) {
            const bool room = std::all_of(
                workload_.demands[i].begin(), workload_.demands[i].end(),
                [&](const Demand& d) { return whole_[d.resource][static_cast<std::size_t>(t)] >= d.amount; });
            run = room ? run + 1 : 0;
        }
        if (run < duration) out.push_back(i);
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
        Time start = release_[i], conflict = 0;
        for (const auto l : in_.of(i)) start = std::max(start, starts[network_.links[l].from] + distance_[l]);
        const Time duration = network_.activities[i].duration;
        while (start + duration <= horizon_ && !fits(i, start, conflict)) start = conflict + 1;
        if (start + duration > horizon_) return {};
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
        Time start = end - network_.activities[i].duration, conflict = 0;
        for (const auto l : out_.of(i)) start = std::min(start, starts[network_.links[l].to] - distance_[l]);
        while (start >= release_[i] && !fits(i, start, conflict)) --start;
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
    for (std::size_t i = 0; i < starts.size(); ++i)
        length = std::max(length, starts[i] + network_.activities[i].duration);
    return length;
}

}  // namespace agency::schedule
