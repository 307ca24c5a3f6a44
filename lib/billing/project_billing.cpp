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
    const auto kind =
        i.kind == Invoice::Kind::credit_note && i.credits
            ? to_struct<Invoice>(invoice::record(), *find_row(db, invoice::record(), i.credits.value, {})).kind
            : i.kind;
    return kind == Invoice::Kind::fee || kind == Invoice::Kind::retention || kind == Invoice::Kind::credit_note;
}

namespace {

/// `each_invoice` calls for the invoices that may be of these contracts.
using EachInvoice = std::function<void(const std::function<void(const Row&)>&)>;
std::map<std::int64_t, ContractBilling> billed(db::Session& db, const AsOf& when, Date from, Date to,
                                               const Owners& owners, const EachInvoice& each_invoice) {
    std::map<std::int64_t, ContractBilling> out;
    std::map<std::int64_t, std::string> currencies;
    for (const auto& [contract, owner] : owners.by_contract) {
        out[contract].project = owner.project;
        currencies[contract] = owner.currency;
    }
    struct Of {
        std::int64_t contract;
        std::optional<Rate> tax;
    };
    std::map<std::int64_t, Of> invoices;
    std::vector<Invoice> found;
    each_invoice([&](const Row& row) {
        auto i = to_struct<Invoice>(invoice::record(), row);
        const auto it = currencies.find(i.contract.value);
        if (!row.voided(to) && it != currencies.end() && i.currency.code() == it->second) found.push_back(std::move(i));
    });
    for (const Invoice& i : found) {
        if (!is_of_fees(db, i)) continue;
        invoices.emplace(i.id.value, Of{i.contract.value, i.tax_rate});
        if (i.issued_on < from || i.issued_on > to) continue;
        const auto amount = i.kind == Invoice::Kind::credit_note ? -i.amount : i.amount;
        auto& sum = out[i.contract.value].billed;
        sum.gross = add_checked(sum.gross, amount);
        sum.net = add_checked(sum.net, net_of(amount, i.tax_rate));
    }
    db.each(
        "SELECT invoice, amount FROM allocation WHERE allocated_on >= $1 AND allocated_on <= $2 AND operation <= $3",
        [&](db::Statement& s) {
            const auto it = invoices.find(s.integer(0));
            if (it == invoices.end()) return;
            auto& sum = out[it->second.contract].billed;
            sum.received_gross = add_checked(sum.received_gross, s.integer(1));
            sum.received_net = add_checked(sum.received_net, net_of(s.integer(1), it->second.tax));
        },
        from, to, when.operation);
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
    each_row_of(db, invoice::record(), "contract", id, when, [&](const Row& r) {
        const auto i = to_struct<Invoice>(invoice::record(), r);
        if (r.voided(when.day) || i.issued_on > when.day || i.currency.code() != c.currency.code()) return;
        if (i.kind == Invoice::Kind::fee) left.minor = add_checked(left.minor, -i.amount);
        if (i.kind == Invoice::Kind::credit_note) left.minor = add_checked(left.minor, i.amount);
    });
    return left;
}

}  // namespace agency::billing
