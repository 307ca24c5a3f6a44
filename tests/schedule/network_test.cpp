// The critical path: the textbook's networks, the kinds of links, imposed dates, and what a large plan costs.
#include "schedule/network.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <string>

using namespace agency::schedule;

namespace {

struct Named {
    Network network;
    std::map<char, std::uint32_t> at;

    void add(char name, Time duration, const std::string& after = {}) {
        const auto index = static_cast<std::uint32_t>(network.activities.size());
        at[name] = index;
        network.activities.push_back({duration});
        for (const char before : after) network.links.push_back({at.at(before), index});
    }
    Schedule run() const {
        const Order order = order_of(network);
        REQUIRE(order.circle.empty());
        return passes(network, order);
    }
    std::string critical(const Schedule& s) const {
        std::string out;
        for (const auto& [name, index] : at)
            if (s.times[index].critical()) out += name;
        return out;
    }
};

/// As printed by the source: first and last day of 1-based inclusive days, early and late, and slack.
void expect(const Named& n, const Schedule& s, char name, std::array<Time, 5> printed) {
    const Times& t = s.times[n.at.at(name)];
    CAPTURE(name);
    CHECK(std::array<Time, 5>{t.early_start + 1, t.early_finish, t.late_start + 1, t.late_finish, t.total_float} ==
          printed);
}

/// A of `a` days, B of `b`, one link; where B starts and how long the whole is.
std::pair<Time, Time> two(Time a, Time b, LinkType type, Time lag) {
    Named n;
    n.add('A', a);
    n.add('B', b);
    n.network.links.push_back({0, 1, type, lag});
    const auto s = n.run();
    return {s.times[1].early_start, s.length};
}

}  // namespace

TEST_CASE("the handbook's golden network") {
    Named n;
    n.add('A', 3);
    n.add('B', 5, "A");
    n.add('C', 2, "A");
    n.add('D', 4, "BC");
    n.add('E', 6, "C");
    n.add('F', 2, "DE");
    const auto s = n.run();
    CHECK(s.length == 14);
    CHECK(n.critical(s) == "ABDF");
    CHECK(s.times[n.at['C']].total_float == 1);
    CHECK(s.times[n.at['E']].total_float == 1);
    CHECK(s.times[n.at['C']].free_float == 0);
    CHECK(s.times[n.at['E']].free_float == 1);
}

TEST_CASE("textbook network A") {
    Named n;
    n.add('A', 6);
    n.add('B', 11, "A");
    n.add('C', 7, "A");
    n.add('D', 3, "C");
    n.add('E', 2, "BD");
    const auto s = n.run();
    CHECK(s.length == 19);
    CHECK(n.critical(s) == "ABE");
    expect(n, s, 'A', {1, 6, 1, 6, 0});
    expect(n, s, 'B', {7, 17, 7, 17, 0});
    expect(n, s, 'C', {7, 13, 8, 14, 1});
    expect(n, s, 'D', {14, 16, 15, 17, 1});
    expect(n, s, 'E', {18, 19, 18, 19, 0});
}

TEST_CASE("textbook network B") {
    Named n;
    n.add('A', 3);
    n.add('B', 4, "A");
    n.add('C', 2, "A");
    n.add('D', 5, "B");
    n.add('E', 1, "C");
    n.add('F', 2, "C");
    n.add('G', 4, "DE");
    n.add('H', 3, "FG");
    const auto s = n.run();
    CHECK(s.length == 19);
    CHECK(n.critical(s) == "ABDGH");
    expect(n, s, 'C', {4, 5, 10, 11, 6});
    expect(n, s, 'E', {6, 6, 12, 12, 6});
    expect(n, s, 'F', {6, 7, 15, 16, 9});
    expect(n, s, 'H', {17, 19, 17, 19, 0});
}

TEST_CASE("textbook network C") {
    Named n;
    n.add('A', 6);
    n.add('B', 4);
    n.add('C', 3, "A");
    n.add('D', 4, "B");
    n.add('E', 3, "B");
    n.add('F', 10);
    n.add('G', 3, "EF");
    n.add('H', 2, "CD");
    const auto s = n.run();
    CHECK(s.length == 13);
    CHECK(n.critical(s) == "FG");
    expect(n, s, 'A', {1, 6, 3, 8, 2});
    expect(n, s, 'B', {1, 4, 4, 7, 3});
    expect(n, s, 'C', {7, 9, 9, 11, 2});
    expect(n, s, 'D', {5, 8, 8, 11, 3});
    expect(n, s, 'E', {5, 7, 8, 10, 3});
    expect(n, s, 'H', {10, 11, 12, 13, 2});
}

