#include "receivable/book.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "invoice/invoice.hpp"
#include "receipt/receipt.hpp"

namespace agency::receivable {
namespace {

/// The last id that was known: ids and operations grow together.
std::int64_t last_known(db::Session& db, const std::string& table, const AsOf& when) {
    if (when.operation == INT64_MAX) return db.integer("SELECT MAX(id) FROM " + table).value_or(0);
    return db.integer("SELECT id FROM " + table + " WHERE operation <= $1 ORDER BY id DESC LIMIT 1", when.operation)
        .value_or(0);
}

constexpr const char* item_columns = "id, client, contract, currency, kind, issued_on, due_on";

Item read_item(db::Statement& s) {
    Item i;
    i.invoice = static_cast<std::uint32_t>(s.integer(0));
    i.client = static_cast<std::uint32_t>(s.integer(1));
    i.contract = static_cast<std::uint32_t>(s.integer(2));
    i.currency = packed_code(s.text(3));
    i.credit_note = s.text(4) == "credit_note";
    i.issued_on = s.day(5).days;
    i.due_on = s.day(6).days;
    return i;
}

/// What every way needs to know of the moment.
struct Moment {
    Moment(db::Session& session, const AsOf& as_of)
        : db(session),
          when(as_of),
          day(to_string(as_of.day)),
          invoices(last_known(session, "invoice", as_of)),
          allocations(last_known(session, "allocation", as_of)),
          receipts(last_known(session, "receipt", as_of)),
          refunds(last_known(session, "refund", as_of)),
          voids(session, invoice::record(), as_of),
          claims(session, receipt::record(), as_of) {
        db.each("SELECT DISTINCT id FROM receipt_change WHERE field = 'client'",
                [&](db::Statement& s) { claimed.insert(s.integer(0)); });
    }
    bool invoice_void(std::int64_t id) const {
        const auto on = voids.voided_on(id);
        return on && *on <= when.day;
    }
    std::uint32_t payer(std::int64_t receipt, std::uint32_t entered) const {
        const auto* claim = claims.find(receipt, 1);
        return claim && *claim ? static_cast<std::uint32_t>(std::atoll((*claim)->c_str())) : entered;
    }

