#include "sqlite/small_blocks.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <boost/pool/simple_segregated_storage.hpp>
#include <cstdlib>
#include <cstring>

namespace agency::sqlite {
namespace {

// A piece stands behind its size: of the whole, in steps of `grain`. An empty list gets `fresh` bytes.
constexpr std::size_t head = 8, grain = 16, largest = 512, fresh = 1024;
using FreePieces = boost::simple_segregated_storage<std::size_t>;
thread_local std::array<FreePieces, largest / grain + 1> lists;

std::size_t whole_size(int n) {
    return (static_cast<std::size_t>(n) + head + grain - 1) / grain * grain;
}
char* begin_of(void* piece) {
    return static_cast<char*>(piece) - head;
}
std::size_t size_of(void* piece) {
    std::size_t size = 0;
    std::memcpy(&size, begin_of(piece), sizeof size);
    return size;
}
void* behind_size(void* begin, std::size_t size) {
    if (!begin) return nullptr;
    std::memcpy(begin, &size, sizeof size);
    return static_cast<char*>(begin) + head;
}

void* allocate(int n) {
    const auto size = whole_size(n);
    if (size > largest) return behind_size(std::malloc(size), size);
    FreePieces& list = lists[size / grain];
    if (list.empty()) {
        const auto many = fresh / size * size;
        void* block = std::malloc(many);
        if (!block) return nullptr;
        list.add_block(block, many, size);
    }
    return behind_size((list.malloc)(), size);
}

void release(void* piece) {
    const auto size = size_of(piece);
    size > largest ? std::free(begin_of(piece)) : (lists[size / grain].free)(begin_of(piece));
}

void* resize(void* piece, int n) {
    const auto old = size_of(piece), size = whole_size(n);
    if (size == old) return piece;
    if (size > largest && old > largest) return behind_size(std::realloc(begin_of(piece), size), size);
    void* moved = allocate(n);
    if (!moved) return nullptr;
    std::memcpy(moved, piece, std::min(old, size) - head);
    release(piece);
    return moved;
}

}  // namespace

void use_small_blocks() {
#ifdef __SANITIZE_ADDRESS__
    constexpr bool watched = true;
#else
    constexpr bool watched = false;
#endif
    static const sqlite3_mem_methods methods{
        allocate,
        release,
        resize,
        [](void* piece) { return piece ? static_cast<int>(size_of(piece) - head) : 0; },
        [](int n) { return static_cast<int>(whole_size(n) - head); },
        [](void*) { return SQLITE_OK; },
        [](void*) {},
        nullptr};
    if (!watched) sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}

}  // namespace agency::sqlite
