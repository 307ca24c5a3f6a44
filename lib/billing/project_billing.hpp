// What was invoiced and received for projects, by the contracts that they work for.
#pragma once
#include <map>
#include <span>

#include "invoice/invoice.hpp"
#include "project/project.hpp"

namespace agency::billing {

/// Minor units of the project's currency; other currencies are left out.
struct Billed {
    std::int64_t gross = 0, net = 0;                    ///< fees and retention less credit notes; net: without tax
    std::int64_t received_gross = 0, received_net = 0;  ///< allocated to them
};

/// Whether an invoice is for what the house earns: fees, retention, and credit notes on them or on none.
bool is_of_fees(db::Session& db, const Invoice& invoice);

struct ContractBilling {
    std::int64_t project = 0;
    Billed billed;
};
/// The contracts with clients that projects work for, by contract id, each of one project and in its currency. A
/// contract belongs to a project that names it, or that it names by code.
std::map<std::int64_t, ContractBilling> billed_by_contract(db::Session& db, const AsOf& when, Date from, Date to);

/// By project id, of invoices issued and allocations made from `from` to `to`, both counted.
std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to);
/// The same for these projects of a client, without a look at all contracts and invoices: what counts is of contracts
/// that they name, and of the client's that name them by code.
std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to,
                                                 std::span<const Project> projects);

}  // namespace agency::billing
