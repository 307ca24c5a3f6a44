#include "invoice/invoice.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "kyc/facts.hpp"
#include "org/names.hpp"
#include "record/key_table.hpp"

namespace agency::invoice {
namespace {

constexpr std::string_view number_aliases[] = {"发票号",      "发票编号",       "invoice no",
                                               "invoice no.", "invoice number", "invoicenumber"};
constexpr std::string_view contract_aliases[] = {"合同", "合同号", "contract number", "contract no"};
constexpr std::string_view client_aliases[] = {"客户名称", "客户编号",    "购方名称",
                                               "customer", "client code", "client name"};
constexpr std::string_view kind_aliases[] = {"发票类型", "款项类型", "type"};
constexpr std::string_view credits_aliases[] = {"冲减发票", "原发票号码", "credited invoice"};
constexpr std::string_view issued_aliases[] = {"开票时间", "invoice date", "issue date", "invoicedate"};
constexpr std::string_view due_aliases[] = {"应收日期", "付款到期日", "due date", "duedate"};
constexpr std::string_view amount_aliases[] = {"含税金额",       "价税合计",      "开票金额",
                                               "invoice amount", "invoiceamount", "total"};
constexpr std::string_view owner_aliases[] = {"负责人", "收款负责人"};
constexpr std::string_view fee_words[] = {"代理费", "服务费"}, pass_words[] = {"代收代付款", "官费"},
                           retention_words[] = {"质量保证金", "保留金"}, credit_words[] = {"贷项", "红字发票", "红字"};
constexpr Word kinds[] = {{"fee", "服务费", fee_words}, {"pass_through", "代收代付", pass_words},
                          {"reimbursable", "代垫费用"}, {"retention", "质保金", retention_words},
                          {"interest", "利息"},         {"credit_note", "红字", credit_words}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Invoice::number>, "Number", "发票号码", N_("Number of the invoice")}
        .required()
        .fixed()
        .also(number_aliases),
    Field{"contract", FieldType::reference, member<&Invoice::contract>, "Contract", "合同编号",
          N_("Contract under which it is issued")}
        .fixed()
        .also(contract_aliases)
        .refers_to(contract::record),
    Field{"client", FieldType::reference, member<&Invoice::client>, "Client", "客户",
          N_("Who owes it; default the contract's client")}
        .filled()
        .fixed()
        .also(client_aliases)
        .refers_to(client::record),
    Field{"kind", FieldType::choice, member<&Invoice::kind>, "Kind", "款项性质",
          N_("What it asks for; default fee. A credit note lowers what is owed")}
        .filled()
        .fixed()
        .also(kind_aliases)
        .one_of(kinds),
    Field{"credits", FieldType::reference, member<&Invoice::credits>, "Credits", "冲减",
          N_("Invoice that a credit note reduces; without it the note stands alone")}
        .fixed()
        .also(credits_aliases)
        .refers_to(invoice::record),
    Field{"issued_on", FieldType::day, member<&Invoice::issued_on>, "Issued", "开票日期", N_("Day of issue")}
        .required()
        .fixed()
        .also(issued_aliases),
    Field{"due_on", FieldType::day, member<&Invoice::due_on>, "Due", "到期日", N_("Day until which it is to be paid")}
        .required()
        .dated()
        .also(due_aliases),
    Field{"amount", FieldType::money, member<&Invoice::amount>, "Amount", "金额",
          N_("Amount, tax included, above zero")}
        .required()
        .fixed()
        .also(amount_aliases),
    Field{"currency", FieldType::currency, member<&Invoice::currency>, "Currency", "币种",
          N_("ISO 4217; default the contract's, else CNY")}
        .filled()
        .fixed(),
    Field{"tax_rate", FieldType::rate, member<&Invoice::tax_rate>, "Tax rate", "税率",
          N_("Rate of value-added tax, 0.06 or 6%")},
    Field{"owner", FieldType::text, member<&Invoice::owner>, "Owner", "收款责任人",
          N_("Who collects it; without one, the contract's owner")}
        .dated()
        .also(owner_aliases),
    Field{"disputed", FieldType::money, member<&Invoice::disputed>, "Disputed", "争议金额",
          N_("Part that the client disputes; of what is entered since its issue, later by dispute and undispute")}
        .dated(),
    Field{"note", FieldType::text, member<&Invoice::note>, "Note", "备注", N_("Anything else")},
};
enum {
    k_number,
    k_contract,
    k_client,
    k_kind,
    k_credits,
    k_issued_on,
    k_due_on,
    k_amount,
    k_currency,
    k_tax_rate,
    k_owner,
    k_disputed,
    k_note
};
constexpr std::int64_t credit_note = static_cast<std::int64_t>(Invoice::Kind::credit_note);

// A batch may hold millions of these. A currency is three letters, packed.
struct ContractFacts {
    std::uint32_t client = 0, currency : 24 = 0, expense : 1 = 0;
};
struct InvoiceFacts {
    std::uint32_t client = 0, contract = 0, currency : 24 = 0, credit : 1 = 0;
    std::int32_t issued_on = 0;
    std::int64_t open = 0;
};
static_assert(sizeof(ContractFacts) == 8 && sizeof(InvoiceFacts) == 24);

class Rules final : public RowRules {
public:
    std::span<const std::string_view> acceptable() const override { return kyc::Limits::may_be_accepted; }
    void begin(Workspace& w, const ImportOptions& options) override {
        if (options.bytes) names_ = std::make_unique<org::Names>(w);
        db_ = &w.db();
        limits_ = std::make_unique<kyc::Limits>(w);
        clients_ = std::make_unique<client::Directory>(w);
        contracts_ = std::make_unique<KeyedRows<ContractFacts>>(
            w.db(), "contract", "number", ", client, currency, direction", [](db::Statement& s) {
                return ContractFacts{static_cast<std::uint32_t>(s.integer(2)), packed_code(s.text(3)),
                                     s.text(4) == "expense"};
            });
        invoices_ =
            std::make_unique<KeyedRows<InvoiceFacts>>(w.db(), "invoice LEFT JOIN open_invoice USING (id)", "number",
                                                      ", invoice.client, invoice.contract, invoice.currency, "
                                                      "invoice.issued_on, invoice.kind, COALESCE(open, 0)",
                                                      [](db::Statement& s) {
                                                          return InvoiceFacts{static_cast<std::uint32_t>(s.integer(2)),
                                                                              static_cast<std::uint32_t>(s.integer(3)),
                                                                              packed_code(s.text(4)),
                                                                              s.text(6) == "credit_note",
                                                                              s.day(5).days,
                                                                              s.integer(7)};
                                                      });
        voided_contracts_ = Changes(w.db(), contract::record(), {}).voids();
        voided_invoices_ = Changes(w.db(), record(), {}).voids();
        reversed_ = with_reversals(w.db());
        credited_.clear();
        spent_.clear();
        disputed_.clear();
    }
    void expect(std::size_t rows) override {
        contracts_->expect(rows);
        invoices_->reserve_attributes(rows);
    }
    std::uint32_t resolve(const Field& f, std::string_view text) override {
        if (f.target == contract::record) return contracts_->find(text);
        return clients_->find(text);
    }
    Currency default_currency(const ImportRow& row) override {
        const Value& c = row.values[k_contract];
        return c ? Currency::parse(unpacked_code(contracts_->of(static_cast<std::uint32_t>(c.n)).currency))
                       .value_or(Currency{})
                 : Currency{};
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_kind]) v[k_kind] = Value::of(std::int64_t{0});
        if (names_) check_owner(row);
        check_dispute(row);
        if (row.old) return check_days(row);
        if (v[k_credits]) check_credit(row);
        if (v[k_contract]) check_contract(row);
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view("CNY"));
        if (v[k_amount] && v[k_amount].n <= 0)
            row.problem("amount", "", tr("the amount is above zero; a credit note's kind is its sign"));
        check_days(row);
        if (!limits_->none() && !row.bad && v[k_client] && v[k_amount])
            if (auto why = limits_->refuse(v[k_client].n, owed(row), what(row)); !why.empty())
                row.report({.field = "amount", .rule = "KYC-020", .message = std::move(why), .code = Exit::refused});
    }
    void take(ImportRow& row) override {
        const auto& v = row.values;
        if (row.old) return;
        if (Value& d = row.values[k_disputed]) {  // a dated fact, as the verb enters it
            disputed_.push_back({row.id, d, Date{static_cast<std::int32_t>(v[k_issued_on].n)}});
            d = {};
        }
        if (!limits_->none()) limits_->owe(v[k_client].n, owed(row), what(row));
        if (v[k_credits]) {
            const auto id = static_cast<std::uint32_t>(v[k_credits].n);
            spent_[id].push_back({Date{static_cast<std::int32_t>(v[k_issued_on].n)}, v[k_amount].n});
            credited_.emplace_back(id, v[k_amount].n);
        }
        invoices_->put(row.id, {static_cast<std::uint32_t>(v[k_client].n), static_cast<std::uint32_t>(v[k_contract].n),
                                packed_code(v[k_currency].s), v[k_kind].n == credit_note,
                                static_cast<std::int32_t>(v[k_issued_on].n), v[k_amount].n});
    }
    void after_insert(Operation& op, std::uint32_t first) override {
        op.db().execute(
            "INSERT INTO open_invoice (id, client, contract, currency, kind, issued_on, due_on, open)"
            " SELECT id, client, contract, currency, kind, issued_on, due_on, CASE WHEN kind = 'credit_note' THEN "
            "-amount ELSE amount END"
            " FROM invoice WHERE id >= $1 AND credits IS NULL ORDER BY id",
            static_cast<std::int64_t>(first));
        for (const auto& d : disputed_) add_change(op, record(), d.id, record().field("disputed"), d.amount, d.since);
        std::sort(credited_.begin(), credited_.end());
        for (const auto& [id, amount] : credited_) {
            const auto open = op.db()
                                  .integer("SELECT open FROM open_invoice WHERE id = $1", static_cast<std::int64_t>(id))
                                  .value_or(0);
            keep_open(op.db(), id, open - amount);
        }
    }

