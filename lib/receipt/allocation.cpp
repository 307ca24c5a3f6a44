#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "period/period.hpp"
#include "receipt/receipt.hpp"
#include "record/called.hpp"
#include "record/key_table.hpp"

namespace agency::receipt {
namespace {

constexpr std::string_view number_aliases[] = {"allocation number"};
constexpr std::string_view receipt_aliases[] = {"收款编号", "receipt number", "receipt no"};
constexpr std::string_view invoice_aliases[] = {"发票号", "发票编号", "invoice number", "invoice no"};
constexpr std::string_view amount_aliases[] = {"核销金额"};
constexpr std::string_view day_aliases[] = {"核销时间", "date"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Allocation::number>, "Number", "核销编号",
          N_("Number of the allocation; optional")}
        .fixed()
        .also(number_aliases),
    Field{"receipt", FieldType::reference, member<&Allocation::receipt>, "Receipt", "回款编号", N_("Receipt that pays")}
        .required()
        .fixed()
        .also(receipt_aliases)
        .refers_to(receipt::record),
    Field{"invoice", FieldType::reference, member<&Allocation::invoice>, "Invoice", "发票号码",
          N_("Invoice that is paid")}
        .required()
        .fixed()
        .also(invoice_aliases)
        .refers_to(invoice::record),
    Field{"amount", FieldType::money, member<&Allocation::amount>, "Amount", "金额",
          N_("Amount, above zero; in lists negative where it takes back")}
        .required()
        .fixed()
        .also(amount_aliases),
    Field{"allocated_on", FieldType::day, member<&Allocation::allocated_on>, "Allocated", "核销日期",
          N_("Day from which it counts; default the later of received_on and issued_on")}
        .filled()
        .fixed()
        .also(day_aliases),
};
enum { k_number, k_receipt, k_invoice, k_amount, k_allocated_on };

Currency currency_of(std::uint32_t packed) {
    return Currency::parse(unpacked_code(packed)).value_or(Currency{});
}

/// What a side of an allocation still has, and from when.
struct Side {
    std::int64_t open = 0;
    std::uint32_t client = 0, currency = 0;
    std::int32_t since = 0;
    bool credit = false, touched = false;
};

/// The rules of AR-001 … AR-005 for a batch. Balances only fall as rows come, so comparing with what is open in the end
/// is the daily limit too; an invoice that has reversals or voided credit notes is judged day by day.
class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        db_ = &w.db();
        invoices_ = std::make_unique<KeyedRows<Side>>(
            w.db(), "invoice LEFT JOIN open_invoice USING (id)", "number",
            ", COALESCE(open, 0), invoice.client, invoice.currency, invoice.issued_on, invoice.kind",
            [](db::Statement& s) {
                return Side{s.integer(2), static_cast<std::uint32_t>(s.integer(3)), packed_code(s.text(4)),
                            s.day(5).days, s.text(6) == "credit_note"};
            });
        receipts_ = std::make_unique<KeyedRows<Side>>(
            w.db(), "receipt LEFT JOIN open_receipt USING (id)", "number",
            ", COALESCE(open, 0), client, currency, received_on", [](db::Statement& s) {
                return Side{s.integer(2), static_cast<std::uint32_t>(s.integer(3)), packed_code(s.text(4)),
                            s.day(5).days};
            });
        claims_.clear();
        w.db().each(
            "SELECT c.id, c.value FROM receipt_change AS c JOIN operation AS o ON o.id = c.operation WHERE "
            "field = 'client' AND o.undone_by IS NULL ORDER BY c.id, c.effective_on, c.operation",
            [&](db::Statement& s) {
                claims_[s.integer(0)] = static_cast<std::uint32_t>(std::atoll(s.string(1).c_str()));
            });
        voided_invoices_ = Changes(w.db(), invoice::record(), {}).voids();
        voided_receipts_ = Changes(w.db(), record(), {}).voids();
        reversed_.clear();
        for (const auto id : invoice::with_reversals(w.db())) reversed_[id];
        reversed_receipts_.clear();
        w.db().each("SELECT DISTINCT receipt FROM allocation WHERE amount < 0",
                    [&](db::Statement& s) { reversed_receipts_[s.integer(0)]; });
    }
    void expect(std::size_t rows) override {
        invoices_->expect(rows);
        receipts_->expect(rows);
    }
    std::uint32_t resolve(const Field& f, std::string_view text) override {
        return f.target == invoice::record ? invoices_->find(text) : receipts_->find(text);
    }
    Currency default_currency(const ImportRow& row) override {
        const Value& i = row.values[k_invoice];
        return i ? currency_of(invoices_->of(static_cast<std::uint32_t>(i.n)).currency) : Currency{};
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (row.old || !v[k_receipt] || !v[k_invoice] || !v[k_amount]) return;
        const Side& i = invoices_->of(static_cast<std::uint32_t>(v[k_invoice].n));
        const Side& r = receipts_->of(static_cast<std::uint32_t>(v[k_receipt].n));
        const auto claim = claims_.find(v[k_receipt].n);
        const auto payer = claim == claims_.end() ? r.client : claim->second;
        const int digits = currency_of(i.currency).digits();
        if (voided_receipts_.contains(v[k_receipt].n)) return row.refuse("receipt", tr("the receipt is voided"));
        if (voided_invoices_.contains(v[k_invoice].n)) return row.refuse("invoice", tr("the invoice is voided"));
        if (!payer)
            return row.problem("receipt", "AR-003", tr("the receipt is unidentified"),
                               say("claim it for a client first: agency receipt claim {number} --client CODE",
                                   fmt::arg("number", number_of(*db_, record(), v[k_receipt].n))));
        if (payer != i.client)
            return row.problem("invoice", "AR-003", tr("the receipt and the invoice belong to different clients"));
        if (i.currency != r.currency)
            return row.problem("invoice", "AR-003", tr("the receipt and the invoice have different currencies"));
        if (i.credit) return row.refuse("invoice", tr("money is not allocated to a credit note"));
        if (v[k_amount].n <= 0)
            return row.problem("amount", "", tr("the amount is above zero"),
                               tr("take money back with: agency receipt unallocate RECEIPT INVOICE"));
        const auto first = std::max(i.since, r.since);
        if (!v[k_allocated_on]) v[k_allocated_on] = Value::of(std::int64_t{first});
        const Date day{static_cast<std::int32_t>(v[k_allocated_on].n)};
        if (day.days < first)
            row.problem("allocated_on", "AR-005",
                        say("it is before {day}, when both the receipt and the invoice were there",
                            fmt::arg("day", to_string(Date{first}))));
        const auto amount = v[k_amount].n;
        if (amount > r.open)
            row.problem("amount", "AR-001",
                        say("{amount} is more than the {open} left of the receipt",
                            fmt::arg("amount", to_plain(amount, digits)), fmt::arg("open", to_plain(r.open, digits))));
        if (amount > i.open)
            row.problem("amount", "AR-002",
                        say("{amount} is more than the {open} open of the invoice",
                            fmt::arg("amount", to_plain(amount, digits)), fmt::arg("open", to_plain(i.open, digits))));
        if (row.bad) return;
        judge_by_day(row, reversed_receipts_, v[k_receipt].n, record(), "AR-001", movements);
        judge_by_day(row, reversed_, v[k_invoice].n, invoice::record(), "AR-002", invoice::movements);
    }
    void take(ImportRow& row) override {
        const auto& v = row.values;
        const auto spend = [&](Side& s) {
            s.open -= v[k_amount].n;
            s.touched = true;
        };
        spend(invoices_->of(static_cast<std::uint32_t>(v[k_invoice].n)));
        spend(receipts_->of(static_cast<std::uint32_t>(v[k_receipt].n)));
        const auto m = movement(v);
        if (const auto it = reversed_.find(v[k_invoice].n); it != reversed_.end()) it->second.push_back(m);
        if (const auto it = reversed_receipts_.find(v[k_receipt].n); it != reversed_receipts_.end())
            it->second.push_back(m);
    }
    void after_insert(Operation& op, std::uint32_t) override {
        keep(op.db(), *invoices_, invoice::keep_open, invoice::keep_none_open);
        keep(op.db(), *receipts_, keep_unapplied, keep_none_unapplied);
    }

