// What must hold of receipts, allocations and refunds after an operation was taken back.
#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "receipt/receipt.hpp"

namespace agency::receipt {
namespace {

[[noreturn]] void refuse(std::string_view rule, const std::string& number, std::string message) {
    throw Error(Exit::refused, std::move(message),
                tr("take back first what was done with the money since; agency op list shows the operations"))
        .with_rule(std::string(rule))
        .with_ref(number);
}

void judge(Operation& op, std::int64_t id) {
    auto& db = op.db();
    const auto row = find_row(db, record(), id, {});
    const auto r = to_struct<Receipt>(record(), *row);
    const auto moved = movements(db, id);
    const auto over =
        row->voided_on ? invoice::first_standing(moved, *row->voided_on) : invoice::first_overrun(moved, r.amount);
    if (over)
        refuse("AR-001", r.number,
               say("on {day} more than receipt {number} has would be spent", fmt::arg("day", to_string(*over)),
                   fmt::arg("number", r.number)));
    if (!r.client &&
        db.integer("SELECT CAST(SUM(amount) AS BIGINT) FROM allocation WHERE receipt = $1", id).value_or(0))
        refuse("AR-003", r.number,
               say("money of receipt {number} is allocated; it cannot be unidentified", fmt::arg("number", r.number)));
    if (!row->voided_on && !r.bank_reference.empty() &&
        db.integer("SELECT 1 FROM receipt AS r WHERE bank_reference = $1 AND COALESCE(account, '') = $2 AND id <> $3 "
                   "AND NOT " +
                       is_void("receipt", "r.id"),
                   r.bank_reference, r.account, id))
        refuse("AR-004", r.number,
               say("{reference} of this account is booked by another receipt since",
                   fmt::arg("reference", r.bank_reference)));
    keep_unapplied(db, id, unapplied_of(db, id));
}

}  // namespace

void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    std::set<std::int64_t> ids(touched.begin(), touched.end());
    keep_none_unapplied(op.db(), first, last);
    op.db().each(
        "SELECT id FROM receipt WHERE id BETWEEN $1 AND $2 AND undone = 0",
        [&](db::Statement& s) { ids.insert(s.integer(0)); }, first, last);
    for (const auto id : ids) judge(op, id);
}

void settle_allocations(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t>) {
    auto& db = op.db();
    std::set<std::pair<std::int64_t, std::int64_t>> pairs;
    db.each(
        "SELECT DISTINCT receipt, invoice FROM allocation WHERE id BETWEEN $1 AND $2",
        [&](db::Statement& s) { pairs.emplace(s.integer(0), s.integer(1)); }, first, last);
    // An allocation that was taken back in the meantime is not undone any more, whatever the pair was given anew.
    std::set<std::pair<std::int64_t, std::int64_t>> reversed;
    db.each(
        "SELECT a.receipt, a.invoice FROM allocation AS a JOIN allocation AS b ON b.receipt = a.receipt AND b.invoice "
        "= a.invoice WHERE a.id BETWEEN $1 AND $2 AND a.amount > 0 AND a.undone <> 0 AND b.amount < 0 AND b.undone = 0 "
        "AND (b.reverses = a.id OR (b.reverses IS NULL AND b.id > a.id))",
        [&](db::Statement& s) { reversed.emplace(s.integer(0), s.integer(1)); }, first, last);
    std::set<std::int64_t> receipts, invoices;
    for (const auto& [receipt, invoice] : pairs) {
        const auto r = find_row(db, record(), receipt, {});
        const auto i = find_row(db, invoice::record(), invoice, {});
        const auto& from = to_struct<Receipt>(record(), *r);
        const auto moved = movements_of_pair(db, receipt, invoice);
        if (reversed.contains({receipt, invoice}) || invoice::least_from(moved, beginning) < 0)
            refuse(
                "AR-005", from.number,
                say("what receipt {number} has allocated to invoice {invoice} was taken back since",
                    fmt::arg("number", from.number), fmt::arg("invoice", number_of(db, invoice::record(), invoice))));
        std::int64_t net = 0;
        for (const auto& m : moved) net += m.amount;
        if (net != 0 && from.client != to_struct<Invoice>(invoice::record(), *i).client)
            refuse("AR-003", from.number, tr("the receipt and the invoice belong to different clients"));
        receipts.insert(receipt);
        invoices.insert(invoice);
    }
    for (const auto id : receipts) judge(op, id);
    const std::vector<std::int64_t> paid(invoices.begin(), invoices.end());
    invoice::settle(op, 0, 0, paid);
}

}  // namespace agency::receipt
