// What is open on a day: every receivable item and every unapplied receipt, at a moment in both times.
#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "workspace/workspace.hpp"

namespace agency {
struct Row;
}

namespace agency::receivable {

/// An invoice of which something is open. A standing credit note is negative; a linked one is part of the invoice it
/// credits.
struct Item {
    std::int64_t open = 0;                                ///< minor units
    std::int64_t disputed = 0;                            ///< in force, at most what is open
    std::uint32_t invoice = 0, client = 0, contract = 0;  ///< ids; contract 0: none
    std::uint32_t currency : 31 = 0;                      ///< the three letters, packed
    std::uint32_t credit_note : 1 = 0;
    std::int32_t issued_on = 0, due_on = 0;  ///< days; due_on as in force
};

/// What was received and not allocated.
struct UnappliedSum {
    std::uint32_t client = 0;  ///< 0: nobody known
    std::uint32_t currency = 0;
    std::int64_t amount = 0;  ///< never 0
};

struct Book {
    std::vector<Item> items;              ///< in order of invoice id; open is never 0
    std::vector<UnappliedSum> unapplied;  ///< one for each client and currency, in no order
};

/// What was open at the moment. Two ways lead there, and the cheaper one by count is taken: the kept balances with what
/// moved since added back, or a scan of all facts.
enum class Way : std::uint8_t { cheaper, kept, scan };
/// `receipts`: whether to find out what is unapplied, too.
Book open_book(db::Session& db, const AsOf& when, Way way = Way::cheaper, bool receipts = true);

/// Of one invoice; nothing where it is void or not issued on that day, or a credit note that is part of another's.
std::optional<Item> open_item(db::Session& db, const AsOf& when, const Row& invoice);
/// The same for the invoices of one contract, by index (receipts are left out).
std::vector<Item> open_items_of(db::Session& db, const AsOf& when, std::int64_t contract);

}  // namespace agency::receivable
