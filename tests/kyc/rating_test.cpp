// Rating, limit, exposure and codes of handbook §2.4.
#include "kyc/rating.hpp"

#include <catch2/catch.hpp>

using namespace agency;
using namespace agency::kyc;

TEST_CASE("kyc: letters by points") {
    CHECK(rate({40, 20, 20, 5}) == Rating::a);
    CHECK(rate({40, 20, 20, 4}) == Rating::b);
    CHECK(rate({30, 20, 20, 0}) == Rating::b);
    CHECK(rate({29, 20, 20, 0}) == Rating::c);
    CHECK(rate({15, 20, 20, 0}) == Rating::c);
    CHECK(rate({14, 20, 20, 0}) == Rating::d);
    CHECK(Points{40, 20, 20, 20}.possible());
    CHECK_FALSE(Points{41, 20, 20, 19}.possible());
    CHECK_FALSE(Points{-1, 20, 20, 19}.possible());
}

TEST_CASE("kyc: the limit is the lower of cap and k months of billing") {
    Policy p;
    p.cap = {1'000'000'00, 500'000'00, 100'000'00, 0};
    CHECK(credit_limit(Rating::a, 1'200'000'00, p) == 300'000'00);
    CHECK(credit_limit(Rating::a, 12'000'000'00, p) == 1'000'000'00);
    CHECK(credit_limit(Rating::b, 1'000'000'00, p) == 166'666'67);
    CHECK(credit_limit(Rating::c, 600'000'00, p) == 50'000'00);
    CHECK(credit_limit(Rating::d, 1'200'000'00, p) == 0);
    CHECK(credit_limit(Rating::a, -5, p) == 0);
}

TEST_CASE("kyc: KYC-010 looked at again after 12 or 6 months") {
    const auto day = Date::from_ymd(2026, 8, 31);
    CHECK(next_due(Rating::a, day) == Date::from_ymd(2027, 8, 31));
    CHECK(next_due(Rating::b, day) == Date::from_ymd(2027, 8, 31));
    CHECK(next_due(Rating::c, day) == Date::from_ymd(2027, 2, 28));
    CHECK(next_due(Rating::d, day) == Date::from_ymd(2027, 2, 28));
}

TEST_CASE("kyc: exposure") {
    CHECK(Exposure{100, 50, 30, 20, 15, 5}.sum() == 180);
}

TEST_CASE("kyc: the inner check of the handbook's codes fits") {
    for (const char* code : {"91350100M000100Y43", "91330100799655058B", "9144030071526726XG", "91110108551385082Q",
                             "12100000400000624D", "91110105MA00003490"})
        CHECK(inner_check_fits(code));
    CHECK_FALSE(inner_check_fits("91350100M000100X43"));
    CHECK_FALSE(inner_check_fits("9135"));
}
