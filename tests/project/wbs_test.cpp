// WBS codes and the texts that link tasks.
#include "project/wbs.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace agency::project;
using agency::schedule::LinkType;

TEST_CASE("WBS codes are ordered as numbers, part by part") {
    CHECK(wbs_before("1.2", "1.10"));
    CHECK_FALSE(wbs_before("1.10", "1.2"));
    CHECK(wbs_before("1", "1.1"));
    CHECK(wbs_before("1.9.9", "2"));
    CHECK(wbs_before("9", "A"));
    CHECK(wbs_before("A", "B"));
    CHECK_FALSE(wbs_before("1.2", "1.2"));
    CHECK(wbs_parent("1.2.3") == "1.2");
    CHECK(wbs_parent("1").empty());
    CHECK(wbs_level("1.2.3") == 2);
}

TEST_CASE("what is no WBS code") {
    for (const char* bad : {"1..2", ".1", "1.", "1 2", "1;2", "1、2"}) CHECK_FALSE(wbs_fault(bad).empty());
    for (const char* good : {"1", "1.2.3", "A", "A-1", "设计.1"}) CHECK(wbs_fault(good).empty());
}

TEST_CASE("links as they are written") {
    const std::set<std::string, std::less<>> tasks{"1.2", "1.3", "A", "T-1", "1.2FS", "设计"};
    const auto known = [&](std::string_view w) { return tasks.contains(w); };
    const auto read = [&](std::string_view t) { return parse_predecessor(t, known); };
    CHECK(read("1.2") == Predecessor{"1.2"});
    CHECK(read(" 1.3FS+2 ") == Predecessor{"1.3", LinkType::finish_start, 2});
    CHECK(read("1.3SS+2") == Predecessor{"1.3", LinkType::start_start, 2});
    CHECK(read("1.3ff-1d") == Predecessor{"1.3", LinkType::finish_finish, -1});
    CHECK(read("1.3 FS + 2") == Predecessor{"1.3", LinkType::finish_start, 2});
    CHECK(read("1.3 SF") == Predecessor{"1.3", LinkType::start_finish, 0});
    CHECK(read("1.3+4") == Predecessor{"1.3", LinkType::finish_start, 4});
    CHECK(read("设计SS+3天") == Predecessor{"设计", LinkType::start_start, 3});
    CHECK(read("T-1") == Predecessor{"T-1"});  // a code, not a lead
    CHECK(read("T-1-1") == Predecessor{"T-1", LinkType::finish_start, -1});
    CHECK(read("1.2FS") == Predecessor{"1.2FS"});
    for (const char* bad : {"", "1.4", "1.3XX", "1.3FS+", "1.3FS+x", "FS", "1.3FS+99999999999999999999"})
        CHECK_FALSE(read(bad));
}

TEST_CASE("links are written as they are read") {
    CHECK(to_text({"1.2"}) == "1.2");
    CHECK(to_text({"1.2", LinkType::finish_start, 2}) == "1.2FS+2");
    CHECK(to_text({"1.3", LinkType::finish_finish, -1}) == "1.3FF-1");
    CHECK(to_text({"1.3", LinkType::start_start, 0}) == "1.3SS");
}

TEST_CASE("lists are split at any of their marks") {
    CHECK(split_list("1.2; 1.3；1.4、A, ") == std::vector<std::string>{"1.2", "1.3", "1.4", "A"});
    CHECK(split_list("").empty());
}
