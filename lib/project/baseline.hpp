// 基线: a version of the plan that was agreed. It is no copy but a moment in both times, so it never changes (PRJ-005).
#pragma once
#include "project/plan.hpp"

namespace agency {

struct Baseline {
    Id<Baseline> id;
    std::string number;  ///< project/version
    Id<Project> project;
    std::int64_t version = 1;
    Date set_on;
    std::int64_t length = 0;  ///< days
    Date starts_on, ends_on;
    std::int64_t cost = 0;  ///< budget at completion, minor units of the project's currency
    std::string change;     ///< number of the approved change request; empty: the first one
};

namespace baseline {
const Record& record();
}  // namespace baseline

namespace project {

/// Makes the plan as of `day` the next baseline, as a part of `op`. `change`: number of the approved change request
/// that allows it, without which only the first one can be set. Error(refused, PRJ-005); what require_plan() throws.
std::int64_t set_baseline(Operation& op, std::int64_t project, Date day, std::optional<std::string> change);
/// The same as a command of its own: the first baseline of a project that is planned or later.
void set_first_baseline(Workspace& w, std::string_view code, std::string_view command);

struct BaselineAt {
    Baseline baseline;
    AsOf when;  ///< at which load_plan() gives its plan
};
/// The last one set by then; nothing when there is none.
std::optional<BaselineAt> baseline_of(db::Session& db, std::int64_t project, const AsOf& when);

}  // namespace project
}  // namespace agency
