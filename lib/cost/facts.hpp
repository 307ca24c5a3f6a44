// What other rooms may ask of posted costs.
#pragma once
#include <vector>

#include "base/money.hpp"
#include "workspace/workspace.hpp"

namespace agency::cost {

/// An amount that counts for a project from a day on; below zero where it was given back, or where a cost is void.
struct Posting {
    Date day;
    Money amount;
    std::int64_t contract;  ///< id of the contract with the supplier; 0: none
};

/// Of a project, in any currency, by what was known; those of later days too.
std::vector<Posting> postings(db::Session& db, std::int64_t project, const AsOf& when);
/// 官费 paid for a project after `day`, in minor units of the currency.
std::int64_t official_fees_of_project(db::Session& db, std::int64_t project, const Currency& currency, Date day,
                                      const AsOf& when);
/// The same for all projects of a client.
std::int64_t official_fees(db::Session& db, std::int64_t client, const Currency& currency, Date day, const AsOf& when);

}  // namespace agency::cost