private:
    /// ORG-060: who types a new name means an employee, where those are kept.
    void check_owner(ImportRow& row) {
        Value& v = row.values[k_owner];
        if (!v || (row.old && row.old->values[k_owner] == v)) return;
        owner_ = names_->person(v.s);
        if (!owner_.fault.empty())
            row.report({.field = "owner", .rule = "ORG-060", .message = owner_.fault, .code = Exit::not_found});
        v = Value::of(std::string_view(owner_.text));
    }
    void check_dispute(ImportRow& row) {
        const auto& v = row.values;
        if (row.old ? v[k_disputed] == row.old->values[k_disputed] : !v[k_disputed]) return;
        if (row.old)
            return row.problem(
                "disputed", "",
                tr("a dispute begins and ends by agency invoice dispute and undispute, with its reason"));
        if (v[k_kind].n == credit_note) return row.problem("disputed", "", tr("a credit note is not disputed"));
        if (v[k_amount] && (v[k_disputed].n <= 0 || v[k_disputed].n > v[k_amount].n))
            row.problem("disputed", "", tr("a dispute is above zero and at most the invoice's amount"));
    }
    /// What the client owes more by it; below zero by a credit note.
    /// Fees and retention are for work; the rest only asks back what was laid out.
    static kyc::Limits::For what(const ImportRow& row) {
        const auto kind = static_cast<Invoice::Kind>(row.values[k_kind].n);
        return kind == Invoice::Kind::fee || kind == Invoice::Kind::retention ? kyc::Limits::For::bill
                                                                              : kyc::Limits::For::outlay;
    }
    static Money owed(const ImportRow& row) {
        const auto& v = row.values;
        return {v[k_kind].n == credit_note ? -v[k_amount].n : v[k_amount].n,
                Currency::parse(v[k_currency].s).value_or(Currency{})};
    }
    void check_days(ImportRow& row) {
        const auto& v = row.values;
        if (v[k_due_on] && v[k_issued_on] && v[k_due_on].n < v[k_issued_on].n)
            row.warning("due_on", "", tr("it is due before it was issued"));
    }
    void check_contract(ImportRow& row) {
        auto& v = row.values;
        const auto& c = contracts_->of(static_cast<std::uint32_t>(v[k_contract].n));
        if (c.expense) row.refuse("contract", tr("the contract is an expense; it has no invoices of ours"));
        const auto voided = voided_contracts_.find(v[k_contract].n);
        if (voided != voided_contracts_.end())  // as a contract with invoices is not void
            row.refuse("contract",
                       say("the contract is void from {day} on", fmt::arg("day", to_string(voided->second))));
        if (!v[k_client]) v[k_client] = Value::of(std::int64_t{c.client});
        if (v[k_client].n != c.client) row.problem("client", "INV-005", tr("the client is not the contract's"));
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view(currency_ = unpacked_code(c.currency)));
    }
    /// A linked credit note belongs where its invoice belongs, and may not settle more than the whole on any day.
    void check_credit(ImportRow& row) {
        auto& v = row.values;
        const auto id = static_cast<std::uint32_t>(v[k_credits].n);
        if (v[k_kind].n != credit_note) return row.problem("credits", "", tr("only a credit note credits an invoice"));
        const auto& i = invoices_->of(id);
        if (i.credit)
            return row.problem("credits", "INV-011", tr("a credit note credits an invoice, not another credit note"));
        if (voided_invoices_.contains(id)) return row.refuse("credits", tr("the invoice is voided"));
        if (!v[k_contract] && i.contract) v[k_contract] = Value::of(std::int64_t{i.contract});
        if (!v[k_client]) v[k_client] = Value::of(std::int64_t{i.client});
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view(currency_ = unpacked_code(i.currency)));
        if (v[k_client].n != i.client)
            return row.problem("credits", "AR-003", tr("the invoice belongs to another client"));
        if (v[k_contract].n != i.contract)
            return row.problem("credits", "AR-003", tr("the invoice belongs to another contract"));
        if (packed_code(v[k_currency].s) != i.currency)
            return row.problem("currency", "AR-003", tr("the invoice has another currency"));
        if (!v[k_issued_on] || !v[k_amount] || v[k_amount].n <= 0) return;
        if (v[k_issued_on].n < i.issued_on)
            return row.problem("issued_on", "AR-005", tr("it is issued before the invoice that it credits"));
        check_open(row, id, i);
    }
    void check_open(ImportRow& row, std::uint32_t id, const InvoiceFacts& i) {
        const auto& v = row.values;
        std::int64_t open = i.open;
        std::vector<Movement> all;
        if (const auto it = spent_.find(id); it != spent_.end()) all = it->second;
        for (const auto& m : all) open -= m.amount;
        const int digits = Currency::parse(v[k_currency].s)->digits();
        if (v[k_amount].n > open)
            return row.problem("amount", "INV-011",
                               say("it credits more than the {open} that is open; take allocations back first (receipt "
                                   "unallocate), or let it stand alone without credits",
                                   fmt::arg("open", to_plain(open, digits))));
        if (!reversed_.contains(id)) return;  // what is open only fell: the end is the narrowest day
        all.push_back({Date{static_cast<std::int32_t>(v[k_issued_on].n)}, v[k_amount].n});
        const auto stored = movements(*db_, id);
        all.insert(all.end(), stored.begin(), stored.end());
        if (const auto over = first_overrun(
                std::move(all), db_->integer("SELECT amount FROM invoice WHERE id = $1", std::int64_t{id}).value_or(0)))
            row.problem("issued_on", "INV-011",
                        say("on {day} more than the whole would be settled", fmt::arg("day", to_string(*over))));
    }

    std::unique_ptr<org::Names> names_;  ///< nothing: a file
    org::Named owner_;
    db::Session* db_ = nullptr;
    std::unique_ptr<kyc::Limits> limits_;
    std::unique_ptr<client::Directory> clients_;
    std::unique_ptr<KeyedRows<ContractFacts>> contracts_;
    std::unique_ptr<KeyedRows<InvoiceFacts>> invoices_;
    std::unordered_map<std::int64_t, Date> voided_contracts_, voided_invoices_;
    std::unordered_set<std::int64_t> reversed_;
    std::unordered_map<std::uint32_t, std::vector<Movement>> spent_;  ///< credits of this file, by invoice
    std::vector<std::pair<std::uint32_t, std::int64_t>> credited_;
    struct Disputed {
        std::int64_t id;
        Value amount;
        Date since;
    };
    std::vector<Disputed> disputed_;
    std::string currency_;
};