    db::Session& db;
    AsOf when;
    std::string day;
    std::int64_t invoices, allocations, receipts, refunds;  ///< last known ids
    Changes voids, claims;
    std::unordered_set<std::int64_t> claimed;  ///< receipts whose payer was found out later
};

/// Items under construction; found by invoice id once somebody asks, because today's report never does.
class Items {
public:
    std::vector<Item> all;
    Item* find(std::int64_t id) {
        for (; indexed_ < all.size(); ++indexed_) place(indexed_);
        const auto at = static_cast<std::size_t>(id);
        return at < at_.size() && at_[at] >= 0 ? &all[static_cast<std::size_t>(at_[at])] : nullptr;
    }
    Item& add(const Item& i) { return all.emplace_back(i); }

private:
    void place(std::size_t n) {
        const auto id = static_cast<std::size_t>(all[n].invoice);
        if (id >= at_.size()) at_.resize(std::max(id + 1, at_.size() * 3 / 2), -1);
        at_[id] = static_cast<std::int32_t>(n);
    }
    std::vector<std::int32_t> at_;
    std::size_t indexed_ = 0;
};

using Unapplied = std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t>;

/// Takes an allocation from the payer's unapplied money. Payer and invoice have one client, except for receipts claimed
/// later.
void apply(Unapplied& unapplied, const Moment& m, const Item& i, std::int64_t receipt, std::int64_t amount) {
    const auto client = m.claimed.contains(receipt) ? m.payer(receipt, 0) : i.client;
    auto& sum = unapplied[{client, i.currency}];
    sum = add_checked(sum, -amount);
}

/// A row that begins with a receipt, its client as entered and its currency: what is unapplied of its payer moves.
void count(Unapplied& unapplied, const Moment& m, db::Statement& s, std::int64_t amount) {
    auto& sum = unapplied[{m.payer(s.integer(0), static_cast<std::uint32_t>(s.integer(1))), packed_code(s.text(2))}];
    sum = add_checked(sum, amount);
}

/// A sum by id.
class SumsById {
public:
    explicit SumsById(std::int64_t last_id) : sums_(static_cast<std::size_t>(last_id) + 1) {}
    void add(std::int64_t id, std::int64_t amount) {
        auto& sum = sums_.at(static_cast<std::size_t>(id));
        sum = add_checked(sum, amount);
    }
    std::int64_t of(std::int64_t id) const { return sums_.at(static_cast<std::size_t>(id)); }

private:
    std::vector<std::int64_t> sums_;
};

/// All facts, each once: what was settled into arrays, then invoices and receipts against them.
Book scan(const Moment& m, bool receipts) {
    Book book;
    // What is settled is known no later than what settles it.
    SumsById settled(m.invoices), spent(receipts ? m.receipts : 0);
    m.db.each(
        "SELECT id, credits, amount FROM invoice WHERE credits IS NOT NULL AND id <= $2 AND issued_on <= $1",
        [&](db::Statement& s) {
            if (!m.invoice_void(s.integer(0))) settled.add(s.integer(1), s.integer(2));
        },
        m.day, m.invoices);
    m.db.each(
        "SELECT invoice, amount, receipt FROM allocation WHERE id <= $2 AND allocated_on <= $1",
        [&](db::Statement& s) {
            settled.add(s.integer(0), s.integer(1));
            if (receipts) spent.add(s.integer(2), s.integer(1));
        },
        m.day, m.allocations);
    m.db.each(
        std::string("SELECT ") + item_columns +
            ", amount FROM invoice WHERE credits IS NULL AND id <= $2 AND issued_on <= $1",
        [&](db::Statement& s) {
            const auto open = s.integer(7) - settled.of(s.integer(0));
            if (open == 0 || m.invoice_void(s.integer(0))) return;
            Item i = read_item(s);
            i.open = i.credit_note ? -open : open;
            book.items.push_back(i);
        },
        m.day, m.invoices);
    if (!receipts) return book;
    m.db.each(
        "SELECT receipt, amount FROM refund WHERE refunded_on <= $1 AND id <= $2",
        [&](db::Statement& s) { spent.add(s.integer(0), s.integer(1)); }, m.day, m.refunds);
    m.db.each(
        "SELECT id, client, currency, amount FROM receipt WHERE received_on <= $1 AND id <= $2",
        [&](db::Statement& s) {
            const auto left = s.integer(3) - spent.of(s.integer(0));
            if (left != 0 && !m.claims.voided_on(s.integer(0))) count(book.unapplied, m, s, left);
        },
        m.day, m.receipts);
    return book;
}

/// The records that were void once and are not now, because that was taken back.
std::vector<std::int64_t> voids_taken_back(db::Session& db, const std::string& noun) {
    std::vector<std::int64_t> ids;
    db.each("SELECT DISTINCT c.id FROM " + noun + "_change AS c WHERE c.field = 'voided' AND NOT " +
                is_void(noun, "c.id") + " ORDER BY c.id",
            [&](db::Statement& s) { ids.push_back(s.integer(0)); });
    return ids;
}

/// The kept balances, with everything that does not count at the moment taken back out.
Book rewind(const Moment& m) {
    auto& db = m.db;
    Items items;
    Book book;
    db.each(
        std::string("SELECT ") + item_columns + ", open FROM open_invoice WHERE issued_on <= $1 AND id <= $2",
        [&](db::Statement& s) { items.add(read_item(s)).open = s.integer(7); }, m.day, m.invoices);
    auto& by_id = db.prepare(std::string("SELECT ") + item_columns + " FROM invoice WHERE id = $1");
    const auto item = [&](std::int64_t id) -> Item& {
        if (Item* i = items.find(id)) return *i;
        by_id.bind(1, id);
        by_id.step();
        const Item i = read_item(by_id);
        by_id.reset();
        return items.add(i);
    };
    // Invoices and credit notes voided since: they counted, with their whole amount.
    db.each(
        "SELECT i.id, i.amount, i.credits, i.kind FROM " + voids_of("invoice") +
            " AS v JOIN invoice AS i ON i.id = v.id WHERE i.issued_on <= $1 AND i.id <= $2",
        [&](db::Statement& s) {
            if (m.invoice_void(s.integer(0))) return;
            const auto signed_amount = s.text(3) == "credit_note" ? -s.integer(1) : s.integer(1);
            item(s.is_null(2) ? s.integer(0) : s.integer(2)).open += signed_amount;
        },
        m.day, m.invoices);
    // Linked credit notes that came later; voided ones never lowered the kept balance.
    db.each(
        "SELECT credits, amount FROM invoice AS i WHERE credits IS NOT NULL AND (issued_on > $1 OR id > $2) AND NOT " +
            is_void("invoice", "i.id"),
        [&](db::Statement& s) { item(s.integer(0)).open += s.integer(1); }, m.day, m.invoices);
    // Those that were void then and are not now, because the void was taken back.
    std::vector<std::pair<std::int64_t, std::int64_t>> credited;
    for (const auto id : voids_taken_back(db, "invoice"))
        if (m.invoice_void(id))
            db.each(
                "SELECT credits, amount FROM invoice WHERE id = $1 AND credits IS NOT NULL AND issued_on <= $2 AND id "
                "<= $3",
                [&](db::Statement& s) { credited.emplace_back(s.integer(0), s.integer(1)); }, id, m.day, m.invoices);
    for (const auto& [id, amount] : credited) item(id).open += amount;
    const auto give_back = [&](db::Statement& s) {
        Item& i = item(s.integer(0));
        i.open += s.integer(1);
        apply(book.unapplied, m, i, s.integer(2), -s.integer(1));
    };
    db.each("SELECT invoice, amount, receipt FROM allocation WHERE allocated_on > $1", give_back, m.day);
    db.each("SELECT invoice, amount, receipt FROM allocation WHERE id > $2 AND allocated_on <= $1", give_back, m.day,
            m.allocations);
    // Receipts: what is kept, less those that came later, plus refunds and voids that came later.
    db.each("SELECT r.id, r.client, r.currency, o.open FROM open_receipt AS o JOIN receipt AS r ON r.id = o.id",
            [&](db::Statement& s) { count(book.unapplied, m, s, s.integer(3)); });
    const auto take_out = [&](db::Statement& s) {
        if (s.is_null(4)) count(book.unapplied, m, s, -s.integer(3));
    };
    const std::string later = "SELECT r.id, r.client, r.currency, r.amount, (SELECT 1 FROM " + voids_of("receipt") +
                              " AS v WHERE v.id = r.id) FROM receipt AS r WHERE ";
    db.each(later + "r.received_on > $1", take_out, m.day);
    db.each(later + "r.id > $2 AND r.received_on <= $1", take_out, m.day, m.receipts);
    db.each(
        "SELECT r.id, r.client, r.currency, r.amount FROM " + voids_of("receipt") +
            " AS v JOIN receipt AS r ON r.id = v.id WHERE r.received_on <= $1 AND r.id <= $2",
        [&](db::Statement& s) {
            if (!m.claims.voided_on(s.integer(0))) count(book.unapplied, m, s, s.integer(3));
        },
        m.day, m.receipts);
    for (const auto id : voids_taken_back(db, "receipt"))
        if (m.claims.voided_on(id))
            db.each(
                "SELECT id, client, currency, amount FROM receipt WHERE id = $1 AND received_on <= $2 AND id <= $3",
                [&](db::Statement& s) { count(book.unapplied, m, s, -s.integer(3)); }, id, m.day, m.receipts);
    db.each(
        "SELECT receipt, receipt.client, currency, refund.amount FROM refund JOIN receipt ON receipt.id = receipt "
        "WHERE refunded_on > $1 OR refund.id > $2",
        [&](db::Statement& s) { count(book.unapplied, m, s, s.integer(3)); }, m.day, m.refunds);
    // Items that were looked up only because something moved on them may have come later themselves.
    book.items = std::move(items.all);
    book.items.erase(std::remove_if(book.items.begin(), book.items.end(),
                                    [&](const Item& i) {
                                        return i.issued_on > m.when.day.days || i.invoice > m.invoices ||
                                               m.invoice_void(i.invoice);
                                    }),
                     book.items.end());
    return book;
}

/// Due days and disputes in force; what is settled is dropped.
void finish(Book& book, const Moment& m) {
    const auto due = invoice::record().index("due_on"), disputed = invoice::record().index("disputed");
    std::deque<std::string> texts;
    auto& items = book.items;
    items.erase(std::remove_if(items.begin(), items.end(), [](const Item& i) { return i.open == 0; }), items.end());
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.invoice < b.invoice; });
    if (!m.voids.empty()) {
        for (Item& i : items) {
            if (const auto* v = m.voids.find(i.invoice, due); v && *v) i.due_on = parse_iso_date(**v)->days;
            if (const auto* v = m.voids.find(i.invoice, disputed); v && *v && i.open > 0)
                i.disputed = std::min<std::int64_t>(i.open, std::atoll((*v)->c_str()));
        }
    }
    std::erase_if(book.unapplied, [](const auto& entry) { return entry.second == 0; });
}