TEST_CASE("the four kinds of links, with lag and lead") {
    CHECK(two(5, 3, LinkType::finish_start, 0) == std::pair<Time, Time>{5, 8});
    CHECK(two(5, 3, LinkType::finish_start, 2) == std::pair<Time, Time>{7, 10});
    CHECK(two(5, 3, LinkType::finish_start, -2) == std::pair<Time, Time>{3, 6});
    CHECK(two(5, 3, LinkType::start_start, 2) == std::pair<Time, Time>{2, 5});
    CHECK(two(5, 3, LinkType::finish_finish, 1) == std::pair<Time, Time>{3, 6});
    CHECK(two(5, 3, LinkType::start_finish, 6) == std::pair<Time, Time>{3, 6});
    CHECK(two(5, 9, LinkType::finish_finish, 1) == std::pair<Time, Time>{0, 9});  // nothing starts before the project
}

TEST_CASE("free float is measured at each link by its kind") {
    Named n;
    n.add('A', 2);
    n.add('B', 3);
    n.add('C', 8);
    n.add('D', 1, "C");
    n.network.links.push_back({0, 3, LinkType::start_start, 1});
    n.network.links.push_back({1, 3, LinkType::finish_finish, 1});
    const auto s = n.run();
    CHECK(s.times[0].free_float == 7);  // ES(D) 8 - lag 1 - ES(A) 0
    CHECK(s.times[1].free_float == 5);  // EF(D) 9 - lag 1 - EF(B) 3
    CHECK(s.times[0].total_float == 7);
    CHECK(s.times[2].free_float == 0);
}

TEST_CASE("free float does not reach beyond the end of the whole") {
    Named n;
    n.add('A', 10);
    n.add('C', 5);
    n.add('B', 1, "C");
    n.network.links.push_back({0, 2, LinkType::start_start, 0});
    const auto s = n.run();
    CHECK(s.length == 10);
    CHECK(s.times[2].early_start == 5);
    CHECK(s.times[0].total_float == 0);
    CHECK(s.times[0].free_float == 0);  // B waits 5 for C, but A would end at 15
    CHECK(s.times[1].free_float == 0);
}

TEST_CASE("a lead, a start-to-finish link and an imposed finish at once") {
    Named n;
    n.add('A', 4);
    n.add('B', 6, "A");
    n.add('C', 3);
    n.network.links[0].lag = -3;                                   // B starts 3 before A ends
    n.network.links.push_back({1, 2, LinkType::start_finish, 5});  // C ends 5 after B starts
    n.network.activities[2].constraint = Constraint::must_finish;
    n.network.activities[2].at = 5;
    const auto s = n.run();
    CHECK(s.times[1].early_start == 1);
    CHECK(s.times[2].early_start == 3);
    CHECK(s.times[2].early_finish == 6);
    CHECK(s.times[2].total_float == -1);  // the link holds, the day is missed by one
    CHECK(s.times[1].late_start == 0);
    CHECK(s.times[0].total_float == -1);
    CHECK(s.times[1].free_float == 0);
    CHECK(s.length == 7);
}

TEST_CASE("a project is as long as what only starts something else") {
    Named n;
    n.add('A', 10);
    n.add('B', 2);
    n.network.links.push_back({0, 1, LinkType::start_start, 1});
    const auto s = n.run();
    CHECK(s.length == 10);
    CHECK(n.critical(s) == "A");
    CHECK(s.times[1].total_float == 7);
}

TEST_CASE("a start not before a day moves, a finish not after one gives negative float") {
    Named n;
    n.add('A', 3);
    n.add('B', 4, "A");
    n.network.activities[1].constraint = Constraint::start_no_earlier;
    n.network.activities[1].at = 5;
    auto s = n.run();
    CHECK(s.times[1].early_start == 5);
    CHECK(s.times[0].total_float == 2);
    n.network.activities[1].constraint = Constraint::finish_no_later;
    n.network.activities[1].at = 5;
    s = n.run();
    CHECK(s.times[1].early_finish == 7);  // the link holds
    CHECK(s.times[1].total_float == -2);
    CHECK(s.times[0].total_float == -2);
    CHECK(s.times[0].critical());
}

TEST_CASE("a must date binds both passes") {
    Named n;
    n.add('A', 3);
    n.add('B', 4, "A");
    n.add('C', 20);
    n.network.activities[1].constraint = Constraint::must_finish;
    n.network.activities[1].at = 12;
    auto s = n.run();
    CHECK(s.times[1].early_start == 8);
    CHECK(s.times[1].late_finish == 12);
    CHECK(s.times[1].total_float == 0);
    CHECK(s.times[0].total_float == 5);
    n.network.activities[1].constraint = Constraint::must_start;
    n.network.activities[1].at = 2;
    s = n.run();
    CHECK(s.times[1].early_start == 3);
    CHECK(s.times[1].total_float == -1);
    n.network.activities[1].constraint = Constraint::none;
    n.network.deadline = 18;
    s = n.run();
    CHECK(s.times[2].total_float == -2);
}

TEST_CASE("PRJ-004: a circle is found and is one circle") {
    Named n;
    for (const char c : {'A', 'B', 'C', 'D', 'E'}) n.add(c, 1);
    n.network.links = {{0, 1}, {1, 2}, {2, 3}, {3, 1}, {3, 4}};
    CHECK(order_of(n.network).circle == std::vector<std::uint32_t>{1, 2, 3});
    n.network.links = {{0, 1}, {1, 2}, {2, 0}};
    CHECK(order_of(n.network).circle == std::vector<std::uint32_t>{0, 1, 2});
    n.network.links = {{2, 2}};
    CHECK(order_of(n.network).circle == std::vector<std::uint32_t>{2});
}