Row row_for(Workspace& w, std::string_view number, Date day) {
    auto row = get_row(w.db(), record(), number, {day});
    if (row.voided(day))
        throw Error(Exit::refused, say("invoice {number} is voided", fmt::arg("number", number))).with_ref(number);
    return row;
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("invoice"),
                          .plural = N_("invoices"),
                          .en = "Invoice",
                          .zh = "发票",
                          .fields = fields,
                          .counts_from = "issued_on",
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

Invoice::Kind money_of(db::Session& db, const Invoice& i) {
    if (i.kind != Invoice::Kind::credit_note) return i.kind;
    const auto word = i.credits ? db.text("SELECT kind FROM invoice WHERE id = $1", i.credits.value) : std::nullopt;
    const auto kind = word ? find_word(record().field("kind"), *word) : -1;
    return kind < 0 ? Invoice::Kind::fee : static_cast<Invoice::Kind>(kind);
}

std::string money_sql(const std::string& alias) {
    return "CASE WHEN " + alias + ".kind <> 'credit_note' THEN " + alias +
           ".kind ELSE COALESCE((SELECT credited.kind FROM invoice AS credited WHERE credited.id = " + alias +
           ".credits), 'fee') END";
}

void redate(Workspace& w, std::string_view number, Date due, std::optional<Date> effective, std::string_view reason,
            std::string_view command) {
    if (reason.empty())
        throw Error(Exit::usage, tr("a new due day needs a reason"), tr("add --reason TEXT")).with_field("reason");
    Operation op(w, "invoice.redate", number, command);
    const auto day = effective.value_or(w.today());
    const auto row = row_for(w, number, day);
    add_change(op, record(), row.id, record().field("due_on"), Value::of(std::int64_t{due.days}), day);
    op.audit("redate", "invoice", row.id, "", json_of("reason", reason));
    op.commit();
}

void assign(Workspace& w, std::string_view number, std::string_view owner, std::optional<Date> effective,
            std::string_view command) {
    Operation op(w, "invoice.assign", number, command);
    const auto day = effective.value_or(w.today());
    const auto row = row_for(w, number, day);
    const auto named = org::Names(w).person(owner);
    if (!named.fault.empty())
        throw Error(Exit::not_found, "owner: " + named.fault,
                    tr("name an employee by number or exact name, or set org.people to any"))
            .with_rule("ORG-060")
            .with_ref(number)
            .with_field("owner");
    add_change(op, record(), row.id, record().field("owner"), Value::of(std::string_view(named.text)), day);
    op.commit();
}

void dispute(Workspace& w, std::string_view number, std::string_view amount, std::optional<Date> effective,
             std::string_view reason, std::string_view command) {
    Operation op(w, amount.empty() ? "invoice.undispute" : "invoice.dispute", number, command);
    const auto day = effective.value_or(w.today());
    const auto row = row_for(w, number, day);
    const auto i = to_struct<Invoice>(record(), row);
    Value v;
    if (i.kind == Invoice::Kind::credit_note)
        throw Error(Exit::refused, tr("a credit note is not disputed"),
                    tr("dispute the invoice that it credits, or void the credit note"))
            .with_ref(number);
    if (!amount.empty()) {
        std::deque<std::string> texts;
        if (auto fault = parse_value(record().field("disputed"), amount, nullptr, i.currency.digits(), v, texts))
            throw Error(Exit::usage, *fault).with_field("amount");
        if (!v || v.n <= 0 || v.n > i.amount)
            throw Error(Exit::refused, say("a dispute is above zero and at most the invoice's {amount}",
                                           fmt::arg("amount", to_plain(i.amount, i.currency.digits()))))
                .with_ref(number)
                .with_field("amount");
        if (reason.empty())
            throw Error(Exit::usage, tr("a dispute needs a reason"), tr("add --reason TEXT")).with_field("reason");
    } else if (!i.disputed) {
        throw Error(Exit::refused, say("invoice {number} is not disputed on {day}", fmt::arg("number", number),
                                       fmt::arg("day", to_string(day))))
            .with_ref(number);
    }
    add_change(op, record(), row.id, record().field("disputed"), v, day);
    if (!reason.empty()) op.audit("dispute", "invoice", row.id, "", json_of("reason", reason));
    op.commit();
}

std::string unallocate_first(db::Session& db, std::string_view side, std::int64_t id) {
    std::string hint;
    db.each(
        "SELECT r.number, i.number FROM allocation AS a JOIN receipt AS r ON r.id = a.receipt JOIN invoice AS i ON "
        "i.id = a.invoice WHERE a." +
            std::string(side) +
            " = $1 GROUP BY r.number, i.number HAVING CAST(SUM(a.amount) AS BIGINT) <> 0 ORDER BY MIN(a.id) LIMIT 1",
        [&](db::Statement& s) {
            hint = say("take that back first: agency receipt unallocate {receipt} {invoice}",
                       fmt::arg("receipt", s.text(0)), fmt::arg("invoice", s.text(1)));
        },
        id);
    return hint;
}

namespace {

/// What is done before an invoice is void: what stands on it in the end is taken back.
std::string what_first(db::Session& db, std::int64_t id) {
    if (auto hint = unallocate_first(db, "invoice", id); !hint.empty()) return hint;
    if (const auto credit = db.text("SELECT number FROM invoice AS i WHERE credits = $1 AND undone = 0 AND NOT " +
                                        is_void("invoice", "i.id") + " ORDER BY id LIMIT 1",
                                    id))
        return say("void the credit note first: agency invoice void {number} --reason TEXT",
                   fmt::arg("number", *credit));
    return tr("void it from a later day: --on DAY");
}

}  // namespace

void void_invoice(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                  std::string_view command) {
    Operation op(w, "invoice.void", number, command);
    const auto row = row_for(w, number, last_day);
    const auto i = to_struct<Invoice>(record(), row);
    const auto from = day.value_or(i.issued_on);
    if (from < i.issued_on)
        throw Error(Exit::usage, say("invoice {number} was issued on {day}; it cannot be void before",
                                     fmt::arg("number", number), fmt::arg("day", to_string(i.issued_on))))
            .with_field("on");
    if (const auto standing = first_standing(movements(w.db(), row.id), from))
        throw Error(Exit::refused,
                    say("invoice {number} has something allocated or credited on {day}", fmt::arg("number", number),
                        fmt::arg("day", to_string(*standing))),
                    what_first(w.db(), row.id))
            .with_ref(number);
    add_void(op, record(), row.id, from, reason);
    keep_open(w.db(), row.id, 0);
    if (i.credits) keep_open(w.db(), i.credits.value, open_of(w.db(), i.credits.value));
    op.commit();
}

}  // namespace agency::invoice