private:
    /// What is left of those that were touched; those of which nothing is stand mostly beside each other.
    static void keep(db::Session& db, KeyedRows<Side>& rows,
                     void (*some)(db::Session&, std::int64_t id, std::int64_t open),
                     void (*none)(db::Session&, std::int64_t from, std::int64_t to)) {
        std::int64_t from = 1, to = 0;
        const auto end_run = [&] {
            if (from <= to) none(db, from, to);
        };
        rows.each([&](std::uint32_t id, const Side& s) {
            if (!s.touched) return;
            if (s.open != 0) return some(db, id, s.open);
            if (id != to + 1) {
                end_run();
                from = id;
            }
            to = id;
        });
        end_run();
    }

    using ByRecord = std::unordered_map<std::int64_t, std::vector<invoice::Movement>>;

    static invoice::Movement movement(const std::vector<Value>& v) {
        return {Date{static_cast<std::int32_t>(v[k_allocated_on].n)}, v[k_amount].n};
    }
    void judge_by_day(ImportRow& row, const ByRecord& reversed, std::int64_t id, const Record& r, std::string_view rule,
                      std::vector<invoice::Movement> (*stored)(db::Session&, std::int64_t)) {
        const auto it = reversed.find(id);
        if (it == reversed.end()) return;
        auto all = stored(*db_, id);
        all.insert(all.end(), it->second.begin(), it->second.end());
        const auto whole = db_->integer("SELECT amount FROM " + std::string(r.noun) + " WHERE id = $1", id).value_or(0);
        const auto now = movement(row.values);
        const auto overrun_on = [&](Date day) {
            auto with = all;
            with.push_back({day, now.amount});
            return invoice::first_overrun(std::move(with), whole);
        };
        const auto over = overrun_on(now.day);
        if (!over) return;
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
        const auto fits =
            std::find_if(all.begin(), all.end(), [&](const auto& m) { return m.day > now.day && !overrun_on(m.day); });
        const auto what = std::string(called(r)) + " " + number_of(*db_, r, id), day = to_string(*over);
        row.problem("allocated_on", rule,
                    fits == all.end()
                        ? say("on {day} more than the whole of {what} would be settled", fmt::arg("day", day),
                              fmt::arg("what", what))
                        : say("on {day} more than the whole of {what} would be settled; it fits from {fits} on",
                              fmt::arg("day", day), fmt::arg("what", what), fmt::arg("fits", to_string(fits->day))));
    }

    db::Session* db_ = nullptr;
    std::unique_ptr<KeyedRows<Side>> invoices_, receipts_;
    std::unordered_map<std::int64_t, std::uint32_t> claims_;
    std::unordered_map<std::int64_t, Date> voided_invoices_, voided_receipts_;
    ByRecord reversed_, reversed_receipts_;  ///< with the rows of this file
};

