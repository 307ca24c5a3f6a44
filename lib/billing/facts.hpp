// What other rooms may ask of billing.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "workspace/workspace.hpp"

namespace agency {
struct Project;
}

namespace agency::billing {

/// The amount of a contract less its fees invoiced (retained ones too) and more the credit notes on them, in the
/// contract's currency; below zero when more was invoiced. Nothing when the contract has no amount, or is none.
std::optional<Money> uninvoiced_of_contract(db::Session& db, std::int64_t contract, const AsOf& when);

/// Whether the project has a part in what is billed by its contracts: while others for the same contract run, one that
/// is proposed or cancelled has none.
bool has_part(db::Session& db, const Project& p, const AsOf& when);

/// Codes of the other projects that have a part in what is billed by its contract.
std::vector<std::string> shares_contract_with(db::Session& db, const Project& p, const AsOf& when);

}  // namespace agency::billing
