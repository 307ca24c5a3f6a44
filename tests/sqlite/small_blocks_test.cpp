#include "sqlite/small_blocks.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Piece {
    char* at = nullptr;
    int size = 0;
    char mark = 0;
    bool whole() const { return std::string(at, static_cast<std::size_t>(size)) == std::string(size, mark); }
    void fill(char with) { std::memset(at, mark = with, static_cast<std::size_t>(size)); }
};

}  // namespace

TEST_CASE("pieces keep what is in them while others come, grow, shrink and go") {
    sqlite3_shutdown();  // whatever test ran before
    agency::sqlite::use_small_blocks();
    REQUIRE(sqlite3_initialize() == SQLITE_OK);
    std::mt19937 random(7);
    std::vector<Piece> pieces(300);
    for (int n = 0; n < 30'000; ++n) {
        Piece& p = pieces[random() % pieces.size()];
        if (p.at) REQUIRE(p.whole());
        const int size = 1 + static_cast<int>(random() % (n % 5 ? 200 : 1500));
        const int kept = std::min(p.size, size);
        if (random() % 3 == 0) {
            sqlite3_free(p.at);
            p = {};
        } else {
            p.at = static_cast<char*>(sqlite3_realloc(p.at, size));
            REQUIRE(p.at);
            REQUIRE(sqlite3_msize(p.at) >= static_cast<sqlite3_uint64>(size));
            REQUIRE(reinterpret_cast<std::uintptr_t>(p.at) % 8 == 0);
            REQUIRE(std::string(p.at, static_cast<std::size_t>(kept)) == std::string(kept, p.mark));
            p.size = size;
            p.fill(static_cast<char>(n));
        }
    }
    std::thread([&] {  // what one thread asked for another may let go, and use again
        for (Piece& p : pieces) sqlite3_free(p.at);
        for (Piece& p : pieces) {
            p = {static_cast<char*>(sqlite3_malloc(100)), 100, 0};
            p.fill('x');
        }
    })
        .join();
    for (Piece& p : pieces) {
        REQUIRE(p.whole());
        sqlite3_free(p.at);
    }
}
