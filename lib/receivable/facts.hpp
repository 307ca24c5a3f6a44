// What other rooms may ask of receivables.
#pragma once
#include <vector>

#include "base/money.hpp"
#include "workspace/workspace.hpp"

namespace agency::receivable {

/// What is open of a contract's invoices, one amount for each currency; empty when nothing is.
std::vector<Money> open_of_contract(db::Session& db, std::int64_t contract, const AsOf& when);

}  // namespace agency::receivable
