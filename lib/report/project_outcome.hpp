// What the projects of contracts came to, or will at this pace.
#pragma once
#include <map>
#include <optional>

#include "base/money.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// Minor units of the contract's currency; projects in another one are left out.
struct ProjectOutcome {
    bool closed = true;       ///< every project is
    bool begun = true;        ///< every project has earned something, or is closed
    std::int64_t billed = 0;  ///< fees less credit notes, without tax
    std::int64_t spent = 0;   ///< hours and posted costs but official fees
    std::int64_t cost = 0;    ///< spent / earned part; of a closed project what was spent
    std::int64_t earned = 0, bac = 0;
};

/// By contract, of those that have projects.
std::map<std::int64_t, ProjectOutcome> project_outcomes(Workspace& w, const AsOf& when);

}  // namespace agency
