// Levelling on small plans, with leave, and on PSPLIB's networks, of which the optimum is known.
#include "schedule/level.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

using namespace agency::schedule;

namespace {

struct Case {
    Network network;
    Workload workload;
};

/// A project file of PSPLIB: successors, then durations and requests, then what there is.
Case read(const std::filesystem::path& path) {
    Case c;
    std::ifstream in(path);
    REQUIRE(in);
    std::string line;
    enum { head, precedence, requests, availability } part = head;
    while (std::getline(in, line)) {
        if (line.find("PRECEDENCE RELATIONS") != std::string::npos) part = precedence;
        if (line.find("REQUESTS/DURATIONS") != std::string::npos) part = requests;
        if (line.find("RESOURCEAVAILABILITIES") != std::string::npos) part = availability;
        std::istringstream words(line);
        std::vector<Time> n;
        for (Time v = 0; words >> v;) n.push_back(v);
        if (n.empty() || !words.eof()) continue;
        if (part == precedence) {
            c.network.activities.resize(static_cast<std::size_t>(n[0]));
            for (std::size_t i = 3; i < n.size(); ++i)
                c.network.links.push_back({static_cast<std::uint32_t>(n[0] - 1), static_cast<std::uint32_t>(n[i] - 1)});
        } else if (part == requests) {
            c.network.activities[static_cast<std::size_t>(n[0] - 1)].duration = n[2];
            auto& demands = c.workload.demands.emplace_back();
            for (std::size_t r = 3; r < n.size(); ++r)
                if (n[r] > 0) demands.push_back({static_cast<std::uint32_t>(r - 3), n[r]});
        } else if (part == availability) {
            for (const Time v : n) c.workload.resources.push_back({v, {}});
        }
    }
    return c;
}

Case two_at_once() {
    Case c;
    c.network.activities = {{3}, {2}, {2}};
    c.network.links = {{0, 2}};
    c.workload.resources = {{1, {}}};
    c.workload.demands = {{{0, 1}}, {{0, 1}}, {{0, 1}}};
    return c;
}

}  // namespace

TEST_CASE("one person does one thing at a time") {
    const auto c = two_at_once();
    const auto l = level(c.network, order_of(c.network), c.workload);
    CHECK(l.length == 7);
    CHECK(keeps(c.network, c.workload, l.starts));
    CHECK_FALSE(keeps(c.network, c.workload, {0, 0, 3}));
    CHECK_FALSE(keeps(c.network, c.workload, {2, 0, 3}));
}

TEST_CASE("enough people: the critical path") {
    auto c = two_at_once();
    c.workload.resources[0].capacity = 3;
    const auto l = level(c.network, order_of(c.network), c.workload);
    CHECK(l.length == 5);
    CHECK(l.passes == 1);
}

TEST_CASE("nobody works while on leave") {
    auto c = two_at_once();
    c.workload.resources[0].by_time = {0, 0};
    const auto l = level(c.network, order_of(c.network), c.workload);
    CHECK(l.length == 9);
    CHECK(keeps(c.network, c.workload, l.starts));
}

TEST_CASE("what nobody can ever do is named, not planned") {
    auto c = two_at_once();
    c.workload.demands[1][0].amount = 2;
    const auto l = level(c.network, order_of(c.network), c.workload);
    CHECK(l.never == std::vector<std::uint32_t>{1});
    CHECK(l.starts.empty());
}

TEST_CASE("an earliest day and every kind of link are kept") {
    auto c = two_at_once();
    c.network.links = {{0, 1, LinkType::start_start, 1}, {1, 2, LinkType::finish_finish, -1}};
    c.network.activities[2].constraint = Constraint::start_no_earlier;
    c.network.activities[2].at = 8;
    const auto l = level(c.network, order_of(c.network), c.workload);
    CHECK(keeps(c.network, c.workload, l.starts));
    CHECK(l.starts[2] == 8);
}

TEST_CASE("around pauses a plan keeps links and hours, and is no shorter than the critical path") {
    std::mt19937 random(4);
    const auto below = [&](unsigned n) { return static_cast<Time>(random() % n); };
    for (int round = 0; round < 300; ++round) {
        Case c;
        for (std::uint32_t i = 0; i < 8; ++i) {
            Activity a{1 + below(4)};
            if (below(2) == 0) a.pauses = {{below(6), 6 + below(3)}};
            c.network.activities.push_back(a);
            c.workload.demands.push_back({{static_cast<std::uint32_t>(below(2)), 1 + below(2)}});
            for (std::uint32_t from = 0; from < i; ++from)
                if (below(5) == 0) c.network.links.push_back({from, i, static_cast<LinkType>(below(4)), below(4) - 1});
        }
        c.workload.resources = {{2, {}}, {2, {1, 2, 0, 2}}};
        const Order order = order_of(c.network);
        const auto plan = level(c.network, order, c.workload, 20);
        REQUIRE(plan.never.empty());
        REQUIRE(keeps(c.network, c.workload, plan.starts));
        REQUIRE(plan.length >= passes(c.network, order).length);
    }
}

TEST_CASE("PSPLIB j30: the critical path is the file's MPM time, and no plan beats the optimum") {
    const char* given = std::getenv("AGENCY_SHARED_DATA");
    const auto source = std::getenv("AGENCY_SOURCE");
    const auto folder =
        (given ? std::filesystem::path(given) : std::filesystem::path(source ? source : ".") / "../shared/data") /
        "psplib-j30";
    if (!std::filesystem::is_directory(folder)) {
        WARN("skipped: no shared data");
        return;
    }
    std::ifstream expected(folder / "expected.csv");
    std::string line;
    std::getline(expected, line);
    Time above = 0, optima = 0;
    int instances = 0;
    while (std::getline(expected, line)) {
        std::istringstream words(line);
        std::string name, mpm, optimum;
        std::getline(words, name, ',');
        std::getline(words, mpm, ',');
        std::getline(words, optimum, ',');
        const Case c = read(folder / (name + ".sm"));
        const Order order = order_of(c.network);
        CAPTURE(name);
        REQUIRE(c.network.activities.size() == 32);
        CHECK(passes(c.network, order).length == std::stoll(mpm));
        const auto l = level(c.network, order, c.workload);
        CHECK(keeps(c.network, c.workload, l.starts));
        CHECK(l.length >= std::stoll(optimum));
        above += l.length - std::stoll(optimum);
        optima += std::stoll(optimum);
        ++instances;
    }
    CHECK(instances == 10);
    WARN(fmt::format("{} plans: {} days above {} of the optima, {:.2f} %", instances, above, optima,
                     100.0 * static_cast<double>(above) / static_cast<double>(optima)));
    CHECK(above * 100 <= optima);  // within one per cent together
}
