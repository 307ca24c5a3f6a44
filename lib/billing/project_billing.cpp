#include "billing/project_billing.hpp"

#include <functional>
#include <set>

#include "billing/facts.hpp"
#include "record/store.hpp"

namespace agency::billing {
namespace {

struct Owner {
    std::int64_t project = 0;
    std::string currency;
};

/// Which project each contract is of.
class Owners {
public:
    void add(const Project& p) {
        const Owner owner{p.id.value, std::string(p.currency.code())};
        by_code_.emplace(p.code, owner);
        if (p.contract) by_contract.emplace(p.contract.value, owner);
    }
    /// A contract that names its project; after all projects.
    void add(const Row& contract) {
        const auto c = to_struct<Contract>(contract::record(), contract);
        if (c.direction == Contract::Direction::expense || contract.voided_on) return;
        if (const auto it = by_code_.find(c.project); it != by_code_.end()) by_contract.emplace(c.id.value, it->second);
    }
    std::map<std::int64_t, Owner> by_contract;  ///< by its id

private:
    std::map<std::string, Owner> by_code_;
};

std::int64_t net_of(std::int64_t gross, const std::optional<Rate>& tax) {
    return tax ? mul_div_half_up(gross, 1'000'000, 1'000'000 + tax->ppm) : gross;
}

}  // namespace

bool is_of_fees(db::Session& db, const Invoice& i) {
    return invoice::is_fee(invoice::money_of(db, i));
}

namespace {

/// An invoice with what was allocated to it before the window, and by its end.
struct Paid {
    std::int64_t contract = 0;
    std::optional<Rate> tax;
    std::int64_t before = 0, by_end = 0;
};

/// Calls for the invoices that may be of these contracts.
using EachInvoice = std::function<void(const std::function<void(const Row&)>&)>;

/// Fees of these contracts in the projects' currencies, those that were void later too.
std::vector<std::pair<Invoice, std::optional<Date>>> fees_of(db::Session& db, const Owners& owners,
                                                             const EachInvoice& each_invoice) {
    std::vector<std::pair<Invoice, std::optional<Date>>> found, out;
    each_invoice([&](const Row& row) {
        auto i = to_struct<Invoice>(invoice::record(), row);
        const auto it = owners.by_contract.find(i.contract.value);
        if (!row.voided(i.issued_on) && it != owners.by_contract.end() && i.currency.code() == it->second.currency)
            found.emplace_back(std::move(i), row.voided_on);
    });
    for (auto& one : found)
        if (is_of_fees(db, one.first)) out.push_back(std::move(one));
    return out;
}

std::map<std::int64_t, ContractBilling> billed(db::Session& db, const AsOf& when, Date from, Date to,
                                               const Owners& owners, const EachInvoice& each_invoice) {
    std::map<std::int64_t, ContractBilling> out;
    for (const auto& [contract, owner] : owners.by_contract) out[contract].project = owner.project;
    std::map<std::int64_t, Paid> paid;
    for (const auto& [i, voided_on] : fees_of(db, owners, each_invoice)) {
        paid.emplace(i.id.value, Paid{i.contract.value, i.tax_rate});
        auto& sum = out[i.contract.value].billed;
        const auto bill = [&](Date day, std::int64_t amount) {
            if (day < from || day > to) return;
            sum.gross = add_checked(sum.gross, amount);
            sum.net = add_checked(sum.net, net_of(amount, i.tax_rate));
        };
        const auto amount = i.kind == Invoice::Kind::credit_note ? -i.amount : i.amount;
        bill(i.issued_on, amount);
        if (voided_on) bill(*voided_on, -amount);
    }
    db.each(
        "SELECT invoice, amount, allocated_on FROM allocation WHERE allocated_on <= $1 AND operation <= $2",
        [&](db::Statement& s) {
            const auto it = paid.find(s.integer(0));
            if (it == paid.end()) return;
            auto& p = it->second;
            p.by_end = add_checked(p.by_end, s.integer(1));
            if (s.day(2) < from) p.before = add_checked(p.before, s.integer(1));
        },
        to, when.operation);
    // Tax is taken off what was paid so far, not off each part: the parts of an invoice make its whole.
    for (const auto& [id, p] : paid) {
        auto& sum = out[p.contract].billed;
        sum.received_gross = add_checked(sum.received_gross, p.by_end - p.before);
        sum.received_net = add_checked(sum.received_net, net_of(p.by_end, p.tax) - net_of(p.before, p.tax));
    }
    return out;
}

std::map<std::int64_t, Billed> sums(const std::map<std::int64_t, ContractBilling>& by_contract) {
    std::map<std::int64_t, Billed> out;
    for (const auto& [contract, of] : by_contract) {
        const Billed& b = of.billed;
        if (b.gross == 0 && b.net == 0 && b.received_gross == 0) continue;
        auto& sum = out[of.project];
        sum.gross = add_checked(sum.gross, b.gross);
        sum.net = add_checked(sum.net, b.net);
        sum.received_gross = add_checked(sum.received_gross, b.received_gross);
        sum.received_net = add_checked(sum.received_net, b.received_net);
    }
    return out;
}

}  // namespace

std::map<std::int64_t, ContractBilling> billed_by_contract(db::Session& db, const AsOf& when, Date from, Date to) {
    Owners owners;
    each_row(db, project::record(), when, [&](const Row& row) {
        if (!row.voided_on) owners.add(to_struct<Project>(project::record(), row));
    });
    each_row(db, contract::record(), when, [&](const Row& row) { owners.add(row); });
    return billed(db, when, from, to, owners, [&](const auto& each) { each_row(db, invoice::record(), when, each); });
}

std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to) {
    return sums(billed_by_contract(db, when, from, to));
}

std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to,
                                                 std::span<const Project> projects) {
    Owners owners;
    std::set<std::int64_t> clients;
    for (const Project& p : projects) {
        owners.add(p);
        clients.insert(p.client.value);
    }
    for (const auto client : clients)
        each_row_of(db, contract::record(), "client", client, when, [&](const Row& row) { owners.add(row); });
    return sums(billed(db, when, from, to, owners, [&](const auto& each) {
        for (const auto& [contract, owner] : owners.by_contract)
            each_row_of(db, invoice::record(), "contract", contract, when, each);
    }));
}

std::optional<Money> uninvoiced_of_contract(db::Session& db, std::int64_t id, const AsOf& when) {
    const auto row = find_row(db, contract::record(), id, when);
    if (!row || row->voided(when.day)) return std::nullopt;
    const auto c = to_struct<Contract>(contract::record(), *row);
    if (!c.amount) return std::nullopt;
    Money left{*c.amount, c.currency};
    std::vector<Invoice> issued;
    each_row_of(db, invoice::record(), "contract", id, when, [&](const Row& r) {
        auto i = to_struct<Invoice>(invoice::record(), r);
        if (!r.voided(when.day) && i.issued_on <= when.day && i.currency == c.currency) issued.push_back(std::move(i));
    });
    for (const Invoice& i : issued) {
        if (!is_of_fees(db, i)) continue;
        left.minor = add_checked(left.minor, i.kind == Invoice::Kind::credit_note ? i.amount : -i.amount);
    }
    return left;
}

}  // namespace agency::billing
