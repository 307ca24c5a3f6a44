#include <catch2/catch.hpp>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/money.hpp"
#include "base/text.hpp"

using namespace agency;

TEST_CASE("every day from 1900 to 2100 survives being written and read") {
    for (Date d = Date::from_ymd(1900, 1, 1); d <= Date::from_ymd(2100, 12, 31); d = d + 1) {
        const auto text = to_string(d);
        REQUIRE(parse_iso_date(text) == d);
        REQUIRE(Date::from_ymd(d.year(), d.month(), d.day()) == d);
    }
}

TEST_CASE("days as people write them") {
    const auto day = Date::from_ymd(2026, 3, 1);
    for (const char* text : {"2026-03-01", "2026/3/1", "2026.3.1", "2026年3月1日", "20260301", " 2026-03-01 ",
                             "２０２６-03-01", "2026-03-01 00:00:00"})
        CHECK(parse_date(text) == day);
    for (const char* text :
         {"26-03-01", "2026-02-30", "2025-02-29", "2026-13-01", "2026-3", "1/3/2026", "", "2026-03-01 09:30"})
        CHECK_FALSE(parse_date(text).has_value());
    CHECK(parse_date("3/1/2026", "M/D/YYYY") == day);
    CHECK(parse_date("01.03.2026", "DD.MM.YYYY") == day);
    CHECK_FALSE(parse_date("13/1/2026", "M/D/YYYY").has_value());
}

TEST_CASE("corresponding days") {
    CHECK(to_string(add_months(Date::from_ymd(2026, 1, 31), 1)) == "2026-02-28");
    CHECK(to_string(add_years(Date::from_ymd(2024, 2, 29), 1)) == "2025-02-28");
    CHECK(to_string(add_months(Date::from_ymd(2026, 3, 15), -3)) == "2025-12-15");
}

TEST_CASE("instants and zones") {
    const auto t = parse_instant("2026-03-01T07:30+08:00");
    REQUIRE(t.has_value());
    CHECK(to_string(*t) == "2026-02-28T23:30:00.000000Z");
    CHECK(to_string(day_of(*t, 480)) == "2026-03-01");
    CHECK_FALSE(parse_instant("2026-03-01T07:30").has_value());
    CHECK_FALSE(parse_instant("2026-03-01").has_value());
}

TEST_CASE("amounts") {
    const auto is = [](const char* text, std::int64_t value, int digits = 2) {
        const auto a = parse_amount(text, digits);
        CHECK(a.fault == AmountFault::none);
        CHECK(a.value == value);
    };
    is("1,234.56", 123456);
    is("￥1 234", 123400);
    is("(100)", -10000);
    is("１２３．４５", 12345);
    is("-0.05", -5);
    is("7.500", 750);
    is("600000", 600000, 0);
    is("92233720368547758.07", INT64_MAX);
    const auto fault = [](const char* text, AmountFault f) { CHECK(parse_amount(text, 2).fault == f); };
    fault("1e5", AmountFault::exponent);
    fault("12,34", AmountFault::grouping);
    fault("1.234", AmountFault::decimals);
    fault("92233720368547758.08", AmountFault::range);
    fault("999999999999999999999999999999999999999999", AmountFault::range);
    fault("abc", AmountFault::not_a_number);
    fault("", AmountFault::empty);
    CHECK(parse_amount("9.5", 2, false, 4).value == 9500000);
    CHECK(parse_amount("3784831.2600000002", 2, true).value == 378483126);
}

TEST_CASE("half up in magnitude") {
    CHECK(mul_div_half_up(5, 1, 2) == 3);
    CHECK(mul_div_half_up(-5, 1, 2) == -3);
    CHECK(mul_div_half_up(4, 1, 3) == 1);
    CHECK(mul_div_half_up(10'000'000, 500 * 45, 1'000'000) == 225'000);  // 100,000 at 0.05 % a day for 45 days
    CHECK_THROWS_AS(mul_div_half_up(INT64_MAX, 2, 1), Error);
}

TEST_CASE("currencies are never added") {
    CHECK_THROWS_AS((Money{1, *Currency::parse("CNY")} + Money{1, *Currency::parse("USD")}), Error);
    CHECK(Currency::parse("JPY")->digits() == 0);
    CHECK(Currency::parse("KWD")->digits() == 3);
    CHECK_FALSE(Currency::parse("XYZ").has_value());
    CHECK(to_grouped(-123456789, 2) == "-1,234,567.89");
}

TEST_CASE("rates") {
    CHECK(parse_rate("6%")->ppm == 60000);
    CHECK(parse_rate("0.06")->ppm == 60000);
    CHECK_FALSE(parse_rate("6").has_value());
    CHECK(parse_rate("6", true)->ppm == 60000);
    CHECK(to_string(Rate{60000}) == "0.06");
}

TEST_CASE("text") {
    CHECK(cells("合同") == 4);
    CHECK(cells("e\u0301") == 1);
    CHECK(cells("🇨🇳🇯🇵") == 4);
    CHECK(cells("👨‍👩‍👧‍👦") == 2);
    CHECK(truncate_cells("合同合同", 5) == "合同…");
    CHECK(escape_controls("a\033[31m\n") == "a\\x1b[31m\\n");
    CHECK(match_form("ＡＢＣ （中国）") == "abc(中国)");
    CHECK(first_invalid_utf8("ok 合同") == std::string_view::npos);
    CHECK(first_invalid_utf8("ok \xC0\x80") == 3);
    CHECK(first_invalid_utf8("cut \xE5\x90") == 4);
    CHECK(trim("\u3000 x \u00A0") == "x");
    const std::string_view words[] = {"contract", "client", "invoice"};
    CHECK(nearest("contrat", words) == "contract");
    CHECK(nearest("xyz", words).empty());
}

TEST_CASE("lines break at blanks and beside Chinese, and within a word only where nothing else is left") {
    using Lines = std::vector<std::string>;
    CHECK(wrap_cells("one two three", 9) == Lines{"one two", "three"});
    CHECK(wrap_cells("按 client、contract、project", 20) == Lines{"按 client、", "contract、project"});
    CHECK(wrap_cells("合同编号，日期", 8) == Lines{"合同编", "号，日期"});
    CHECK(wrap_cells("日期（默认）", 6) == Lines{"日期", "（默", "认）"});
    CHECK(wrap_cells("abcdefgh", 3) == Lines{"abc", "def", "gh"});
    CHECK(wrap_cells(" bb，", 3) == Lines{" ", "bb", "，"});
    CHECK(wrap_cells("合同", 1) == Lines{"合", "同"});
    CHECK(wrap_cells("", 5) == Lines{""});
}

TEST_CASE("what is surely NFC stays as it is") {
    for (char32_t c = 0x80; c < 0x11000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        std::string s = "a";
        if (c < 0x800) {
            s += static_cast<char>(0xC0 | c >> 6);
            s += static_cast<char>(0x80 | (c & 63));
        } else if (c < 0x10000) {
            s += static_cast<char>(0xE0 | c >> 12);
            s += static_cast<char>(0x80 | (c >> 6 & 63));
            s += static_cast<char>(0x80 | (c & 63));
        } else
            break;
        if (surely_nfc(s)) REQUIRE(to_nfc(s) == s);
    }
}
