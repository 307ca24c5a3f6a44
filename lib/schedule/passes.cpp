// The critical path method by the handbook's formulas (§3.2).
#include <algorithm>

#include "schedule/network.hpp"

namespace agency::schedule {
namespace {

/// The earliest start that the constraint allows.
Time earliest(const Activity& a) {
    switch (a.constraint) {
        case Constraint::start_no_earlier:
        case Constraint::must_start:
            return std::max<Time>(0, a.at);
        case Constraint::finish_no_earlier:
        case Constraint::must_finish:
            return std::max<Time>(0, a.at - a.duration);
        default:
            return 0;
    }
}

/// The latest finish that the constraint allows, at most `otherwise`.
Time latest(const Activity& a, Time otherwise) {
    switch (a.constraint) {
        case Constraint::start_no_later:
        case Constraint::must_start:
            return std::min(otherwise, a.at + a.duration);
        case Constraint::finish_no_later:
        case Constraint::must_finish:
            return std::min(otherwise, a.at);
        default:
            return otherwise;
    }
}

}  // namespace

Schedule passes(const Network& n, const Order& order) {
    const Adjacency in = incoming(n), out = outgoing(n);
    Schedule s;
    s.times.resize(n.activities.size());
    for (const auto i : order.sequence) {
        Times& t = s.times[i];
        t.early_start = earliest(n.activities[i]);
        for (const auto l : in.of(i))
            t.early_start =
                std::max(t.early_start, s.times[n.links[l].from].early_start + start_distance(n, n.links[l]));
        t.early_finish = t.early_start + n.activities[i].duration;
        s.length = std::max(s.length, t.early_finish);
    }
    const Time end = n.deadline.value_or(s.length);
    for (auto it = order.sequence.rbegin(); it != order.sequence.rend(); ++it) {
        Times& t = s.times[*it];
        const Time duration = n.activities[*it].duration;
        t.late_start = latest(n.activities[*it], end) - duration;
        // What only starts others, or is passed by their finish, slips no further than the whole takes.
        t.free_float = (out.of(*it).empty() ? end : std::max(end, s.length)) - t.early_finish;
        for (const auto l : out.of(*it)) {
            const Times& next = s.times[n.links[l].to];
            const Time distance = start_distance(n, n.links[l]);
            t.late_start = std::min(t.late_start, next.late_start - distance);
            const Time behind = n.activities[n.links[l].to].passes_on ? next.free_float : 0;
            t.free_float = std::min(t.free_float, next.early_start - distance - t.early_start + behind);
        }
        t.late_finish = t.late_start + duration;
        t.total_float = t.late_start - t.early_start;
    }
    return s;
}

}  // namespace agency::schedule
