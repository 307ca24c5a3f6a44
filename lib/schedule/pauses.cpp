#include "schedule/pauses.hpp"

namespace agency::schedule {
namespace {

/// The last end of work that is not after `t`.
Time last_end(const Activity& a, Time t) {
    for (const Pause& p : a.pauses)
        if (p.from < t && t <= p.to) return p.from;
    return t;
}

/// The start of what finishes at an end of work.
Time start_of(const Activity& a, Time finish) {
    Time start = finish - a.duration;
    for (auto p = a.pauses.rbegin(); p != a.pauses.rend(); ++p)
        if (p->to <= finish && p->to > start) start -= p->to - p->from;
    return start;
}

}  // namespace

Time next_worked(const Activity& a, Time t) {
    for (const Pause& p : a.pauses)
        if (p.from <= t && t < p.to) return p.to;
    return t;
}

Time finish_of(const Activity& a, Time start) {
    Time finish = start + a.duration;
    for (const Pause& p : a.pauses)
        if (p.from >= start && p.from < finish) finish += p.to - p.from;
    return finish;
}

Time earliest_start(const Activity& a, const Bounds& b) {
    if (b.finish == -unbound) return next_worked(a, b.start);
    // A finish within a pause: at least one more unit is worked behind it.
    const bool paused = last_end(a, b.finish) != b.finish;
    return next_worked(a, std::max(b.start, start_of(a, paused ? next_worked(a, b.finish) + 1 : b.finish)));
}

Time latest_start(const Activity& a, const Bounds& b) {
    const Time after = next_worked(a, b.start);
    const Time start = after == b.start ? b.start : last_end(a, after) - 1;
    return std::min(start, start_of(a, last_end(a, b.finish)));
}

Bounds released(const Activity& a) {
    switch (a.constraint) {
        case Constraint::start_no_earlier:
        case Constraint::must_start:
            return {std::max<Time>(0, a.at), -unbound};
        case Constraint::finish_no_earlier:
        case Constraint::must_finish:
            return {0, a.at};
        default:
            return {0, -unbound};
    }
}

}  // namespace agency::schedule
