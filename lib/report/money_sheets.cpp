#include "report/money_sheets.hpp"

#include "base/translate.hpp"
#include "receipt/receipt.hpp"
#include "receivable/book.hpp"
#include "record/store.hpp"
#include "refund/refund.hpp"

namespace agency {
namespace {

/// One record as a report; what follows is added to its row.
Report sheet_of(db::Session& db, const Record& r, const Row& row, const AsOf& when) {
    Report report;
    report.shape = Report::Shape::record;
    report.name = r.noun;
    report.as_of = when.day;
    report.rows.columns = list_columns(r);
    std::string number;
    add_row(report.rows, db, r, row, [&](std::size_t k) -> std::string_view {
        return number = number_of(db, r.fields[k].target(), row.values[k].n);
    });
    return report;
}

void add_figure(Report& report, GridColumn column, std::optional<std::int64_t> amount, int digits) {
    report.rows.columns.push_back(column);
    amount ? report.rows.add_money(*amount, digits) : report.rows.add_null();
}

/// Allocations of an invoice (`mine`: invoice, `theirs`: receipt), or of a receipt, by day; the sum of all.
std::int64_t add_allocations(Report& report, const char* title, db::Session& db, std::string_view mine,
                             std::string_view theirs, GridColumn number, std::int64_t id, const AsOf& when,
                             int digits) {
    Grid g;
    g.columns = {number,
                 {"allocated_on", CellType::day, "Allocated", "核销日期"},
                 {"amount", CellType::money, "Amount", "金额"}};
    std::int64_t sum = 0;
    db.each(
        "SELECT t.number, a.allocated_on, a.amount FROM allocation AS a JOIN " + std::string(theirs) +
            " AS t ON t.id = a." + std::string(theirs) + " WHERE a." + std::string(mine) +
            " = $1 AND a.allocated_on <= $2 AND a.operation <= $3 AND " +
            listed(receipt::allocation_record(), "a", "$3") + " ORDER BY a.allocated_on, a.id",
        [&](db::Statement& s) {
            g.add_text(s.text(0));
            g.add_day(s.day(1));
            g.add_money(s.integer(2), digits);
            sum = add_checked(sum, s.integer(2));
        },
        id, when.day, when.operation);
    report.parts.emplace_back(title, std::move(g));
    return sum;
}

}  // namespace

Report invoice_sheet(Workspace& w, std::string_view number, const AsOf& when) {
    auto& db = w.db();
    const Record& r = invoice::record();
    const auto row = get_row(db, r, number, when);
    const int digits = digits_of(db, r, row.values);
    Report report = sheet_of(db, r, row, when);
    const auto item = receivable::open_item(db, when, row);
    const auto whole = row.values[r.index("amount")].n;
    std::optional<std::int64_t> settled, open;
    if (item) {
        open = item->open;
        settled = (item->credit_note ? -whole : whole) - item->open;
    }
    add_figure(report, {"settled", CellType::money, "Settled", "已核销"}, settled, digits);
    add_figure(report, {"open", CellType::money, "Open", "未收"}, open, digits);
    add_allocations(report, N_("receipts"), db, "invoice", "receipt",
                    {"receipt", CellType::text, "Receipt", "回款编号"}, row.id, when, digits);
    Grid g;
    g.columns = {{"number", CellType::text, "Number", "发票号码"},
                 {"issued_on", CellType::day, "Issued", "开票日期"},
                 {"amount", CellType::money, "Amount", "金额"}};
    each_row_of(db, r, "credits", row.id, when, [&](const Row& credit) {
        const auto c = to_struct<Invoice>(r, credit);
        if (credit.voided(when.day) || c.issued_on > when.day) return;
        g.add_text(c.number);
        g.add_day(c.issued_on);
        g.add_money(c.amount, digits);
    });
    report.parts.emplace_back(N_("credit_notes"), std::move(g));
    return report;
}

Report receipt_sheet(Workspace& w, std::string_view number, const AsOf& when) {
    auto& db = w.db();
    const Record& r = receipt::record();
    const auto row = get_row(db, r, number, when);
    const auto money = to_struct<Receipt>(r, row);
    const int digits = money.currency.digits();
    Report report = sheet_of(db, r, row, when);
    const auto allocated = add_allocations(report, N_("invoices"), db, "receipt", "invoice",
                                           {"invoice", CellType::text, "Invoice", "发票号码"}, row.id, when, digits);
    Grid g;
    g.columns = {{"refunded_on", CellType::day, "Refunded", "退款日期"}, {"amount", CellType::money, "Amount", "金额"}};
    std::int64_t refunded = 0;
    db.each(
        "SELECT f.refunded_on, f.amount FROM refund AS f WHERE f.receipt = $1 AND f.refunded_on <= $2 AND f.operation "
        "<= $3 "
        "AND " +
            listed(refund::record(), "f", "$3") + " ORDER BY f.refunded_on, f.id",
        [&](db::Statement& s) {
            g.add_day(s.day(0));
            g.add_money(s.integer(1), digits);
            refunded = add_checked(refunded, s.integer(1));
        },
        row.id, when.day, when.operation);
    report.parts.emplace_back(N_("refunds"), std::move(g));
    const bool there = !row.voided(when.day) && money.received_on <= when.day;
    const auto figure = [&](std::int64_t n) { return there ? std::optional(n) : std::nullopt; };
    add_figure(report, {"allocated", CellType::money, "Allocated", "已核销"}, figure(allocated), digits);
    add_figure(report, {"refunded", CellType::money, "Refunded", "已退款"}, figure(refunded), digits);
    add_figure(report, {"unapplied", CellType::money, "Unapplied", "未核销"},
               figure(money.amount - allocated - refunded), digits);
    return report;
}

}  // namespace agency
