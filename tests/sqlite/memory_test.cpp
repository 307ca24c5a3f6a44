#include <sqlite3.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <vector>

#include "sqlite/memory.hpp"

TEST_CASE("the engine's memory keeps what was put into it, through growing, shrinking and giving back") {
    agency::sqlite::set_up_memory();
    struct Piece {
        unsigned char* at;
        int size;
        unsigned char mark;
    };
    std::vector<Piece> pieces;
    unsigned seed = 1;
    const auto random = [&] { return seed = seed * 1103515245u + 12345u, seed >> 8; };
    const auto size = [&] { return static_cast<int>(1 + random() % (random() % 8 ? 200 : 5000)); };
    const auto whole = [](const Piece& p) {
        return std::all_of(p.at, p.at + p.size, [&](unsigned char c) { return c == p.mark; });
    };
    for (int round = 0; round < 20000; ++round) {
        if (pieces.size() < 100 || random() % 3 == 0) {
            const int n = size();
            const auto mark = static_cast<unsigned char>(round);
            auto* const p = static_cast<unsigned char*>(sqlite3_malloc(n));
            REQUIRE(p);
            REQUIRE(reinterpret_cast<std::uintptr_t>(p) % 8 == 0);
            REQUIRE(sqlite3_msize(p) >= static_cast<sqlite3_uint64>(n));
            std::memset(p, mark, static_cast<std::size_t>(n));
            pieces.push_back({p, n, mark});
            continue;
        }
        auto& p = pieces[random() % pieces.size()];
        REQUIRE(whole(p));
        if (random() % 2) {
            const int n = size();
            p.at = static_cast<unsigned char*>(sqlite3_realloc(p.at, n));
            REQUIRE(p.at);
            p.size = std::min(p.size, n);
            REQUIRE(whole(p));
            std::memset(p.at, p.mark, static_cast<std::size_t>(n));
            p.size = n;
        } else {
            sqlite3_free(p.at);
            p = pieces.back();
            pieces.pop_back();
        }
    }
    for (const auto& p : pieces) {
        REQUIRE(whole(p));
        sqlite3_free(p.at);
    }
}
