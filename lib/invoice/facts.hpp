// What lower nouns may ask of invoices.
#pragma once
#include <cstdint>
#include <map>
#include <utility>

#include "base/money.hpp"
#include "workspace/workspace.hpp"

namespace agency::invoice {

/// Fees invoiced from one day to another (both in it) less credit notes on them, without tax, in minor units of the
/// currency,
/// by client and packed code of the currency; pass-through and retention are left out. Whom nothing was invoiced is not
/// in it.
using NetBillings = std::map<std::pair<std::int64_t, std::uint32_t>, std::int64_t>;
NetBillings net_billings(db::Session& db, Date from, Date to, const AsOf& when);

/// What was laid out for a client and invoiced after `day` (pass-through, reimbursable) less credit notes on such, in
/// minor units of the currency.
std::int64_t laid_out_invoiced(db::Session& db, std::int64_t client, const Currency& currency, Date day,
                               const AsOf& when);

}  // namespace agency::invoice
