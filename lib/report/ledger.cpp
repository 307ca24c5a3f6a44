#include "report/ledger.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/translate.hpp"
#include "contract/contract.hpp"
#include "invoice/invoice.hpp"
#include "receipt/receipt.hpp"
#include "receivable/book.hpp"

namespace agency {
namespace {

/// In the contract's currency.
struct Figures {
    std::int64_t invoiced = 0, credited = 0, outstanding = 0, overdue = 0;
    std::int64_t fees = 0;  ///< of what was invoiced, less credit notes on them
};
/// What is open in other currencies than the contract's, by code; currencies are never added.
using Others = std::map<std::string, std::int64_t>;

void add(std::int64_t& sum, std::int64_t amount) {
    sum = add_checked(sum, amount);
}

std::string amounts(const Others& others) {
    std::string out;
    for (const auto& [code, minor] : others)
        if (minor != 0) out += (out.empty() ? "" : "; ") + to_string(Money{minor, *Currency::parse(code)});
    return out;
}

void add_figure_columns(std::vector<GridColumn>& columns) {
    columns.insert(columns.end(),
                   {{"client_name", CellType::text, "Client name", "客户名称"},
                    {"invoiced", CellType::money, "Invoiced", "已开票"},
                    {"credited", CellType::money, "Credited", "红字"},
                    {"uninvoiced", CellType::money, "Uninvoiced", "未开票"},
                    {"received", CellType::money, "Received", "已收款"},
                    {"outstanding", CellType::money, "Outstanding", "应收余额"},
                    {"overdue", CellType::money, "Overdue", "逾期金额"},
                    {"outstanding_other", CellType::text, "Outstanding, other currencies", "其他币种应收余额"},
                    {"days_to_end", CellType::integer, "Days to end", "距到期天数"},
                    {"expired", CellType::flag, "Expired", "已到期"}});
}

void add_figures(Grid& g, int digits, const Row& row, const Figures& f, const Others& others,
                 const std::string& client_name, Date day) {
    const Record& r = contract::record();
    const Value& amount = row.values[r.index("amount")];
    const Value& ends = row.values[r.index("ends_on")];
    const bool income = row.values[r.index("direction")].n == 0;
    g.add_text(client_name);
    for (const auto v : {f.invoiced, f.credited}) income ? g.add_money(v, digits) : g.add_null();
    income&& amount ? g.add_money(add_checked(amount.n, -f.fees), digits) : g.add_null();
    const auto received = add_checked(add_checked(f.invoiced, -f.credited), -f.outstanding);
    for (const auto v : {received, f.outstanding, f.overdue}) income ? g.add_money(v, digits) : g.add_null();
    g.add_text(amounts(others));
    ends ? g.add_integer(ends.n - day.days) : g.add_null();
    g.add_flag(ends && ends.n < day.days);
}

bool signed_by(const Row& row, Date day) {
    const Value& signed_on = row.values[contract::record().index("signed_on")];
    return !signed_on || signed_on.n <= day.days;
}

struct Name {
    std::string code, name;
};

std::unordered_map<std::int64_t, Name> client_names(db::Session& db, const AsOf& when) {
    std::unordered_map<std::int64_t, Name> out;
    const Changes changes(db, client::record(), when);
    db.each("SELECT id, code, name FROM client", [&](db::Statement& s) {
        const auto* later = changes.find(s.integer(0), 1);
        out.emplace(s.integer(0), Name{s.string(1), later && *later ? **later : s.string(2)});
    });
    return out;
}

/// Assessments by id; one read of them beats a lookup a contract.
std::unordered_map<std::int64_t, std::string> intake_numbers(db::Session& db) {
    std::unordered_map<std::int64_t, std::string> out;
    db.each("SELECT id, number FROM intake", [&](db::Statement& s) { out.emplace(s.integer(0), s.string(1)); });
    return out;
}

Grid invoices_of(db::Session& db, const AsOf& when, std::int64_t contract, std::string_view currency, Figures& f,
                 Others& others) {
    Grid g;
    g.columns = {{"number", CellType::text, "Number", "发票号码"},   {"kind", CellType::text, "Kind", "款项性质"},
                 {"issued_on", CellType::day, "Issued", "开票日期"}, {"due_on", CellType::day, "Due", "到期日"},
                 {"currency", CellType::text, "Currency", "币种"},   {"amount", CellType::money, "Amount", "金额"},
                 {"open", CellType::money, "Open", "未收"},          {"paid", CellType::text, "Paid", "收款"},
                 {"overdue", CellType::flag, "Overdue", "逾期"},     {"credits", CellType::text, "Credits", "冲减"}};
    const Record& r = invoice::record();
    const auto at_day = r.index("issued_on"), at_number = r.index("number");
    std::vector<Row> rows;
    each_row_of(db, r, "contract", contract, when, [&](Row&& row) {
        if (!row.voided(when.day) && row.values[at_day].n <= when.day.days) rows.push_back(std::move(row));
    });
    std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        return std::pair(a.values[at_day].n, a.values[at_number].s) <
               std::pair(b.values[at_day].n, b.values[at_number].s);
    });
    for (const Row& row : rows) {
        const auto i = to_struct<Invoice>(r, row);
        const bool credit = i.kind == Invoice::Kind::credit_note, linked = static_cast<bool>(i.credits);
        const auto left = linked ? 0 : receivable::open_item(db, when, row)->open;
        const bool late = left != 0 && i.due_on < when.day;
        if (i.currency.code() == currency) {
            add(credit ? f.credited : f.invoiced, i.amount);
            if (invoice::is_fee(invoice::money_of(db, i))) add(f.fees, credit ? -i.amount : i.amount);
            add(f.outstanding, left);
            if (late) add(f.overdue, left);
        } else {
            add(others[std::string(i.currency.code())], left);
        }
        g.add_text(i.number);
        agency::add_cell(g, r.field("kind"), row.values[r.index("kind")], 2, {});
        g.add_day(i.issued_on);
        g.add_day(i.due_on);
        g.add_text(i.currency.code());
        g.add_money(credit ? -i.amount : i.amount, i.currency.digits());
        g.add_money(left, i.currency.digits());
        g.add_constant(credit ? "" : left == 0 ? "full" : left < i.amount ? "part" : "none");
        g.add_flag(late);
        g.add_text(linked ? number_of(db, r, i.credits.value) : "");
    }
    return g;
}

