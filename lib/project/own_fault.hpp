// A project that cannot be read holds up no other.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace agency::project {

/// What is wrong with a project itself where reading it threw, `P9: sentence [CAL-001]`: its plan is none now, or
/// amounts are too large to be added. What is no fault of its data (the file, the disk, a bug) is thrown on.
inline std::string own_fault(std::string_view code, const Error& e) {
    if (e.code != Exit::refused && e.code != Exit::usage) throw e;
    return std::string(code) + ": " + e.what() + (e.rule.empty() ? "" : " [" + e.rule + "]");
}

}  // namespace agency::project
