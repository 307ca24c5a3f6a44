#include "billing/project_billing.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "billing/facts.hpp"
#include "project/own_fault.hpp"
#include "record/store.hpp"

namespace agency::billing {
namespace {

/// Which projects work for each contract.
class Owners {
public:
    void add(Project p) {
        if (p.contract) join(p.contract.value, p);
        auto code = p.code;
        by_code_.emplace(std::move(code), std::move(p));
    }
    /// A contract that names its project; after all projects.
    void add(const Row& contract) {
        const auto c = to_struct<Contract>(contract::record(), contract);
        if (c.direction == Contract::Direction::expense || contract.voided_on) return;
        if (const auto it = by_code_.find(c.project); it != by_code_.end()) join(c.id.value, it->second);
    }
    std::set<std::int64_t> contracts() const {
        std::set<std::int64_t> out;
        for (const auto& [key, projects] : groups_) out.insert(key.first);
        return out;
    }
    /// Only contracts for which one of these projects works.
    void keep(const std::set<std::int64_t>& projects) {
        const auto contract_of_one = [&](const auto& projects_of) {
            return std::any_of(projects_of.begin(), projects_of.end(),
                               [&](const auto& one) { return projects.contains(one.second.id.value); });
        };
        std::erase_if(groups_, [&](const auto& group) { return !contract_of_one(group.second); });
    }
    std::vector<ContractBilling> billings() const {
        std::vector<ContractBilling> out;
        for (const auto& [key, projects] : groups_) {
            auto& b = out.emplace_back();
            b.contract = key.first;
            b.currency = key.second;
            for (const auto& [code, p] : projects) b.sharers.push_back({p.id.value, code, 1});
            weigh(b.sharers, projects);
        }
        return out;
    }

private:
    using Projects = std::map<std::string, Project>;  ///< by code

    void join(std::int64_t contract, const Project& p) {
        groups_[{contract, std::string(p.currency.code())}].emplace(p.code, p);
    }
    static void weigh(std::vector<Sharer>& sharers, const Projects& projects) {
        using enum Project::Status;
        const auto runs = [](const Project& p) { return p.status != proposed && p.status != cancelled; };
        bool any = false, budgets = true;  // whether one runs, and each that shares has a budget
        for (const auto& [code, p] : projects) any = any || runs(p);
        const auto shares = [&](const Project& p) { return !any || runs(p); };
        for (const auto& [code, p] : projects) budgets = budgets && (!shares(p) || p.budget.value_or(0) > 0);
        auto s = sharers.begin();
        for (const auto& [code, p] : projects) s++->weight = !shares(p) ? 0 : budgets ? *p.budget : 1;
    }

