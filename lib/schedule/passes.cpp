// The critical path method by the handbook's formulas (§3.2), with pauses (resource calendars).
#include <algorithm>

#include "schedule/pauses.hpp"

namespace agency::schedule {
namespace {

/// What the constraint allows at the latest, with the finish at most `otherwise`.
Bounds latest(const Activity& a, Time otherwise) {
    switch (a.constraint) {
        case Constraint::start_no_later:
        case Constraint::must_start:
            return {a.at, otherwise};
        case Constraint::finish_no_later:
        case Constraint::must_finish:
            return {unbound, std::min(otherwise, a.at)};
        default:
            return {unbound, otherwise};
    }
}

}  // namespace

Schedule passes(const Network& n, const Order& order) {
    const Adjacency in = incoming(n), out = outgoing(n);
    Schedule s;
    s.times.resize(n.activities.size());
    for (const auto i : order.sequence) {
        const Activity& a = n.activities[i];
        Bounds b = released(a);
        for (const auto l : in.of(i)) {
            const Times& before = s.times[n.links[l].from];
            follow(b, n.links[l], before.early_start, before.early_finish);
        }
        Times& t = s.times[i];
        t.early_start = earliest_start(a, b);
        t.early_finish = finish_of(a, t.early_start);
        s.length = std::max(s.length, t.early_finish);
    }
    const Time end = n.deadline.value_or(s.length);
    for (auto it = order.sequence.rbegin(); it != order.sequence.rend(); ++it) {
        const Activity& a = n.activities[*it];
        Times& t = s.times[*it];
        // What only starts others, or is passed by their finish, slips no further than the whole takes.
        Bounds late = latest(a, end), free = {unbound, out.of(*it).empty() ? end : std::max(end, s.length)};
        for (const auto l : out.of(*it)) {
            const Link& link = n.links[l];
            const Times& next = s.times[link.to];
            const Time behind = n.activities[link.to].passes_on ? next.free_float : 0;
            precede(late, link, next.late_start, next.late_finish);
            precede(free, link, next.early_start + behind, next.early_finish + behind);
        }
        t.late_start = latest_start(a, late);
        t.late_finish = finish_of(a, t.late_start);
        t.total_float = t.late_start - t.early_start;
        t.free_float = latest_start(a, free) - t.early_start;
    }
    return s;
}

}  // namespace agency::schedule
