// Memory asked for ahead: where a page that is touched first costs more than the work on it.
#pragma once
#include <cstddef>
#include <cstdlib>

namespace agency {

/// Once at the start: memory that is let go stays with the program instead of being fetched anew, page by page.
void keep_memory();

/// Once before a data file is opened: the heap of a short command in one call. Not the program's own pages: the kernel
/// brings those in groups, and all of them at once cost more than the command (measured: 1 ms of 3.8).
void fetch_memory();

/// The heap will grow by about so many bytes. A wrong guess costs time or memory, nothing else.
void expect_memory(std::size_t bytes);

/// For std::free(); on large pages where the kernel has them and a few are filled: what is looked up all over a table
/// of many megabytes finds its page sooner (a third of the time, measured). Throws std::bad_alloc.
void* allocate_table(std::size_t bytes);

/// Of a vector that is such a table.
template <class T>
struct TableAllocator {
    using value_type = T;
    TableAllocator() = default;
    template <class U>
    TableAllocator(const TableAllocator<U>&) {}
    T* allocate(std::size_t n) { return static_cast<T*>(allocate_table(n * sizeof(T))); }
    void deallocate(T* p, std::size_t) { std::free(p); }
    friend bool operator==(const TableAllocator&, const TableAllocator&) { return true; }
};

}  // namespace agency
