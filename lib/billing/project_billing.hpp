// What was invoiced and received for projects, by the contracts that they work for.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

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

/// One of the projects that work for a contract.
struct Sharer {
    std::int64_t project = 0;
    std::string code;
    std::int64_t weight = 1;  ///< its part of what is shared: what stands before all of them
};

/// The bills of a contract in one currency, and the projects in that currency that work for it. No invoice names a
/// project, so several share by their budgets, or in equal parts where one of them has none.
struct ContractBilling {
    std::int64_t contract = 0;
    std::string currency;
    std::vector<Sharer> sharers;  ///< in order of code
    Billed billed;                ///< of all of them

    /// The project's part of an amount of the contract; the parts of all make the whole.
    std::int64_t part(std::int64_t project, std::int64_t amount) const;
    Billed of(std::int64_t project) const;
};
/// The contracts with clients that projects work for, in order of contract: those that the projects name, and those
/// that name a project by code. While one of them runs, proposed and cancelled ones have no part.
std::vector<ContractBilling> billed_by_contract(db::Session& db, const AsOf& when, Date from, Date to);

/// By project id, of invoices issued and allocations made from `from` to `to`, both counted.
std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to);
/// The same for these projects of a client, without a look at all contracts and invoices: what counts is of contracts
/// that they name, and of the client's that name them by code. Others that work for the same contracts are in it too.
std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to,
                                                 std::span<const Project> projects);

/// The same of one project after the other, from the beginning to the day of `when`: a project whose bills cannot be
/// added holds up no other.
class Bills {
public:
    Bills(db::Session& db, const AsOf& when);
    /// Throws what is wrong with the project's own.
    Billed of(const Project& p) const;

private:
    db::Session& db_;
    AsOf when_;
    std::optional<std::map<std::int64_t, Billed>> all_;  ///< nothing: each is asked by itself
};

}  // namespace agency::billing
