// What lower nouns may ask of invoices.
#pragma once
#include <cstdint>

#include "base/money.hpp"
#include "workspace/workspace.hpp"

namespace agency::invoice {

/// Fees invoiced from one day to another (both in it) less credit notes, without tax, in minor units of the currency;
/// pass-through and retention are left out. `client` 0: of all. Nothing when there was no invoice at all.
std::optional<std::int64_t> net_billing(db::Session& db, std::int64_t client, const Currency& currency, Date from,
                                        Date to, const AsOf& when);

}  // namespace agency::invoice
