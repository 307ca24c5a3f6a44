// 发票 and what is receivable on it. A credit note's amount is positive: its kind is its sign.
#pragma once
#include <memory>
#include <unordered_set>

#include "contract/contract.hpp"

namespace agency {

struct Invoice {
    enum class Kind { fee, pass_through, reimbursable, retention, interest, credit_note };

    Id<Invoice> id;
    std::string number;
    Id<Contract> contract;  ///< 0: none
    Id<Client> client;
    Kind kind = Kind::fee;
    Id<Invoice> credits;  ///< the invoice that a linked credit note reduces; 0: none
    Date issued_on, due_on;
    std::int64_t amount = 0;  ///< minor units, > 0
    Currency currency;
    std::optional<Rate> tax_rate;
    std::string owner;  ///< empty: the contract's on that day
    std::optional<std::int64_t> disputed;
    std::string note;
};

namespace invoice {

const Record& record();
std::unique_ptr<RowRules> row_rules();

/// What the money of an invoice is of: its kind; of a credit note the kind of what it takes back, fees where it stands
/// alone. Never credit_note.
Invoice::Kind money_of(db::Session& db, const Invoice& invoice);
/// The same word as an SQL expression, of a row of `invoice` under that alias.
std::string money_sql(const std::string& alias);
/// Whether the house earns it under a contract: fees, and what of them is retained.
constexpr bool is_fee(Invoice::Kind money) {
    return money == Invoice::Kind::fee || money == Invoice::Kind::retention;
}

/// A movement of what is open of an invoice.
struct Movement {
    Date day;
    std::int64_t amount;  ///< > 0 settles, < 0 opens again
};
/// Allocations and linked credit notes of an invoice, by day.
std::vector<Movement> movements(db::Session& db, std::int64_t id);
/// The first day on which the movements settle more than `amount`; nothing when none does.
std::optional<Date> first_overrun(std::vector<Movement> movements, std::int64_t amount);

/// The least that the movements sum to on any day from `from` on.
std::int64_t least_from(std::vector<Movement> movements, Date from);
/// The first day from `from` on at whose end the movements do not sum to nothing; nothing when they always do.
std::optional<Date> first_standing(std::vector<Movement> movements, Date from);
/// Invoices of which something was opened again: only for these must limits be judged day by day, of all others what is
/// open only falls.
std::unordered_set<std::int64_t> with_reversals(db::Session& db);

/// Sets the kept balance (0 removes it).
void keep_open(db::Session& db, std::int64_t id, std::int64_t open);
/// Nothing is open of these, from one id to another.
void keep_none_open(db::Session& db, std::int64_t from, std::int64_t to);
/// Amount, sign, voids and movements counted anew: what keep_open should hold.
std::int64_t open_of(db::Session& db, std::int64_t id);

void redate(Workspace& w, std::string_view number, Date due, std::optional<Date> effective, std::string_view reason,
            std::string_view command);
void assign(Workspace& w, std::string_view number, std::string_view owner, std::optional<Date> effective,
            std::string_view command);
/// `amount` as text in the invoice's currency; empty: the dispute is over.
void dispute(Workspace& w, std::string_view number, std::string_view amount, std::optional<Date> effective,
             std::string_view reason, std::string_view command);
/// Record::settle: what is open is counted anew; AR-002 when more than the whole would be settled on a day.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched);
/// What is done before an invoice or a receipt is void, as a hint: something is allocated of it. `side`, `invoice` or
/// `receipt`, says which of them has the id. Empty when nothing is.
std::string unallocate_first(db::Session& db, std::string_view side, std::int64_t id);
/// Error(refused) while allocations or credit notes stand on it.
void void_invoice(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                  std::string_view command);

}  // namespace invoice
}  // namespace agency