/// Whether little enough moved since for the kept balances to be the cheaper start.
bool little_moved(const Moment& m) {
    const auto all = m.db.integer("SELECT MAX(id) FROM allocation").value_or(0);
    const auto limit = all / 32 + 1000;  // measured: one by one costs that much more than a scan
    if (all - m.allocations > limit) return false;
    return m.db.integer("SELECT COUNT(*) FROM (SELECT 1 FROM allocation WHERE allocated_on > $1 LIMIT $2) AS later",
                        m.day, limit + 1)
               .value_or(0) <= limit;
}

}  // namespace

Book open_book(db::Session& db, const AsOf& when, Way way, bool receipts) {
    const Moment m(db, when);
    if (way == Way::cheaper) way = little_moved(m) ? Way::kept : Way::scan;
    Book book = way == Way::kept ? rewind(m) : scan(m, receipts);
    finish(book, m);
    return book;
}

std::vector<Item> open_items_of(db::Session& db, const AsOf& when, std::int64_t contract) {
    std::vector<Item> items;
    std::vector<std::int64_t> ids;
    db.each(
        "SELECT id FROM invoice WHERE contract = $1 AND issued_on <= $2 AND operation <= $3",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, contract, when.day, when.operation);
    for (const auto id : ids) {
        const auto row = find_row(db, invoice::record(), id, when);
        const auto v = to_struct<Invoice>(invoice::record(), *row);
        if (row->voided(when.day) || v.credits) continue;
        Item i{v.kind == Invoice::Kind::credit_note ? -v.amount : v.amount,
               static_cast<std::uint32_t>(id),
               static_cast<std::uint32_t>(v.client.value),
               static_cast<std::uint32_t>(v.contract.value),
               packed_code(v.currency.code()),
               v.issued_on.days,
               v.due_on.days,
               v.disputed.value_or(0),
               v.kind == Invoice::Kind::credit_note};
        i.open -= db.integer(
                        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM allocation WHERE invoice = $1 AND "
                        "allocated_on <= $2 AND operation <= $3",
                        id, when.day, when.operation)
                      .value_or(0);
        std::vector<std::pair<std::int64_t, std::int64_t>> credits;
        db.each(
            "SELECT id, amount FROM invoice WHERE credits = $1 AND issued_on <= $2 AND operation <= $3",
            [&](db::Statement& s) { credits.emplace_back(s.integer(0), s.integer(1)); }, id, when.day, when.operation);
        for (const auto& [credit, amount] : credits)
            if (!Changes(db, invoice::record(), when, credit).voided_on(credit)) i.open -= amount;
        items.push_back(i);
    }
    return items;
}

}  // namespace agency::receivable
