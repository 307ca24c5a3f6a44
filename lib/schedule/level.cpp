#include "schedule/level.hpp"

#include <algorithm>
#include <array>

#include "schedule/pauses.hpp"
#include "schedule/serial.hpp"

namespace agency::schedule {
namespace {

/// A sequence of numbers that is the same everywhere (splitmix64).
class Numbers {
public:
    /// 0 … bound - 1.
    Time below(Time bound) {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return bound <= 1 ? 0 : static_cast<Time>((z ^ (z >> 31)) % static_cast<std::uint64_t>(bound));
    }

private:
    std::uint64_t state_ = 1;
};

/// The greatest number of activities that follow one another behind each.
std::vector<Time> followers(const Network& n, const Order& order) {
    const Adjacency out = outgoing(n);
    std::vector<Time> chain(n.activities.size(), 0);
    for (auto it = order.sequence.rbegin(); it != order.sequence.rend(); ++it)
        for (const auto l : out.of(*it)) chain[*it] = std::max(chain[*it], chain[n.links[l].to] + 1);
    return chain;
}

/// The orders of preference that are known to do well: least late finish, late start, float; longest chain behind;
/// greatest rank weight; shortest; as listed.
std::vector<std::vector<Time>> rules(const Network& n, const Order& order, const Schedule& s) {
    const auto count = n.activities.size();
    std::vector<std::vector<Time>> out(7, std::vector<Time>(count, 0));
    const auto chain = followers(n, order);
    for (std::size_t i = 0; i < count; ++i) {
        out[0][i] = s.times[i].late_finish;
        out[1][i] = s.times[i].late_start;
        out[2][i] = s.times[i].total_float;
        out[3][i] = -chain[i];
        out[4][i] = -n.activities[i].duration;
        out[5][i] = n.activities[i].duration;
    }
    for (const Link& l : n.links) out[4][l.from] -= n.activities[l.to].duration;
    return out;
}

class Search {
public:
    Search(const Network& n, const Order& order, const Workload& w, int passes)
        : network_(n), scheme_(n, w), plain_(passes_of(n, order)), left_(passes), order_(order) {}

    Levelled run() {
        Levelled result;
        result.never = scheme_.never();
        if (!result.never.empty()) return result;
        const int all = left_;
        for (const auto& rule : rules(network_, order_, plain_))
            if (more()) attempt(rule);
        const Time spread = std::max<Time>(2, plain_.length);
        constexpr std::array<Time, 4> shares = {4, 8, 16, 32};
        for (int k = 0; more(); ++k) attempt(shaken(k % 2 == 0, std::max<Time>(2, spread / shares[k / 2 % 4])));
        if (best_.empty() && !network_.activities.empty()) result.never = {scheme_.crowded()};
        result.starts = std::move(best_);
        result.length = length_;
        result.passes = all - left_;
        return result;
    }

private:
    static Schedule passes_of(const Network& n, const Order& order) {
        Network free = n;  // where nothing is imposed, late times tell what is urgent
        free.deadline.reset();
        for (Activity& a : free.activities)
            if (a.constraint != Constraint::start_no_earlier && a.constraint != Constraint::finish_no_earlier)
                a.constraint = a.constraint == Constraint::must_start    ? Constraint::start_no_earlier
                               : a.constraint == Constraint::must_finish ? Constraint::finish_no_earlier
                                                                         : Constraint::none;
        return passes(free, order);
    }
    bool more() const { return left_ > 0 && (best_.empty() || length_ > plain_.length); }

    /// Late finishes, or the best plan so far, each shifted by chance.
    std::vector<Time> shaken(bool late, Time spread) {
        std::vector<Time> out(network_.activities.size());
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = (late || best_.empty() ? plain_.times[i].late_finish : best_[i]) + numbers_.below(spread);
        return out;
    }
    void consider(const std::vector<Time>& starts) {
        if (starts.empty()) return;
        const Time length = scheme_.length(starts);
        if (best_.empty() || length < length_) {
            best_ = starts;
            length_ = length;
        }
    }
    void attempt(const std::vector<Time>& preference) {
        auto starts = scheme_.early(preference);
        --left_;
        consider(starts);
        for (int again = 0; again < 2 && !starts.empty() && more(); ++again) {
            auto finish = starts;
            for (std::size_t i = 0; i < finish.size(); ++i) finish[i] = finish_of(network_.activities[i], finish[i]);
            const auto right = scheme_.late(finish, scheme_.length(starts));
            if (right.empty()) return;
            starts = scheme_.early(right);
            --left_;
            consider(starts);
        }
    }

    const Network& network_;
    SerialScheme scheme_;
    Schedule plain_;
    int left_;
    const Order& order_;
    Numbers numbers_;
    std::vector<Time> best_;
    Time length_ = 0;
};

}  // namespace

Levelled level(const Network& n, const Order& order, const Workload& w, int passes) {
    return Search(n, order, w, passes).run();
}

bool keeps(const Network& n, const Workload& w, const std::vector<Time>& starts) {
    for (const Link& l : n.links) {
        Bounds wanted{-unbound, -unbound};
        follow(wanted, l, starts[l.from], finish_of(n.activities[l.from], starts[l.from]));
        if (starts[l.to] < wanted.start || finish_of(n.activities[l.to], starts[l.to]) < wanted.finish) return false;
    }
    std::vector<std::vector<std::int64_t>> used(w.resources.size());
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Activity& a = n.activities[i];
        const Time end = finish_of(a, starts[i]);
        if (starts[i] < 0 || next_worked(a, starts[i]) != starts[i]) return false;
        for (const Demand& d : w.demands[i]) {
            auto& of = used[d.resource];
            if (static_cast<Time>(of.size()) < end) of.resize(static_cast<std::size_t>(end), 0);
            if (!each_worked(a, starts[i], [&](Time t) {
                    return (of[static_cast<std::size_t>(t)] += d.amount) <= w.resources[d.resource].at(t);
                }))
                return false;
        }
    }
    return true;
}

}  // namespace agency::schedule
