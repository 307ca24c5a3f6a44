#include "receipt/receipt.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "period/period.hpp"
#include "record/key_table.hpp"

namespace agency::receipt {
namespace {

constexpr std::string_view number_aliases[] = {"收款编号", "流水号", "receipt no", "receipt number"};
constexpr std::string_view client_aliases[] = {"客户名称", "客户编号", "customer", "client code", "client name"};
constexpr std::string_view received_aliases[] = {"到账日期", "收款时间",     "交易日期",
                                                 "received", "receipt date", "date"};
constexpr std::string_view banked_aliases[] = {"入账日期", "value date"};
constexpr std::string_view amount_aliases[] = {"收款金额", "到账金额", "receipt amount"};
constexpr std::string_view method_aliases[] = {"付款方式", "payment method"};
constexpr std::string_view account_aliases[] = {"账户", "账号", "bank account"};
constexpr std::string_view reference_aliases[] = {"银行流水号", "交易号", "bank ref", "reference"};
constexpr std::string_view payer_aliases[] = {"付款人", "对方户名", "付款方名称"};
constexpr std::string_view designates_aliases[] = {"用途", "指定发票", "remittance"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Receipt::number>, "Number", "回款编号", N_("Number of the receipt")}
        .required()
        .fixed()
        .also(number_aliases),
    Field{"client", FieldType::reference, member<&Receipt::client>, "Client", "客户",
          N_("Who paid; empty: unidentified until claimed")}
        .dated()
        .also(client_aliases)
        .refers_to(client::record),
    Field{"received_on", FieldType::day, member<&Receipt::received_on>, "Received", "收款日期",
          N_("Day on which it was received")}
        .required()
        .fixed()
        .also(received_aliases),
    Field{"banked_on", FieldType::day, member<&Receipt::banked_on>, "Banked", "到账日",
          N_("Day on which the bank credited it")}
        .fixed()
        .also(banked_aliases),
    Field{"amount", FieldType::money, member<&Receipt::amount>, "Amount", "金额", N_("Amount, above zero")}
        .required()
        .fixed()
        .also(amount_aliases),
    Field{"currency", FieldType::currency, member<&Receipt::currency>, "Currency", "币种",
          N_("ISO 4217; default the client's, else CNY")}
        .filled()
        .fixed(),
    Field{"method", FieldType::text, member<&Receipt::method>, "Method", "收款方式", N_("Transfer, cash, draft, ...")}
        .also(method_aliases),
    Field{"account", FieldType::text, member<&Receipt::account>, "Account", "收款账户",
          N_("Account of ours that received it")}
        .fixed()
        .also(account_aliases),
    Field{"bank_reference", FieldType::text, member<&Receipt::bank_reference>, "Bank reference", "银行参考号",
          N_("The bank's reference; unique with the account")}
        .fixed()
        .also(reference_aliases),
    Field{"payer", FieldType::text, member<&Receipt::payer>, "Payer", "付款方",
          N_("Name of the payer as the bank gives it")}
        .also(payer_aliases),
    Field{"designates", FieldType::text, member<&Receipt::designates>, "Designates", "指定用途",
          N_("Invoices or contracts that the payer named, with ; between (Civil Code art. 560)")}
        .also(designates_aliases),
    Field{"note", FieldType::text, member<&Receipt::note>, "Note", "备注", N_("Anything else")},
};
enum {
    k_number,
    k_client,
    k_received_on,
    k_banked_on,
    k_amount,
    k_currency,
    k_method,
    k_account,
    k_reference,
    k_payer,
    k_designates,
    k_note
};

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        db_ = &w.db();
        clients_ = std::make_unique<client::Directory>(w);
        references_ = {};
        known_references_ =
            w.db().integer("SELECT 1 FROM receipt WHERE bank_reference IS NOT NULL LIMIT 1").has_value();
    }
    std::uint32_t resolve(const Field&, std::string_view text) override { return clients_->find(text); }
    Currency default_currency(const ImportRow& row) override {
        const Value& c = row.values[k_client];
        return c ? clients_->currency(static_cast<std::uint32_t>(c.n)) : Currency{};
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view(currency_ = default_currency(row).code()));
        if (row.old) {
            const auto latest = find_row(*db_, record(), std::int64_t{row.id}, {});  // also a claim of a later day
            const Value& before = latest->values[k_client];
            const bool taken_away = row.old->values[k_client] && !v[k_client];
            if (taken_away || (before && v[k_client] && !(v[k_client] == before)))
                row.problem("client", "AR-003",
                            tr("whose money it is does not change; void the receipt and enter it under another number "
                               "if that is wrong"));
            return;
        }
        if (v[k_amount] && v[k_amount].n <= 0) row.problem("amount", "", tr("the amount is above zero"));
        if (!v[k_reference]) return;
        bool taken = references_.find(bank_key(v)) != 0;
        if (!taken && known_references_)
            taken = db_->integer(
                           "SELECT 1 FROM receipt AS r WHERE bank_reference = $1 AND COALESCE(account, '') = $2 AND "
                           "NOT " +
                               is_void("receipt", "r.id"),
                           v[k_reference].s, v[k_account].s)
                        .has_value();
        if (taken)
            row.problem("bank_reference", "AR-004",
                        say("{reference} of this account is booked already", fmt::arg("reference", v[k_reference].s)));
    }
    void take(ImportRow& row) override {
        if (!row.old && row.values[k_reference]) references_.add(bank_key(row.values), row.id);
    }
    void after_insert(Operation& op, std::uint32_t first) override {
        op.db().execute("INSERT INTO open_receipt (id, open) SELECT id, amount FROM receipt WHERE id >= $1 ORDER BY id",
                        static_cast<std::int64_t>(first));
    }

