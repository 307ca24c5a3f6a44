#include "base/memory.hpp"

#include <malloc.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace agency {
namespace {

constexpr std::size_t page = 4096, large = std::size_t{2} << 20, piece = std::size_t{16} << 20, most_pieces = 16;

/// Where a range holds them whole.
void large_pages(std::uintptr_t from, std::uintptr_t to) {
    const auto begin = (from + large - 1) / large * large, end = to / large * large;
    if (end > begin) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

/// The whole pages of a range; an old kernel that does not know how refuses, and they come one by one.
void fetch(const void* from, const void* to) {
#ifdef MADV_POPULATE_WRITE
    const auto begin = (reinterpret_cast<std::uintptr_t>(from) + page - 1) / page * page;
    const auto end = reinterpret_cast<std::uintptr_t>(to) / page * page;
    large_pages(begin, end);
    if (end > begin) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_WRITE);
#endif
}

}  // namespace

void keep_memory() {
    ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
    ::mallopt(M_TOP_PAD, 1 << 20);
    ::mallopt(M_ARENA_MAX, 1);  // a second thread uses the memory that is there
}

void fetch_memory() {
    expect_memory(std::size_t{448} << 10);
}

void expect_memory(std::size_t bytes) {
    std::array<void*, most_pieces> pieces{};
    for (auto& p : pieces) {
        const auto size = std::min(bytes, piece);
        bytes -= size;
        if (size < page || !(p = std::malloc(size))) break;
        fetch(p, static_cast<char*>(p) + size);
    }
    for (void* p : pieces) std::free(p);
}

void* allocate_table(std::size_t bytes) {
    const bool many = bytes >= 2 * large;
    void* p = many ? std::aligned_alloc(large, (bytes + large - 1) / large * large) : std::malloc(bytes);
    if (!p) throw std::bad_alloc();
    if (many) ::madvise(p, bytes / large * large, MADV_HUGEPAGE);
    return p;
}

}  // namespace agency
