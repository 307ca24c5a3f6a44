// A network of activities: durations, links with lags, constraints. Pure: numbers in, numbers out; calendars, people
// and money are the callers' matter. Times count units from the start at 0; an activity of duration d that starts at s
// takes [s, s + d), and its pauses in between. The unit is the caller's (a work day, a sixth of one).
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace agency::schedule {

using Time = std::int64_t;

/// What of the predecessor what of the successor waits for.
enum class LinkType : std::uint8_t { finish_start, start_start, finish_finish, start_finish };

struct Link {
    std::uint32_t from = 0, to = 0;  ///< indices of activities
    LinkType type = LinkType::finish_start;
    Time lag = 0;  ///< negative: a lead
};

/// An imposed time. `must` ones bind both passes; where links want more, the float becomes negative, never the link
/// wrong.
enum class Constraint : std::uint8_t {
    none,
    start_no_earlier,
    start_no_later,
    finish_no_earlier,
    finish_no_later,
    must_start,
    must_finish,
};

/// Times [from, to) in which nobody works on an activity.
struct Pause {
    Time from = 0, to = 0;
};

struct Activity {
    Time duration = 0;  ///< >= 0, without pauses; 0: a milestone
    Constraint constraint = Constraint::none;
    Time at = 0;  ///< of the constraint
    /// Stands for the start or the finish of several others: the float behind it is theirs too.
    bool passes_on = false;
    /// Ascending, with worked times between them. An activity begins and ends with a time that is worked; a milestone
    /// has no pauses.
    std::vector<Pause> pauses;
};

struct Network {
    std::vector<Activity> activities;
    std::vector<Link> links;
    std::optional<Time> deadline;  ///< of the whole; may lie before what the links want
};

/// Neighbours by activity, each a place in `links` (compressed rows).
struct Adjacency {
    std::vector<std::uint32_t> first, links;
    struct Range {
        const std::uint32_t *begin_, *end_;
        const std::uint32_t* begin() const { return begin_; }
        const std::uint32_t* end() const { return end_; }
        bool empty() const { return begin_ == end_; }
    };
    Range of(std::uint32_t activity) const {
        return {links.data() + first[activity], links.data() + first[activity + 1]};
    }
};
Adjacency incoming(const Network& network);
Adjacency outgoing(const Network& network);

/// An order in which every activity comes after its predecessors (stable: lower index first); or one circle, each
/// activity followed by its successor, the last one's being the first, beginning with the lowest index on it.
struct Order {
    std::vector<std::uint32_t> sequence;
    std::vector<std::uint32_t> circle;  ///< empty: there is none
};
Order order_of(const Network& network);

/// Early and late times, total float LS - ES, and free float: what its start can slip without moving a successor. A
/// finish lies behind the start by the duration and the pauses between them.
struct Times {
    Time early_start = 0, early_finish = 0, late_start = 0, late_finish = 0, total_float = 0, free_float = 0;
    bool critical(Time threshold = 0) const { return total_float <= threshold; }
};

struct Schedule {
    std::vector<Times> times;
    Time length = 0;  ///< the greatest early finish
};

/// Forward and backward pass. `order` is that of the network, without a circle.
Schedule passes(const Network& network, const Order& order);

}  // namespace agency::schedule