Grid receipts_of(db::Session& db, const AsOf& when, std::int64_t contract) {
    Grid g;
    g.columns = {
        {"receipt", CellType::text, "Receipt", "回款编号"}, {"received_on", CellType::day, "Received", "收款日期"},
        {"invoice", CellType::text, "Invoice", "发票号码"}, {"allocated_on", CellType::day, "Allocated", "核销日期"},
        {"currency", CellType::text, "Currency", "币种"},   {"amount", CellType::money, "Amount", "金额"}};
    db.each(
        std::string(
            "SELECT r.number, r.received_on, i.number, a.allocated_on, i.currency, a.amount FROM invoice AS i JOIN "
            "allocation AS a ON a.invoice = i.id JOIN receipt AS r ON r.id = a.receipt WHERE i.contract = $1 AND "
            "a.allocated_on <= $2 AND a.operation <= $3 AND ") +
            listed(receipt::allocation_record(), "a", "$3") + " ORDER BY a.allocated_on, r.number, i.number, a.id",
        [&](db::Statement& s) {
            g.add_text(s.text(0));
            g.add_day(s.day(1));
            g.add_text(s.text(2));
            g.add_day(s.day(3));
            g.add_text(s.text(4));
            g.add_money(s.integer(5), Currency::parse(s.text(4)).value_or(Currency{}).digits());
        },
        contract, when.day, when.operation);
    return g;
}

}  // namespace

std::vector<GridColumn> ledger_columns() {
    auto columns = list_columns(contract::record());
    add_figure_columns(columns);
    return columns;
}