/// Inserts a reversal and restores both kept balances. `reverses`: the allocation; nothing: all that the pair has.
void reverse(Operation& op, std::int64_t receipt, std::int64_t invoice, std::int64_t amount, int digits, Date day,
             std::optional<std::int64_t> reverses) {
    const auto id = op.db().integer(
        "INSERT INTO allocation (receipt, invoice, amount, allocated_on, reverses, operation) VALUES ($1, $2, $3, $4, "
        "$5, $6) RETURNING id",
        receipt, invoice, -amount, day, reverses, op.id());
    invoice::keep_open(op.db(), invoice, invoice::open_of(op.db(), invoice));
    keep_unapplied(op.db(), receipt, unapplied_of(op.db(), receipt));
    op.audit("unallocate", "allocation", *id, "",
             json_of({{"receipt", number_of(op.db(), record(), receipt)},
                      {"invoice", number_of(op.db(), invoice::record(), invoice)},
                      {"amount", to_plain(-amount, digits)},
                      {"allocated_on", to_string(day)}}));
}

}  // namespace

const Record& allocation_record() {
    static const Record r{.noun = N_("allocation"),
                          .plural = N_("allocations"),
                          .en = "Allocation",
                          .zh = "核销",
                          .fields = fields,
                          .voidable = false,
                          .currency_from = "invoice",
                          .counts_from = "allocated_on",
                          .settle = settle_allocations};
    return r;
}

std::unique_ptr<RowRules> allocation_rules() {
    return std::make_unique<Rules>();
}

std::vector<invoice::Movement> movements_of_pair(db::Session& db, std::int64_t receipt, std::int64_t invoice) {
    std::vector<invoice::Movement> out;
    db.each(
        "SELECT allocated_on, amount FROM allocation WHERE invoice = $1 AND receipt = $2 AND undone = 0",
        [&](db::Statement& s) {
            out.push_back({s.day(0), s.integer(1)});
        },
        invoice, receipt);
    return out;
}

Date allocation_day(const Receipt& r, const Invoice& i) {
    return std::max(r.received_on, i.issued_on);
}