TEST_CASE("a pause within an activity makes it longer, one before it makes it wait") {
    Named n;
    n.add('A', 3);
    n.add('B', 2, "A");
    n.add('C', 4);
    n.network.activities[0].pauses = {{1, 3}};
    n.network.activities[1].pauses = {{5, 6}};
    const auto s = n.run();
    expect(n, s, 'A', {1, 5, 4, 6, 3});  // worked on 0, 3, 4; as well on 3, 4, 5: B waits a day for its people
    expect(n, s, 'B', {7, 8, 7, 8, 0});
    expect(n, s, 'C', {1, 4, 5, 8, 4});
    CHECK(s.times[0].free_float == 3);
    CHECK(s.length == 8);
}

namespace {

bool worked(const Activity& a, Time t) {
    return std::none_of(a.pauses.begin(), a.pauses.end(), [t](const Pause& p) { return p.from <= t && t < p.to; });
}

/// Day by day; nothing where the start is no worked day.
std::optional<Time> finish_by_days(const Activity& a, Time start) {
    if (!worked(a, start)) return {};
    Time t = start;
    for (Time left = a.duration; left > 0; ++t) left -= worked(a, t) ? 1 : 0;
    return t;
}

/// Whether a link holds between what starts and finishes so.
bool holds(const Link& l, Time start, Time finish, Time next_start, Time next_finish) {
    const bool of_start = l.type == LinkType::start_start || l.type == LinkType::start_finish;
    const bool on_start = l.type == LinkType::finish_start || l.type == LinkType::start_start;
    return (on_start ? next_start : next_finish) >= (of_start ? start : finish) + l.lag;
}

}  // namespace

TEST_CASE("times with pauses are those that trying every day finds") {
    std::mt19937 random(20261127);
    const auto below = [&](unsigned n) { return static_cast<Time>(random() % n); };
    for (int round = 0; round < 3'000; ++round) {
        Network n;
        n.activities.resize(5);
        for (Activity& a : n.activities) {
            a.duration = 1 + below(4);
            Time at = below(5) - 1;
            for (auto k = below(3); k > 0; --k) {
                a.pauses.push_back({at, at + 1 + below(3)});
                at = a.pauses.back().to + 1 + below(3);
            }
        }
        for (std::uint32_t to = 1; to < 5; ++to)
            for (std::uint32_t from = 0; from < to; ++from)
                if (below(3) == 0) n.links.push_back({from, to, static_cast<LinkType>(below(4)), below(6) - 2});
        const auto s = passes(n, order_of(n));
        Time length = 0;
        for (std::uint32_t i = 0; i < 5; ++i) {
            const Times& t = s.times[i];
            const auto fits = [&](Time start) {
                const auto finish = finish_by_days(n.activities[i], start);
                return finish && std::all_of(n.links.begin(), n.links.end(), [&](const Link& l) {
                           const Times& before = s.times[l.from];
                           return l.to != i || holds(l, before.early_start, before.early_finish, start, *finish);
                       });
            };
            Time start = 0;
            while (!fits(start)) ++start;
            REQUIRE(t.early_start == start);
            REQUIRE(t.early_finish == finish_by_days(n.activities[i], start));
            length = std::max(length, t.early_finish);
        }
        REQUIRE(s.length == length);
        for (std::uint32_t i = 5; i-- > 0;) {
            const auto latest = [&](bool late) {
                const auto fits = [&](Time start) {
                    const auto finish = finish_by_days(n.activities[i], start);
                    return finish && *finish <= length &&
                           std::all_of(n.links.begin(), n.links.end(), [&](const Link& l) {
                               const Times& next = s.times[l.to];
                               return l.from != i ||
                                      (late ? holds(l, start, *finish, next.late_start, next.late_finish)
                                            : holds(l, start, *finish, next.early_start, next.early_finish));
                           });
                };
                Time start = length;
                while (!fits(start)) --start;
                return start;
            };
            const Times& t = s.times[i];
            REQUIRE(t.late_start == latest(true));
            REQUIRE(t.late_finish == finish_by_days(n.activities[i], t.late_start));
            REQUIRE(t.total_float == t.late_start - t.early_start);
            REQUIRE(t.free_float == latest(false) - t.early_start);
        }
    }
}

TEST_CASE("an empty network has no length") {
    CHECK(passes({}, order_of({})).length == 0);
}

TEST_CASE("ten thousand activities with twenty thousand links are ordered and passed") {
    Network n;
    n.activities.resize(10'000, {2});
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        if (i >= 1) n.links.push_back({i - 1, i});
        if (i >= 100) n.links.push_back({i - 100, i, LinkType::start_start, 1});
    }
    const auto s = passes(n, order_of(n));
    CHECK(s.length == 20'000);
    CHECK(s.times[5000].critical());
}
