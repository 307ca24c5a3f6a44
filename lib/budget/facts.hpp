// What other rooms may ask of budgets: whether so much more may be committed or spent (PRJ-040).
#pragma once
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>

#include "contract/contract.hpp"

namespace agency::budget {

/// Minor units of the project's currency.
struct Standing {
    Currency currency;
    std::optional<std::int64_t> budget;  ///< approved; nothing: the project has none
    std::int64_t changes = 0;            ///< what approved change requests add to it
    std::int64_t actual = 0;             ///< approved hours × cost rate + posted costs
    std::int64_t committed = 0;          ///< what is not posted yet of contracts with suppliers

    /// A contract with a supplier: its amount without tax, nothing where it binds no budget (any more); and the costs
    /// that were posted on it.
    struct Owed {
        std::optional<std::int64_t> agreed;
        std::int64_t posted = 0;
        std::int64_t open() const;  ///< never below zero
    };
    /// What is known of a contract; all nothing when it is unknown.
    Owed owed(std::int64_t contract) const;
    const std::map<std::int64_t, Owed>& owed() const { return owed_; }  ///< by contract
    /// The only way to change it, for `committed` follows.
    void owe(std::int64_t contract, const Owed& now);

    std::int64_t whole() const { return add_checked(budget.value_or(0), changes); }
    std::int64_t used() const { return add_checked(committed, actual); }

private:
    std::map<std::int64_t, Owed> owed_;  ///< by contract
};
Standing standing(db::Session& db, std::int64_t project, const AsOf& when);

/// The same of many projects at one moment: what they have in common is read once.
class Books {
public:
    Books(db::Session& db, const AsOf& when);
    ~Books();
    Standing of(std::int64_t project);

private:
    struct Common;
    std::unique_ptr<Common> common_;
};

/// Whether a contract in its state binds a budget: with a supplier, no draft, not ended.
bool binds(const Contract& c);

/// After an undo, of what is true then: Error(refused, PRJ-040) where one of these projects has less than nothing left
/// of its budget, and less than before the undo; it names what stands on the budget.
void require_kept(Operation& op, const std::set<std::int64_t>& projects);
/// Record::settle of contracts: the same of the projects that those with suppliers bind.
void settle_contracts(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched);

/// Watches over the rows of one file, or one command: each that was let through counts for the next.
class Guard {
public:
    explicit Guard(Workspace& w) : w_(w), books_(w.db(), {}) {}

    /// Why so much may not be posted as a cost, on that contract or none (0); empty when it may. Other currencies than
    /// the project's pass, for they cannot be compared.
    std::string spend(std::int64_t project, const Money& amount, std::int64_t contract);
    void spent(std::int64_t project, const Money& amount, std::int64_t contract);
    /// Why a contract with a supplier may not bind the project that it names; empty when it may, or binds none.
    std::string commit(const Contract& c);
    /// It is let through; `before`: as it was, and bound something else or less. nullptr: it is new.
    void committed(const Contract& c, const Contract* before);

private:
    Standing& of(std::int64_t project);
    /// Id of the project that the contract binds in its own currency; 0: none.
    std::int64_t bound(const Contract& c);
    std::string refusal(std::int64_t project, const Standing& s, std::int64_t more) const;

    Workspace& w_;
    Books books_;
    std::map<std::int64_t, Standing> known_;
    std::int64_t new_ = 0;  ///< contracts of this file, below zero
};

}  // namespace agency::budget
