// 回款 and 核销: money that came in, and what it settles. Nothing is netted silently: what is not allocated is
// unapplied.
#pragma once
#include <memory>

#include "invoice/invoice.hpp"

namespace agency {

struct Receipt {
    Id<Receipt> id;
    std::string number;
    Id<Client> client;  ///< 0: unidentified
    Date received_on;
    std::optional<Date> banked_on;
    std::int64_t amount = 0;  ///< minor units, > 0
    Currency currency;
    std::string method, account, bank_reference, payer;
    std::string designates;  ///< invoice or contract numbers, `;` between
    std::string note;
};

struct Allocation {
    Id<Allocation> id;
    std::string number;  ///< optional
    Id<Receipt> receipt;
    Id<Invoice> invoice;
    std::int64_t amount = 0;  ///< minor units; negative: a reversal
    Date allocated_on;
};

namespace receipt {

const Record& record();
const Record& allocation_record();
std::unique_ptr<RowRules> row_rules();
std::unique_ptr<RowRules> allocation_rules();

/// Allocations and refunds of a receipt, by day: what is spent of it.
std::vector<invoice::Movement> movements(db::Session& db, std::int64_t id);
/// What of a receipt is allocated to an invoice, by day.
std::vector<invoice::Movement> movements_of_pair(db::Session& db, std::int64_t receipt, std::int64_t invoice);
/// What keep_unapplied should hold: amount − allocated − refunded, 0 when voided.
std::int64_t unapplied_of(db::Session& db, std::int64_t id);
void keep_unapplied(db::Session& db, std::int64_t id, std::int64_t open);
/// Nothing is left of these, from one id to another.
void keep_none_unapplied(db::Session& db, std::int64_t from, std::int64_t to);

/// The default day of an allocation: the later of received_on and issued_on.
Date allocation_day(const Receipt& r, const Invoice& i);

/// Allocates inside an operation, with every check; the day must be open. Answers the new allocation's id.
std::int64_t allocate(Operation& op, const Receipt& r, const Invoice& i, std::int64_t amount, Date day);

void allocate(Workspace& w, std::string_view receipt, std::string_view invoice, std::string_view amount,
              std::optional<Date> day, std::string_view command);
/// Takes back the pair's net amount on a day (default today); answers it.
std::int64_t unallocate(Workspace& w, std::string_view receipt, std::string_view invoice, std::optional<Date> day,
                        std::string_view command);
void refund(Workspace& w, std::string_view number, std::string_view amount, std::optional<Date> day,
            std::string_view command);
void claim(Workspace& w, std::string_view number, std::string_view client, std::optional<Date> effective,
           std::string_view command);
/// Error(refused) while allocations or refunds stand on it.
void void_receipt(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                  std::string_view command);
/// Takes one numbered allocation back, on its own day unless another is given.
void void_allocation(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                     std::string_view command);

/// Record::settle of both: what is unapplied and open is counted anew; AR-001, AR-003 … AR-005 where they would break.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched);
void settle_allocations(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched);

}  // namespace receipt
}  // namespace agency
