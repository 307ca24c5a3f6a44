#include <catch2/catch.hpp>

#include <random>
#include <vector>

#include "base/text.hpp"
#include "record/excel_text.hpp"

using namespace agency;

namespace {

/// As import reads a cell of a file with a BOM.
std::string read_back(const std::string& cell) {
    std::string out;
    return from_excel(cell, out) ? out : cell;
}

}  // namespace

TEST_CASE("a spreadsheet neither obeys nor changes a text, and what is safe stays as it is") {
    struct Case {
        const char *text, *cell;
    };
    for (const auto& [text, cell] : std::vector<Case>{
             {"0012", "=\"0012\""},
             {"913300001234567890", "=\"913300001234567890\""},
             {"123456789012", "=\"123456789012\""},
             {"12345678901", "12345678901"},
             {"0", "0"},
             {"1-2", "=\"1-2\""},
             {"1e5", "=\"1e5\""},
             {"3月1日", "=\"3月1日\""},
             {"3楼", "3楼"},
             {"HT-2026-0001", "HT-2026-0001"},
             {"=1+1", "=\"=1+1\""},
             {"=HYPERLINK(\"x\")", "=\"=HYPERLINK(\"\"x\"\")\""},
             {"+86 138", "=\"+86 138\""},
             {"-", "=\"-\""},
             {"@SUM(A1)", "=\"@SUM(A1)\""},
             {"＝1", "=\"＝1\""},
             {" =1", "=\" =1\""},
             {"\t=1", "'\t=1"},
             {"\rx", "'\rx"},
             {"=a\nb", "'=a\nb"},
             {"'=1", "=\"'=1\""},
             {"'tis", "'tis"},
             {"a=b", "a=b"},
             {"", ""},
         }) {
        CAPTURE(text);
        CHECK(for_excel(text) == cell);
        CHECK(read_back(cell) == text);
    }
    const std::string formula = "=" + std::string(300, 'x');
    CHECK(for_excel(formula) == "'" + formula);
    CHECK(number_for_excel("123456789012345") == "123456789012345");
    CHECK(number_for_excel("-1234567890123.45") == "-1234567890123.45");
    CHECK(number_for_excel("-90071992547409.93") == "=\"-90071992547409.93\"");
}

TEST_CASE("a formula of somebody else is no guard") {
    std::string out;
    for (const char* cell : {"=\"a\"&\"b\"", "=A1", "=\"", "=\"a", "=\"a\"\"", "x", "'x"}) {
        CAPTURE(cell);
        CHECK_FALSE(from_excel(cell, out));
    }
}

TEST_CASE("every text comes back, and none begins a formula but as a text") {
    const std::vector<std::string> pieces{"=", "\"", "'", "+", "-",  "@",  "\t", "\r", "\n",
                                          " ", "0",  "7", "a", "＝", "月", ".",  "e",  "\u3000"};
    std::mt19937 random(20261126);
    for (int n = 0; n < 200000; ++n) {
        std::string text;
        for (auto size = random() % 7; size; --size) text += pieces[random() % pieces.size()];
        const auto cell = for_excel(text);
        if (read_back(cell) != text) {
            CAPTURE(text, cell);
            FAIL();
        }
        const bool guarded = cell != text;
        const auto seen = trim(cell);
        if (!guarded && !seen.empty() && std::string_view("=+-@").find(seen[0]) != std::string_view::npos) {
            CAPTURE(text, cell);
            FAIL();
        }
    }
}
