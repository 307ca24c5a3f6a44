// Memory asked for ahead: where a page that is touched first costs more than the work on it.
#pragma once
#include <cstddef>

namespace agency {

/// Once at the start: memory that is let go stays with the program instead of being fetched anew, page by page.
void keep_memory();

/// Once before a data file is opened: the heap of a short command in one call. Not the program's own pages: the kernel
/// brings those in groups, and all of them at once cost more than the command (measured: 1 ms of 3.8).
void fetch_memory();

/// The heap will grow by about so many bytes. A wrong guess costs time or memory, nothing else.
void expect_memory(std::size_t bytes);

}  // namespace agency
