// Starts and finishes of activities with pauses, and what links want of them.
#pragma once
#include <algorithm>
#include <limits>

#include "schedule/network.hpp"

namespace agency::schedule {

/// No bound at all.
constexpr Time unbound = std::numeric_limits<Time>::max() / 4;

/// The first time from `t` on that is worked.
Time next_worked(const Activity& a, Time t);
/// The finish of what starts at a time that is worked.
Time finish_of(const Activity& a, Time start);

/// What the start and the finish of an activity are not before (forward), or not after (backward).
struct Bounds {
    Time start, finish;
};
/// The first start within bounds from below; -unbound: none.
Time earliest_start(const Activity& a, const Bounds& b);
/// The last start within bounds from above.
Time latest_start(const Activity& a, const Bounds& b);

/// What the constraint allows at the earliest; nothing starts before 0.
Bounds released(const Activity& a);

constexpr bool from_start(LinkType type) {
    return type == LinkType::start_start || type == LinkType::start_finish;
}
constexpr bool to_start(LinkType type) {
    return type == LinkType::finish_start || type == LinkType::start_start;
}
/// Forward: what a link wants of the successor of what starts and finishes so.
inline void follow(Bounds& successor, const Link& l, Time start, Time finish) {
    Time& bound = to_start(l.type) ? successor.start : successor.finish;
    bound = std::max(bound, (from_start(l.type) ? start : finish) + l.lag);
}
/// Backward: what a link leaves to the predecessor of what starts and finishes so.
inline void precede(Bounds& predecessor, const Link& l, Time start, Time finish) {
    Time& bound = from_start(l.type) ? predecessor.start : predecessor.finish;
    bound = std::min(bound, (to_start(l.type) ? start : finish) - l.lag);
}

/// Calls `visit(t)` for each time that is worked of what starts so, until it says false; whether it never did.
template <typename Visit>
bool each_worked(const Activity& a, Time start, Visit&& visit) {
    auto p = a.pauses.begin();
    for (Time t = start, left = a.duration; left > 0; ++t) {
        for (; p != a.pauses.end() && p->to <= t;) ++p;
        if (p != a.pauses.end() && p->from <= t) {
            t = p->to - 1;
            continue;
        }
        if (!visit(t)) return false;
        --left;
    }
    return true;
}

}  // namespace agency::schedule
