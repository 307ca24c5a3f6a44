// Whose authority a decision of one person needs (handbook §1, invariant 9).
#pragma once
#include "intake/evaluate.hpp"

namespace agency::intake {

/// A position that was looked at, and why it approves or not.
struct AuthorityStep {
    std::string position, verdict;
    bool approves = false;
};
/// Where a job description in force has the authority of the setting intake.authority: the decider is who it resolves
/// to for the amount, up the owner's line of reporting, and neither owner nor assessor. Error(refused, ORG-040) when it
/// is somebody else, or nobody. Empty where no authority is kept.
std::vector<AuthorityStep> require_authority(Workspace& w, const Assessment& a, std::string_view decider);

}  // namespace agency::intake