Report contract_ledger(Workspace& w, const AsOf& when, bool signed_only) {
    auto& db = w.db();
    std::vector<std::uint32_t> currencies;  // by contract id
    db.each("SELECT id, currency FROM contract ORDER BY id", [&](db::Statement& s) {
        currencies.resize(static_cast<std::size_t>(s.integer(0)) + 1);
        currencies.back() = packed_code(s.text(1));
    });
    std::unordered_map<std::int64_t, Figures> figures;
    std::unordered_map<std::int64_t, Others> others;
    const Changes invoice_changes(db, invoice::record(), when);
    db.each(
        "SELECT id, contract, kind, amount, currency, " + invoice::money_sql("i") +
            " FROM invoice AS i WHERE contract IS NOT NULL AND issued_on <= $1 AND operation <= "
            "$2",
        [&](db::Statement& s) {
            if (invoice_changes.voided_on(s.integer(0))) return;
            if (packed_code(s.text(4)) != currencies[static_cast<std::size_t>(s.integer(1))]) return;
            Figures& f = figures[s.integer(1)];
            const bool credit = s.text(2) == "credit_note";
            add(credit ? f.credited : f.invoiced, s.integer(3));
            if (s.text(5) == "fee" || s.text(5) == "retention") add(f.fees, credit ? -s.integer(3) : s.integer(3));
        },
        when.day, when.operation);
    for (const auto& i : receivable::open_book(db, when, receivable::Way::cheaper, false).items) {
        if (!i.contract) continue;
        if (i.currency != currencies[i.contract]) {
            add(others[i.contract][unpacked_code(i.currency)], i.open);
            continue;
        }
        Figures& f = figures[i.contract];
        add(f.outstanding, i.open);
        if (i.due_on < when.day.days) add(f.overdue, i.open);
    }
    const auto clients = client_names(db, when);
    const auto intakes = intake_numbers(db);
    const Record& r = contract::record();
    const auto at_client = r.index("client"), at_intake = r.index("intake");
    Report report;
    report.name = r.plural;
    report.narrow = {"number",   "client_name", "amount", "outstanding", "overdue",
                     "currency", "status",      "title",  "invoiced",    "received"};
    report.rows.columns = ledger_columns();
    each_row(db, r, when, [&](const Row& row) {
        if (signed_only && !signed_by(row, when.day)) return;
        const Name& c = clients.at(row.values[at_client].n);
        const int digits = digits_of(db, r, row.values);
        const auto other = others.find(row.id);
        add_row(report.rows, db, r, row, [&](std::size_t k) -> std::string_view {
            return k == at_intake ? intakes.at(row.values[k].n) : c.code;
        });
        add_figures(report.rows, digits, row, figures[row.id], other == others.end() ? Others{} : other->second, c.name,
                    when.day);
    });
    return report;
}

Report contract_sheet(Workspace& w, const Row& row, const AsOf& when) {
    auto& db = w.db();
    const Record& r = contract::record();
    const auto at_client = r.index("client");
    const auto client = find_row(db, client::record(), row.values[at_client].n, when);
    Figures f;
    Others others;
    Report report;
    report.shape = Report::Shape::record;
    report.name = r.noun;
    report.as_of = when.day;
    Grid invoices = invoices_of(db, when, row.id, row.values[r.index("currency")].s, f, others);
    report.rows.columns = ledger_columns();
    const int digits = digits_of(db, r, row.values);
    std::string number_there;
    add_row(report.rows, db, r, row, [&](std::size_t k) -> std::string_view {
        if (k == at_client) return client->values[client::record().index("code")].s;
        return number_there = number_of(db, r.fields[k].target(), row.values[k].n);
    });
    add_figures(report.rows, digits, row, f, others, std::string(client->values[1].s), when.day);
    report.parts.emplace_back(N_("invoices"), std::move(invoices));
    report.parts.emplace_back(N_("receipts"), receipts_of(db, when, row.id));
    return report;
}

}  // namespace agency
