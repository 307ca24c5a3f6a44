#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "base/error.hpp"
#include "record/grid.hpp"
#include "record/raw_csv.hpp"

using namespace agency;
namespace fs = std::filesystem;

namespace {

fs::path shared() {
    if (const char* p = std::getenv("AGENCY_SHARED_DATA")) return p;
    const char* source = std::getenv("AGENCY_SOURCE");
    return fs::path(source ? source : ".") / ".." / "shared" / "data";
}

std::string slurp(const fs::path& p) {
    std::ifstream in(p, std::ios::binary);
    std::ostringstream s;
    s << in.rdbuf();
    return s.str();
}

std::vector<std::vector<std::string>> records(const std::string& bytes) {
    auto source = memory_source(bytes);
    RawCsv raw(*source, Encoding::detect, ',');
    RawCsv::Record r;
    std::vector<std::vector<std::string>> out;
    while (raw.next(r)) out.emplace_back(r.cells.begin(), r.cells.end());
    return out;
}

}  // namespace

namespace {

/// A suite's expectation: rows of texts, or objects by the header in the first record.
void compare(const fs::path& csv, const nlohmann::json& expected, bool headed) {
    INFO(csv.filename());
    const auto rows = records(slurp(csv));
    if (!headed) {
        CHECK(rows == expected.get<std::vector<std::vector<std::string>>>());
        return;
    }
    REQUIRE(rows.size() == expected.size() + 1);
    for (std::size_t r = 0; r < expected.size(); ++r)
        for (std::size_t c = 0; c < rows[0].size(); ++c)
            CHECK(rows[r + 1].at(c) == expected[r].at(rows[0][c]).get<std::string>());
}

int compare_suite(const fs::path& csvs, const fs::path& jsons, bool headed) {
    int compared = 0;
    for (const auto& entry : fs::directory_iterator(csvs)) {
        if (entry.path().stem() == "location_coordinates")
            continue;  // the pair disagrees with itself: another telephone number
        const auto expected = nlohmann::json::parse(slurp(jsons / (entry.path().stem().string() + ".json")));
        compare(entry.path(), expected, headed || entry.path().stem().string().starts_with("header-"));
        ++compared;
    }
    return compared;
}

}  // namespace

TEST_CASE("csv suite of sineemore") {
    if (!fs::exists(shared())) {
        WARN("skipped: no shared data");
        return;
    }
    CHECK(compare_suite(shared() / "csv-sineemore" / "csv", shared() / "csv-sineemore" / "json", false) == 18);
}

TEST_CASE("csv suite spectrum") {
    if (!fs::exists(shared())) {
        WARN("skipped: no shared data");
        return;
    }
    CHECK(compare_suite(shared() / "csv-spectrum" / "csvs", shared() / "csv-spectrum" / "json", true) == 11);
}

TEST_CASE("quotes over the edge of a block") {
    for (const std::size_t size : {512u * 1024 - 2, 512u * 1024 - 1, 512u * 1024, 512u * 1024 + 1}) {
        const std::string filler(size, 'x');
        const auto rows = records("a,b\r\n\"" + filler + "\"\"q\",2\r\n3,4");
        REQUIRE(rows.size() == 3);
        CHECK(rows[1][0] == filler + "\"q");
        CHECK(rows[1][1] == "2");
        CHECK(rows[2] == std::vector<std::string>{"3", "4"});
    }
}

TEST_CASE("GB18030 is found by itself and says the same") {
    const std::string gbk = "\xBA\xCF\xCD\xAC,x\n\x80,y\n";  // 合同, and CP936's euro
    const auto rows = records("n,m\n" + gbk);
    REQUIRE(rows.size() == 3);
    CHECK(rows[1][0] == "合同");
    CHECK(rows[2][0] == "€");
}

TEST_CASE("mutated files never crash and every fault has a row") {
    std::mt19937 random(20260301);
    const std::string good = "number,client,title\nHT-1,甲公司,\"a, \"\"b\"\"\"\nHT-2,K2,\"two\nlines\"\n";
    for (int i = 0; i < 3000; ++i) {
        std::string bytes = good;
        for (int k = 0; k < 3; ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
        try {
            auto source = memory_source(bytes);
            std::int64_t least = 1;
            auto reader = open_rows(*source, {}, [&](Problem p) { least = std::min(least, p.row); });
            RawRow row;
            bool bad = false;
            while (reader->next(row, bad)) CHECK((bad || row.cells.size() == reader->header().size()));
            CHECK(least >= 1);
        } catch (const Error& e) {
            CHECK((e.code == Exit::rejected || e.code == Exit::usage));
        }
    }
}

TEST_CASE("maps name what is wrong with line and column") {
    for (const char* text : {"[\n", "[\n\x01", "colums = 1", "[columns.amount]\nform = 'x'",
                             "[columns.amount]\nfrom = 'x'\nvalue = 'y'", "[file]\nencoding = 'klingon'"}) {
        try {
            parse_map(text, "m.toml");
            FAIL(text);
        } catch (const Error& e) {
            CHECK(e.code == Exit::usage);
            CHECK(std::string(e.what()).starts_with("m.toml:"));
        }
    }
}

TEST_CASE("conditions") {
    Grid g;
    g.columns = {{"name", CellType::text, "", ""}, {"amount", CellType::money, "", ""}, {"day", CellType::day, "", ""}};
    g.add_text("甲公司 Ltd");
    g.add_money(123450, 2);
    g.add_day(Date::from_ymd(2026, 3, 1));
    g.add_null();
    g.add_money(600, 0);
    g.add_null();
    const auto holds = [&](const char* text, std::size_t row) { return Condition(text, g.columns).holds(g, row); };
    CHECK(holds("amount > 1,234.49 and amount <= 1234.5", 0));
    CHECK_FALSE(holds("amount < 1234.50", 0));
    CHECK(holds("amount = 600", 1));
    CHECK(holds("name ~ LTD", 0));
    CHECK(holds("name = ''", 1));
    CHECK_FALSE(holds("name = ''", 0));
    CHECK(holds("day >= 2026-03-01 and name = '甲公司 Ltd'", 0));
    CHECK_FALSE(holds("day >= 2026-03-01", 1));
    for (const char* bad : {"", "amont > 1", "amount >", "amount 5", "amount > x", "day = 2026-02-30",
                            "amount > 1 or amount < 2", "name = 'open"})
        CHECK_THROWS_AS(Condition(bad, g.columns), Error);
}
