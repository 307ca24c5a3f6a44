// What was invoiced and received for projects, by the contracts that they work for.
#pragma once
#include <map>

#include "invoice/invoice.hpp"
#include "project/project.hpp"

namespace agency::billing {

/// Minor units of the project's currency; other currencies are left out.
struct Billed {
    std::int64_t gross = 0, net = 0;                    ///< fees less credit notes; net of value-added tax
    std::int64_t received_gross = 0, received_net = 0;  ///< allocated to them
};

/// By project id, of invoices issued and allocations made from `from` to `to`, both counted. A contract belongs to a
/// project that names it, or that it names by code.
std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to);

}  // namespace agency::billing
