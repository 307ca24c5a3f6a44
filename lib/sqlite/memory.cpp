#include "sqlite/memory.hpp"

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace agency::sqlite {
namespace {

// Before each piece stands its size; a piece begins at a multiple of 8, which is all that the engine asks for.
constexpr int step = 16, largest = 1024, head = 8;
constexpr std::size_t chunk = std::size_t{32} << 10;

struct Free {
    Free* next;
};
// A thread has its own; a piece that another gives back stays with that one.
thread_local std::array<Free*, largest / step + 1> lists;  // by size / step
thread_local char* fresh = nullptr;
thread_local std::size_t left = 0;

int rounded(int n) {
    return n <= largest ? (n + step - 1) / step * step : (n + 7) / 8 * 8;
}
std::int64_t& size_before(void* p) {
    return *reinterpret_cast<std::int64_t*>(static_cast<char*>(p) - head);
}

void* take(int wanted) {
    const int n = rounded(wanted);
    const auto bytes = static_cast<std::size_t>(n + head);
    char* block;
    if (n > largest) {
        block = static_cast<char*>(std::malloc(bytes));
        if (!block) return nullptr;
    } else if (Free*& first = lists[static_cast<std::size_t>(n / step)]; first) {
        void* const p = first;
        first = first->next;
        return p;
    } else {
        if (left < bytes) {  // the rest of the old chunk is lost, less than a piece
            fresh = static_cast<char*>(std::malloc(chunk));
            left = fresh ? chunk : 0;
            if (!fresh) return nullptr;
        }
        block = fresh;
        fresh += bytes;
        left -= bytes;
    }
    void* const p = block + head;
    size_before(p) = n;
    return p;
}

void give(void* p) {
    const auto n = size_before(p);
    if (n > largest) {
        std::free(static_cast<char*>(p) - head);
        return;
    }
    auto* const piece = static_cast<Free*>(p);
    Free*& first = lists[static_cast<std::size_t>(n / step)];
    piece->next = first;
    first = piece;
}

int size_of(void* p) {
    return p ? static_cast<int>(size_before(p)) : 0;
}

void* resize(void* p, int wanted) {
    const auto have = size_before(p);
    if (have > largest && wanted > largest) {
        const int n = rounded(wanted);
        auto* const block =
            static_cast<char*>(std::realloc(static_cast<char*>(p) - head, static_cast<std::size_t>(n + head)));
        if (!block) return nullptr;
        size_before(block + head) = n;
        return block + head;
    }
    if (have <= largest && wanted <= have) return p;
    void* const into = take(wanted);
    if (!into) return nullptr;
    std::memcpy(into, p, static_cast<std::size_t>(have < wanted ? have : wanted));
    give(p);
    return into;
}

}  // namespace

void set_up_memory() {
#ifndef __SANITIZE_ADDRESS__
    static constexpr sqlite3_mem_methods methods = {
        take, give, resize, size_of, rounded, [](void*) { return SQLITE_OK; }, [](void*) {}, nullptr};
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
#endif
}

}  // namespace agency::sqlite
