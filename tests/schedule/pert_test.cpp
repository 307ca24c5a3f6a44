// PERT: the handbook's figures, and the normal distribution.
#include "schedule/pert.hpp"

#include <catch2/catch.hpp>

using namespace agency::schedule;

namespace {

Pert of(const Network& n, const std::vector<Estimate>& e) {
    return pert(n, order_of(n), e);
}

}  // namespace

TEST_CASE("te and variance of the handbook's estimates") {
    CHECK(Estimate{2, 4, 12}.expected_sixths() == 5 * 6);
    CHECK(Estimate{2, 4, 12}.variance_36() == 100);  // 2.7778 = 100/36
    CHECK(Estimate{3, 5, 7}.expected_sixths() == 5 * 6);
    CHECK(Estimate{3, 5, 7}.variance_36() == 16);  // 0.4444
    CHECK(Estimate{1, 2, 9}.expected_sixths() == 3 * 6);
    CHECK(Estimate{1, 2, 9}.variance_36() == 64);  // 1.7778
}

TEST_CASE("a path has the sum of expectations and variances") {
    Network n;
    n.activities.resize(3);
    n.links = {{0, 1}, {1, 2}};
    const auto p = of(n, {{2, 4, 12}, {3, 5, 7}, {1, 2, 9}});
    CHECK(p.mean_sixths == 13 * 6);
    CHECK(p.variance_36 == 180);  // sigma = sqrt(5)
    CHECK(deviation(p.variance_36) == 22361);
    CHECK(p.path == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(probability(p, 13 * 6) == 500'000);
    CHECK(probability(p, 15 * 6) == 814'453);  // z = 2 / sqrt(5) = 0.894427
    CHECK(probability(p, 11 * 6) == 185'547);
    CHECK(length_at(p, 500'000) == 130'000);
    CHECK(length_at(p, 950'000) == 166'780);  // 13 + 1.644854 * 2.236068
}

TEST_CASE("of paths of one length the less certain one counts") {
    Network n;
    n.activities.resize(4);
    n.links = {{0, 1}, {0, 2}, {1, 3}, {2, 3}};
    const auto p = of(n, {{1, 1, 1}, {3, 5, 7}, {2, 4, 12}, {1, 1, 1}});
    CHECK(p.path == std::vector<std::uint32_t>{0, 2, 3});
    CHECK(p.variance_36 == 100);
    CHECK(p.mean_sixths == 7 * 6);
}

TEST_CASE("without variance a date is kept or not") {
    Network n;
    n.activities.resize(1);
    const auto p = of(n, {{5, 5, 5}});
    CHECK(probability(p, 30) == 1'000'000);
    CHECK(probability(p, 29) == 0);
    CHECK(deviation(0) == 0);
}

TEST_CASE("the normal distribution") {
    CHECK(normal(0) == Approx(0.5));
    CHECK(normal(1) == Approx(0.8413447461));
    CHECK(normal(-1.96) == Approx(0.0249978951));
    CHECK(normal(3) == Approx(0.9986501020));
}

TEST_CASE("a deviation is rounded half up") {
    CHECK(deviation(36) == 10'000);
    CHECK(deviation(100) == 16'667);
    CHECK(deviation(16) == 6'667);
}