void allocate(Workspace& w, std::string_view receipt, std::string_view invoice, std::string_view amount,
              std::optional<Date> day, std::string_view command) {
    ImportOptions options;
    options.command = command;
    options.path = receipt;
    Rules rules;
    std::vector<std::pair<std::string, std::string>> texts{
        {"receipt", std::string(receipt)}, {"invoice", std::string(invoice)}, {"amount", std::string(amount)}};
    if (day) texts.emplace_back("allocated_on", to_string(*day));
    add_record(w, allocation_record(), rules, texts, options, [](const Problem&) {});
}

std::int64_t allocate(Operation& op, const Receipt& r, const Invoice& i, std::int64_t amount, Date day) {
    const auto open = invoice::open_of(op.db(), i.id.value) - amount, left = unapplied_of(op.db(), r.id.value) - amount;
    const auto id = op.db().integer(
        "INSERT INTO allocation (receipt, invoice, amount, allocated_on, operation) VALUES ($1, $2, $3, $4, $5) "
        "RETURNING id",
        r.id.value, i.id.value, amount, day, op.id());
    invoice::keep_open(op.db(), i.id.value, open);
    keep_unapplied(op.db(), r.id.value, left);
    op.audit("allocate", "allocation", *id, "",
             json_of({{"receipt", r.number},
                      {"invoice", i.number},
                      {"amount", to_plain(amount, i.currency.digits())},
                      {"allocated_on", to_string(day)}}));
    return *id;
}

std::int64_t unallocate(Workspace& w, std::string_view receipt, std::string_view invoice, std::optional<Date> day,
                        std::string_view command) {
    Operation op(w, "receipt.unallocate", receipt, command);
    const auto r = get_row(w.db(), record(), receipt, {});
    const auto i = get_row(w.db(), invoice::record(), invoice, {});
    const auto pair = movements_of_pair(w.db(), r.id, i.id);
    std::int64_t net = 0;
    std::optional<Date> last;  // day of the last allocation
    for (const auto& m : pair) {
        net += m.amount;
        if (m.amount > 0) last = std::max(last.value_or(m.day), m.day);
    }
    if (net == 0)
        throw Error(Exit::refused, say("nothing of receipt {receipt} is allocated to invoice {invoice}",
                                       fmt::arg("receipt", receipt), fmt::arg("invoice", invoice)))
            .with_ref(receipt);
    const auto on = day.value_or(std::max(w.today(), *last));
    if (on < *last || invoice::least_from(pair, on) < net)
        throw Error(Exit::refused,
                    say("the last allocation of the pair is of {day}, later than {on}",
                        fmt::arg("day", to_string(*last)), fmt::arg("on", to_string(on))),
                    say("give --on {day} or a later day", fmt::arg("day", to_string(*last))))
            .with_rule("AR-005")
            .with_ref(receipt);
    period::require_open(w.db(), on, "on");
    reverse(op, r.id, i.id, net, digits_of(w.db(), record(), r.values), on, std::nullopt);
    op.commit();
    return net;
}

void void_allocation(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                     std::string_view command) {
    Operation op(w, "allocation.void", number, command);
    const auto row = get_row(w.db(), allocation_record(), number, {});
    const auto a = to_struct<Allocation>(allocation_record(), row);
    const auto on = day.value_or(a.allocated_on);
    if (on < a.allocated_on)
        throw Error(Exit::refused, say("allocation {number} is of {day}, later than {on}", fmt::arg("number", number),
                                       fmt::arg("day", to_string(a.allocated_on)), fmt::arg("on", to_string(on))))
            .with_rule("AR-005")
            .with_ref(number);
    const bool reversed =
        w.db()
            .integer(
                "SELECT 1 FROM allocation WHERE invoice = $1 AND receipt = $2 AND amount < 0 AND undone = 0 AND "
                "(reverses = $3 OR (reverses IS NULL AND id > $3)) LIMIT 1",
                a.invoice.value, a.receipt.value, row.id)
            .has_value();
    if (reversed || invoice::least_from(movements_of_pair(w.db(), a.receipt.value, a.invoice.value), on) < a.amount)
        throw Error(Exit::refused, say("allocation {number} is taken back already", fmt::arg("number", number)))
            .with_ref(number);
    period::require_open(w.db(), on, "on");
    reverse(op, a.receipt.value, a.invoice.value, a.amount, digits_of(w.db(), allocation_record(), row.values), on,
            row.id);
    op.audit("void", "allocation", row.id, "", json_of("reason", reason));
    op.commit();
}

}  // namespace agency::receipt
