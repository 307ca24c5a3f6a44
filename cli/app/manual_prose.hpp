// The prose of man/<noun>.inc, embedded by the build.
#pragma once
#include <string>
#include <string_view>

namespace agency::cli {

/// Empty when there is none.
std::string prose_of(std::string_view noun);

}  // namespace agency::cli
