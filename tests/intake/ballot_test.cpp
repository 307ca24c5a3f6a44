// Quorum, majority and recusal of handbook §2.3.
#include "intake/ballot.hpp"

#include <catch2/catch.hpp>

using namespace agency::intake;

TEST_CASE("ballot: more than half of all eligible, a tie does not pass") {
    CHECK(count({5, 0, 3, 2, 0}, Majority::ordinary) == Outcome::passed);
    CHECK(count({5, 0, 2, 1, 0}, Majority::ordinary) == Outcome::not_passed);  // 3 of 5 came, 2 are no majority of 5
    CHECK(count({4, 0, 2, 2, 0}, Majority::ordinary) == Outcome::not_passed);
    CHECK(count({4, 0, 3, 1, 0}, Majority::ordinary) == Outcome::passed);
}

TEST_CASE("ballot: an abstention counts in the denominator") {
    CHECK(count({5, 0, 2, 0, 3}, Majority::ordinary) == Outcome::not_passed);
    CHECK(count({5, 0, 3, 0, 2}, Majority::ordinary) == Outcome::passed);
}

TEST_CASE("ballot: INT-012 a quorum is more than half") {
    CHECK(count({4, 0, 2, 0, 0}, Majority::ordinary) == Outcome::no_quorum);
    CHECK(count({5, 0, 2, 0, 0}, Majority::ordinary) == Outcome::no_quorum);
}

TEST_CASE("ballot: the recused are out of quorum and denominator; under three it escalates") {
    CHECK(count({5, 2, 2, 0, 0}, Majority::ordinary) == Outcome::passed);  // 2 of 3
    CHECK(count({5, 0, 2, 0, 0}, Majority::ordinary) == Outcome::no_quorum);
    CHECK(count({5, 3, 2, 0, 0}, Majority::ordinary) == Outcome::escalated);
    CHECK(count({2, 0, 2, 0, 0}, Majority::ordinary) == Outcome::escalated);  // two are no committee
}

TEST_CASE("ballot: special matters need two thirds, overriding a knock-out all") {
    CHECK(needed({6, 0, 0, 0, 0}, Majority::special) == 4);
    CHECK(needed({5, 0, 0, 0, 0}, Majority::special) == 4);
    CHECK(needed({7, 0, 0, 0, 0}, Majority::special) == 5);
    CHECK(count({5, 0, 3, 2, 0}, Majority::special) == Outcome::not_passed);
    CHECK(count({5, 0, 4, 1, 0}, Majority::special) == Outcome::passed);
    CHECK(count({5, 0, 4, 0, 1}, Majority::unanimous) == Outcome::not_passed);
    CHECK(count({5, 0, 4, 0, 0}, Majority::unanimous) == Outcome::not_passed);
    CHECK(count({5, 1, 4, 0, 0}, Majority::unanimous) == Outcome::passed);
}

TEST_CASE("ballot: the share of a special matter is the house's, rounded up") {
    CHECK(needed({5, 0, 0, 0, 0}, Majority::special, {3, 4}) == 4);
    CHECK(needed({8, 0, 0, 0, 0}, Majority::special, {3, 4}) == 6);
    CHECK(count({8, 0, 6, 2, 0}, Majority::special, {4, 5}) == Outcome::not_passed);
}

TEST_CASE("ballot: whether votes to come may still carry it") {
    CHECK(open({5, 0, 1, 2, 0}, Majority::ordinary));
    CHECK_FALSE(open({5, 0, 3, 0, 0}, Majority::ordinary));  // carried
    CHECK_FALSE(open({5, 0, 1, 3, 0}, Majority::ordinary));  // lost
    CHECK_FALSE(open({5, 0, 3, 1, 0}, Majority::unanimous));
}
