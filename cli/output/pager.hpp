// What does not fit the screen goes through a pager.
#pragma once
#include <memory>
#include <string>

#include "output/output.hpp"

namespace agency::output {

/// Standard output on a terminal of so many rows: what is longer is given to `command` (a shell's), the rest printed as
/// it is. The pager's reader may leave early: Closed, as of a pipe.
std::unique_ptr<Sink> paged_sink(std::string command, int rows);

}  // namespace agency::output
