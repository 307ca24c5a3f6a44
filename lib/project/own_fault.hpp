// A project that cannot be read holds up no other.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "record/grid.hpp"

namespace agency::project {

/// What is wrong with a project itself where reading it threw, `P9: sentence [CAL-001]`: its plan is none now, or
/// amounts are too large to be added. What is no fault of its data (the file, the disk, a bug) is thrown on.
inline std::string own_fault(std::string_view code, const Error& e) {
    if (e.code != Exit::refused && e.code != Exit::usage) throw e;
    return std::string(code) + ": " + e.what() + (e.rule.empty() ? "" : " [" + e.rule + "]");
}

/// The check of a report that no project was left out for a fault of its own.
inline Check left_out_check(std::string_view name, const std::vector<std::string>& left_out) {
    std::string all;
    for (const auto& one : left_out) all += (all.empty() ? "" : "; ") + one;
    return {std::string(name), all.empty(), all};
}

}  // namespace agency::project
