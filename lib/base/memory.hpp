// Memory asked for ahead: where a page that is touched first costs more than the work on it.
#pragma once
#include <cstddef>

namespace agency {

/// Once at the start: memory that is let go stays with the program instead of being fetched anew, page by page.
void keep_memory();

/// Once before a data file is opened: the program's own pages and the heap of a short command, each in one call
/// (measured on a virtual machine: 14 µs a page that is touched first, 0.5 µs in one call).
void fetch_memory();

/// The heap will grow by about so many bytes. A wrong guess costs time or memory, nothing else.
void expect_memory(std::size_t bytes);

}  // namespace agency
