#include <catch2/catch.hpp>
#include <cstdint>

#include "record/spool.hpp"

using namespace agency;

namespace {

std::vector<Value> row(std::int64_t n, std::string_view text) {
    return {Value::of(n), Value{}, Value::of(text), Value::of(-n)};
}

}  // namespace

TEST_CASE("what is spooled comes back, from memory and from the file") {
    const std::string longest(70'000, 'x'), edge(245, 'y'), beyond(246, 'z');
    for (const int rows : {3, 20'000}) {
        Spool spool;
        const std::int64_t numbers[] = {0, 1, -1, 127, 128, INT64_MAX, INT64_MIN + 1};
        const std::string_view texts[] = {"", "客户", edge, beyond, longest};
        const auto at = [&](int i) { return row(numbers[i % 7], texts[i % (rows > 100 ? 4 : 5)]); };
        for (int i = 0; i < rows; ++i) spool.put(static_cast<std::uint32_t>(i), at(i));
        for (int again = 0; again < 2; ++again) {
            std::vector<Value> values(4);
            std::uint32_t id = 0;
            int n = 0;
            for (spool.rewind(); spool.get(id, values); ++n) {
                REQUIRE(id == static_cast<std::uint32_t>(n));
                REQUIRE(values == at(n));
            }
            REQUIRE(n == rows);
            spool.resume();
        }
        spool.put(7, at(1));  // more may come after a look
        std::vector<Value> values(4);
        std::uint32_t id = 0;
        int n = 0;
        for (spool.rewind(); spool.get(id, values);) ++n;
        CHECK(n == rows + 1);
    }
}

TEST_CASE("the hash is of the rows, not of how they lay in blocks") {
    Spool a, b, c;
    const std::string text(50, 't');
    for (int i = 0; i < 20'000; ++i) {
        a.put(0, row(i, text));
        b.put(0, row(i, text));
        c.put(0, row(i, i == 19'999 ? "other" : text));
        if (i == 15'000) {  // the file has been begun, and the buffer is half full
            std::vector<Value> values(4);
            std::uint32_t id = 0;
            for (b.rewind(); b.get(id, values);) {
            }
            b.resume();
        }
    }
    const auto hash = a.hash();
    CHECK(hash == b.hash());
    CHECK(hash != c.hash());
}