    std::map<std::pair<std::int64_t, std::string>, Projects> groups_;  ///< by contract and currency
    Projects by_code_;
};

std::int64_t net_of(std::int64_t gross, const std::optional<Rate>& tax) {
    return tax ? mul_div_half_up(gross, 1'000'000, 1'000'000 + tax->ppm) : gross;
}

}  // namespace

bool is_of_fees(db::Session& db, const Invoice& i) {
    return invoice::is_fee(invoice::money_of(db, i));
}

namespace {

void add(Billed& sum, const Billed& more) {
    sum.gross = add_checked(sum.gross, more.gross);
    sum.net = add_checked(sum.net, more.net);
    sum.received_gross = add_checked(sum.received_gross, more.received_gross);
    sum.received_net = add_checked(sum.received_net, more.received_net);
}

}  // namespace

std::int64_t ContractBilling::part(std::int64_t project, std::int64_t amount) const {
    std::int64_t whole = 0, before = 0, after = 0;
    for (const Sharer& s : sharers) {
        if (s.project == project) before = whole;
        whole = add_checked(whole, s.weight);
        if (s.project == project) after = whole;
    }
    if (after == before) return 0;
    return mul_div_half_up(amount, after, whole) - mul_div_half_up(amount, before, whole);
}

Billed ContractBilling::of(std::int64_t project) const {
    return {part(project, billed.gross), part(project, billed.net), part(project, billed.received_gross),
            part(project, billed.received_net)};
}

namespace {

/// An invoice with what was allocated to it before the window, and by its end.
struct Paid {
    Billed* sum = nullptr;
    std::optional<Rate> tax;
    std::int64_t before = 0, by_end = 0;
};

/// Calls for the invoices that may be of these contracts.
using EachInvoice = std::function<void(const std::function<void(const Row&)>&)>;

struct Fee {
    Invoice invoice;
    std::optional<Date> voided_on;
    ContractBilling* billing = nullptr;
};

/// Fees of these contracts in the projects' currencies, those that were void later too.
std::vector<Fee> fees_of(db::Session& db, std::vector<ContractBilling>& of, const EachInvoice& each_invoice) {
    std::map<std::pair<std::int64_t, std::string_view>, ContractBilling*> by_contract;
    for (auto& b : of) by_contract.emplace(std::pair{b.contract, std::string_view(b.currency)}, &b);
    std::vector<Fee> found, out;
    each_invoice([&](const Row& row) {
        auto i = to_struct<Invoice>(invoice::record(), row);
        const auto it = by_contract.find({i.contract.value, i.currency.code()});
        if (!row.voided(i.issued_on) && it != by_contract.end())
            found.push_back({std::move(i), row.voided_on, it->second});
    });
    for (auto& one : found)
        if (is_of_fees(db, one.invoice)) out.push_back(std::move(one));
    return out;
}

std::vector<ContractBilling> billed(db::Session& db, const AsOf& when, Date from, Date to, const Owners& owners,
                                    const EachInvoice& each_invoice) {
    auto out = owners.billings();
    std::map<std::int64_t, Paid> paid;
    for (const auto& [i, voided_on, of] : fees_of(db, out, each_invoice)) {
        auto& sum = of->billed;
        paid.emplace(i.id.value, Paid{&sum, i.tax_rate});
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
        p.sum->received_gross = add_checked(p.sum->received_gross, p.by_end - p.before);
        p.sum->received_net = add_checked(p.sum->received_net, net_of(p.by_end, p.tax) - net_of(p.before, p.tax));
    }
    return out;
}

std::map<std::int64_t, Billed> sums(const std::vector<ContractBilling>& by_contract) {
    std::map<std::int64_t, Billed> out;
    for (const auto& of : by_contract)
        for (const Sharer& s : of.sharers) {
            const auto b = of.of(s.project);
            if (b.gross == 0 && b.net == 0 && b.received_gross == 0) continue;
            add(out[s.project], b);
        }
    return out;
}

Owners owners_of_all(db::Session& db, const AsOf& when) {
    Owners owners;
    each_row(db, project::record(), when, [&](const Row& row) {
        if (!row.voided_on) owners.add(to_struct<Project>(project::record(), row));
    });
    return owners;
}

}  // namespace

std::vector<ContractBilling> billed_by_contract(db::Session& db, const AsOf& when, Date from, Date to) {
    auto owners = owners_of_all(db, when);
    each_row(db, contract::record(), when, [&](const Row& row) { owners.add(row); });
    return billed(db, when, from, to, owners, [&](const auto& each) { each_row(db, invoice::record(), when, each); });
}

std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to) {
    return sums(billed_by_contract(db, when, from, to));
}

std::map<std::int64_t, Billed> billed_by_project(db::Session& db, const AsOf& when, Date from, Date to,
                                                 std::span<const Project> projects) {
    auto owners = owners_of_all(db, when);
    std::set<std::int64_t> clients, ids;
    for (const Project& p : projects) {
        clients.insert(p.client.value);
        ids.insert(p.id.value);
    }
    for (const auto client : clients)
        each_row_of(db, contract::record(), "client", client, when, [&](const Row& row) { owners.add(row); });
    owners.keep(ids);
    return sums(billed(db, when, from, to, owners, [&](const auto& each) {
        for (const auto contract : owners.contracts())
            each_row_of(db, invoice::record(), "contract", contract, when, each);
    }));
}

Bills::Bills(db::Session& db, const AsOf& when) : db_(db), when_(when) {
    try {
        all_ = billed_by_project(db, when, beginning, when.day);
    } catch (const Error& e) {
        project::own_fault("", e);
    }
}

Billed Bills::of(const Project& p) const {
    const auto own =
        all_ ? std::map<std::int64_t, Billed>() : billed_by_project(db_, when_, beginning, when_.day, std::span(&p, 1));
    const auto& billed = all_ ? *all_ : own;
    const auto it = billed.find(p.id.value);
    return it == billed.end() ? Billed{} : it->second;
}

namespace {

/// Of the contracts that it works for, without their bills.
std::vector<ContractBilling> contracts_of(db::Session& db, const Project& p, const AsOf& when) {
    auto owners = owners_of_all(db, when);
    each_row_of(db, contract::record(), "client", p.client.value, when, [&](const Row& row) { owners.add(row); });
    owners.keep({p.id.value});
    return owners.billings();
}

}  // namespace

std::vector<std::string> shares_contract_with(db::Session& db, const Project& p, const AsOf& when) {
    std::vector<std::string> out;
    for (const auto& b : contracts_of(db, p, when))
        for (const Sharer& s : b.sharers)
            if (b.contract == p.contract.value && s.project != p.id.value && s.weight > 0) out.push_back(s.code);
    return out;
}

bool has_part(db::Session& db, const Project& p, const AsOf& when) {
    for (const auto& b : contracts_of(db, p, when))
        for (const Sharer& s : b.sharers)
            if (s.project == p.id.value && s.weight > 0) return true;
    return false;
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
