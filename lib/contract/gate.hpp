// What must hold before a contract leaves draft (handbook §2.6): it was decided to take it on, not long ago, its
// conditions are met, and the client may owe so much.
#pragma once
#include <optional>
#include <string>

#include "contract/contract.hpp"

namespace agency::contract {

struct Obstacle {
    std::string_view field, rule;
    std::string message, hint;
};
/// What of a contract changes: as it was (with its id), as it is to be, and the day from which that holds.
struct Step {
    const Contract* before;  ///< nullptr: it is entered by hand
    const Contract& after;
    Date day;
};
/// Why it may not be so; nothing when it may. What leaves draft, or is signed after it was prepared here, rests on a
/// decision of that day: INT-001, INT-002, INT-008, INT-015 (where the setting intake.required says so, or an
/// assessment is linked), KYC-010 and KYC-020. So does what names another assessment afterwards, and the amount of the
/// day on which it left draft. Into performing: INT-008.
std::optional<Obstacle> obstacle(Workspace& w, const Step& step);
/// By the step the contract uses up the decision that it names [INT-015]; a framework shares it.
bool takes_decision(const Contract* before, const Contract& after);
/// Record::settle: what rests on a decision does so after an undo too [INT-001, INT-008, INT-015]; and budgets hold.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched);

}  // namespace agency::contract