private:
    static std::string bank_key(const std::vector<Value>& v) {
        return std::string(v[k_account].s) + "\n" + std::string(v[k_reference].s);
    }

    db::Session* db_ = nullptr;
    std::unique_ptr<client::Directory> clients_;
    KeyTable references_;  ///< of this file
    bool known_references_ = false;
    std::string currency_;
};

Row row_for(Workspace& w, std::string_view number, Date day) {
    auto row = get_row(w.db(), record(), number, {day});
    if (row.voided(day))
        throw Error(Exit::refused, say("receipt {number} is voided", fmt::arg("number", number))).with_ref(number);
    return row;
}

std::int64_t amount_of(std::string_view text, const Currency& currency) {
    const auto a = parse_amount(text, currency.digits());
    if (a.fault != AmountFault::none || a.value <= 0)
        throw Error(Exit::usage, say("\"{text}\" is not an amount above zero in {currency}", fmt::arg("text", text),
                                     fmt::arg("currency", currency.code())))
            .with_field("amount");
    return a.value;
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("receipt"),
                          .plural = N_("receipts"),
                          .en = "Receipt",
                          .zh = "回款",
                          .fields = fields,
                          .counts_from = "received_on",
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

std::vector<invoice::Movement> movements(db::Session& db, std::int64_t id) {
    std::vector<invoice::Movement> out;
    const auto add = [&](db::Statement& s) { out.push_back({s.day(0), s.integer(1)}); };
    db.each("SELECT allocated_on, amount FROM allocation WHERE receipt = $1", add, id);
    db.each("SELECT refunded_on, amount FROM refund WHERE receipt = $1", add, id);
    return out;
}

std::int64_t unapplied_of(db::Session& db, std::int64_t id) {
    const auto row = find_row(db, record(), id, {});
    if (row->voided_on) return 0;
    return row->values[k_amount].n -
           db.integer("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM allocation WHERE receipt = $1", id)
               .value_or(0) -
           db.integer("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM refund WHERE receipt = $1", id).value_or(0);
}

void keep_none_unapplied(db::Session& db, std::int64_t from, std::int64_t to) {
    db.execute("DELETE FROM open_receipt WHERE id BETWEEN $1 AND $2", from, to);
}

void keep_unapplied(db::Session& db, std::int64_t id, std::int64_t open) {
    if (open == 0)
        keep_none_unapplied(db, id, id);
    else
        db.execute(
            "INSERT INTO open_receipt (id, open) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET open = excluded.open",
            id, open);
}

void refund(Workspace& w, std::string_view number, std::string_view amount, std::optional<Date> day,
            std::string_view command) {
    Operation op(w, "receipt.refund", number, command);
    const auto row = row_for(w, number, w.today());
    const auto r = to_struct<Receipt>(record(), row);
    const auto on = day.value_or(std::max(w.today(), r.received_on));
    period::require_open(w.db(), on, "on");
    const auto minor = amount_of(amount, r.currency);
    const auto open = unapplied_of(w.db(), row.id);
    if (on < r.received_on)
        throw Error(Exit::refused, say("receipt {number} was received on {day}, later than the refund",
                                       fmt::arg("number", number), fmt::arg("day", to_string(r.received_on))))
            .with_rule("AR-005")
            .with_ref(number);
    if (minor > open)
        throw Error(Exit::refused,
                    say("receipt {number} has {open} unapplied, less than {amount}", fmt::arg("number", number),
                        fmt::arg("open", to_plain(open, r.currency.digits())),
                        fmt::arg("amount", to_plain(minor, r.currency.digits()))),
                    tr("take allocations back first: agency receipt unallocate"))
            .with_rule("AR-001")
            .with_ref(number);
    auto all = movements(w.db(), row.id);
    all.push_back({on, minor});
    if (const auto over = invoice::first_overrun(std::move(all), r.amount))
        throw Error(Exit::refused,
                    say("on {day} more than receipt {number} has would be spent", fmt::arg("day", to_string(*over)),
                        fmt::arg("number", number)),
                    tr("give a later --on DAY"))
            .with_rule("AR-001")
            .with_ref(number);
    op.db().execute("INSERT INTO refund (receipt, amount, refunded_on, operation) VALUES ($1, $2, $3, $4)", row.id,
                    minor, on, op.id());
    keep_unapplied(w.db(), row.id, open - minor);
    op.audit("refund", "receipt", row.id, "",
             json_of({{"amount", to_plain(minor, r.currency.digits())}, {"refunded_on", to_string(on)}}));
    op.commit();
}

void claim(Workspace& w, std::string_view number, std::string_view client, std::optional<Date> effective,
           std::string_view command) {
    Operation op(w, "receipt.claim", number, command);
    const auto day = effective.value_or(w.today());
    const auto row = row_for(w, number, last_day);
    if (row.values[k_client])
        throw Error(Exit::refused,
                    say("receipt {number} belongs to {client} already", fmt::arg("number", number),
                        fmt::arg("client", number_of(w.db(), client::record(), row.values[k_client].n))),
                    tr("void it and enter it under another number if that is wrong"))
            .with_ref(number);
    const auto owner = get_row(w.db(), client::record(), client, {day});
    if (owner.voided_on)
        throw Error(Exit::refused, say("client {client} is voided", fmt::arg("client", client))).with_ref(client);
    add_change(op, record(), row.id, record().field("client"), Value::of(owner.id), day);
    op.commit();
}

namespace {

/// What is done before a receipt is void: what of its money is spent in the end is taken back.
std::string what_first(Operation& op, std::int64_t id) {
    if (auto hint = invoice::unallocate_first(op.db(), "receipt", id); !hint.empty()) return hint;
    const auto refund = op.db().integer("SELECT MAX(operation) FROM refund WHERE receipt = $1 AND undone = 0", id);
    if (refund && *refund != op.id())  // else it is of the same batch, and goes with it
        return say("take the refund back first: agency undo {operation}", fmt::arg("operation", *refund));
    return tr("void it from a later day: --on DAY");
}

}  // namespace

void void_receipt(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                  std::string_view command) {
    Operation op(w, "receipt.void", number, command);
    const auto row = row_for(w, number, last_day);
    const auto r = to_struct<Receipt>(record(), row);
    const auto from = day.value_or(r.received_on);
    if (from < r.received_on)
        throw Error(Exit::usage, say("receipt {number} was received on {day}; it cannot be void before",
                                     fmt::arg("number", number), fmt::arg("day", to_string(r.received_on))))
            .with_field("on");
    if (const auto standing = invoice::first_standing(movements(w.db(), row.id), from))
        throw Error(Exit::refused,
                    say("receipt {number} has something allocated or refunded on {day}", fmt::arg("number", number),
                        fmt::arg("day", to_string(*standing))),
                    what_first(op, row.id))
            .with_ref(number);
    add_void(op, record(), row.id, from, reason);
    keep_unapplied(w.db(), row.id, 0);
    op.commit();
}

}  // namespace agency::receipt
