// What holds for the tasks of one project together: links, groups, sums. Pure.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "project/network.hpp"
#include "project/task.hpp"

namespace agency::project {

/// A task of the plan, and where it comes from.
struct Part {
    Task task;
    std::int64_t row = 0;  ///< of the file; 0: stored
};

/// Codes in WBS order.
struct WbsOrder {
    bool operator()(std::string_view a, std::string_view b) const { return wbs_before(a, b); }
    using is_transparent = void;
};
using Breakdown = std::map<std::string, Part, WbsOrder>;
/// Codes of rows that are told to be wrong and come again.
using Refused = std::set<std::string, WbsOrder>;

/// What is wrong, with the task it is wrong with.
using Finding =
    std::function<void(const Part&, std::string_view field, std::string_view rule, Exit code, std::string message)>;

/// The links of a task; what names no task goes to `unknown`.
std::vector<Predecessor> links_of(const Task& t, const Breakdown& all,
                                  const std::function<void(const std::string&)>& unknown = {});

/// Shapes in WBS order, without constraints.
std::vector<TaskShape> shapes_of(const Breakdown& all);

/// The nearest task above; nullptr at the top.
const Part* above(const Breakdown& all, std::string_view wbs);

/// Whether tasks are still to come, or the plan is to be agreed on.
enum class Entered { partly, wholly };

/// PRJ-003 (every code has the one above it, leaves carry the work, groups are the sums of what stands below them, the
/// weights at the top make 100) and PRJ-004. `digits`: of the project's currency. Nobody is told that
/// `refused` are not there, nor what they leave out of a sum.
void examine(const Breakdown& all, int digits, const Finding& finding, Entered entered = Entered::partly,
             const Refused& refused = {});

}  // namespace agency::project
