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
/// Whether a contract was a draft here, or is entered by hand in a state beyond it.
enum class Came : std::uint8_t { from_draft, entered };
/// Why a contract may not come from one state into another; nothing when it may. Leaving draft: INT-001, INT-002,
/// INT-008, INT-015 (where the setting intake.required says so, or an assessment is linked), KYC-010 and KYC-020; into
/// performing: INT-008.
std::optional<Obstacle> obstacle(Workspace& w, const Contract& c, Contract::Status from, Contract::Status to,
                                 Came came = Came::from_draft);

}  // namespace agency::contract
