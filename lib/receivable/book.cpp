#include "receivable/book.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <functional>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/memory.hpp"
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
        if (voids.voids().empty()) return false;
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

/// Sums by client and currency, of which there are few.
class Unapplied {
public:
    void add(std::uint32_t client, std::uint32_t currency, std::int64_t amount) {
        auto& of = sums_of(currency);
        if (client >= of.size()) of.resize(std::max<std::size_t>(client + 1, of.size() * 3 / 2));
        of[client] = add_checked(of[client], amount);
    }
    void add(const Unapplied& other) {
        for (const auto& [currency, of] : other.sums_)
            for (std::uint32_t client = 0; client < of.size(); ++client)
                if (of[client] != 0) add(client, currency, of[client]);
    }
    auto not_zero() const {
        std::vector<UnappliedSum> out;
        for (const auto& [currency, of] : sums_)
            for (std::uint32_t client = 0; client < of.size(); ++client)
                if (of[client] != 0) out.push_back({client, currency, of[client]});
        return out;
    }

private:
    std::vector<std::int64_t>& sums_of(std::uint32_t currency) {
        for (auto& [code, of] : sums_)
            if (code == currency) return of;
        return sums_.emplace_back(currency, std::vector<std::int64_t>()).second;
    }
    std::vector<std::pair<std::uint32_t, std::vector<std::int64_t>>> sums_;
};

/// A row that begins with a receipt, its client as entered and its currency: what is unapplied of its payer moves.
void count(Unapplied& unapplied, const Moment& m, db::Statement& s, std::int64_t amount) {
    unapplied.add(m.payer(s.integer(0), static_cast<std::uint32_t>(s.integer(1))), packed_code(s.text(2)), amount);
}

constexpr std::size_t open_bytes = 8;  ///< of memory for each invoice, open or not, to keep the open ones (measured)

/// Sums by id, added to by several threads.
class SumsById {
public:
    explicit SumsById(std::int64_t last_id) : sums_(static_cast<std::size_t>(last_id) + 1) {}
    void add(std::int64_t id, std::int64_t amount) {
        auto& sum = sums_.at(static_cast<std::size_t>(id));
        add_checked(std::atomic_ref(sum).fetch_add(amount, std::memory_order_relaxed), amount);
    }
    std::int64_t of(std::int64_t id) const { return sums_.at(static_cast<std::size_t>(id)); }

private:
    std::vector<std::int64_t> sums_;
};

/// One reader, or two that see the same and share the ids when they are many.
class Readers {
public:
    Readers(db::Session& first, std::int64_t rows) : first_(first) {
        if (rows > 30'000 && std::thread::hardware_concurrency() > 1) open_second_ = first.twin();
    }
    static constexpr std::size_t most = 2, parts = 16;

    /// Calls work(session, reader, part, from, to) for the ids from 1 to `last`: part after part, each by the reader
    /// that is free. The second one is opened by its own thread.
    template <class F>
    void each_part(std::int64_t last, F work) {
        std::atomic<std::size_t> next = 0;
        const auto read = [&](db::Session& session, std::size_t reader) {
            const auto edge = [&](std::size_t n) {
                return n == parts ? last : last / std::int64_t{parts} * static_cast<std::int64_t>(n);
            };
            for (std::size_t n; (n = next++) < parts;) work(session, reader, n, edge(n) + 1, edge(n + 1));
        };
        if (!open_second_ && !second_) return read(first_, 0);
        std::exception_ptr fault;
        std::thread other([&] {
            try {
                if (const auto open = std::exchange(open_second_, nullptr)) second_ = open();
                if (second_) read(*second_, 1);
            } catch (...) {
                fault = std::current_exception();
                next = parts;
            }
        });
        try {
            read(first_, 0);
        } catch (...) {
            next = parts;
            other.join();
            throw;
        }
        other.join();
        if (fault) std::rethrow_exception(fault);
    }

private:
    db::Session& first_;
    std::function<std::unique_ptr<db::Session>()> open_second_;
    std::unique_ptr<db::Session> second_;
};

/// What the parts found, in their order.
std::vector<Item> joined(const std::array<std::vector<Item>, Readers::parts>& parts) {
    std::size_t size = 0;
    for (const auto& part : parts) size += part.size();
    expect_memory(size * sizeof(Item));
    std::vector<Item> out;
    out.reserve(size);
    for (const auto& part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
}

/// What allocations took from receipts: of the invoice's client, who is the payer too, except for receipts claimed
/// later.
void take_claimed(Unapplied& unapplied, const Moment& m) {
    for (const auto receipt : m.claimed)
        m.db.each(
            "SELECT i.client, i.currency, a.amount FROM allocation AS a JOIN invoice AS i ON i.id = a.invoice WHERE "
            "a.receipt = $1 AND a.allocated_on <= $2 AND a.id <= $3",
            [&](db::Statement& s) {
                const auto currency = packed_code(s.text(1));
                unapplied.add(static_cast<std::uint32_t>(s.integer(0)), currency, s.integer(2));
                unapplied.add(m.payer(receipt, 0), currency, -s.integer(2));
            },
            receipt, m.day, m.allocations);
}

/// All facts, each once: what was allocated into an array, then invoices and receipts against it.
Book scan(const Moment& m, bool receipts) {
    expect_memory(static_cast<std::size_t>(m.invoices) * (open_bytes + sizeof(std::int64_t)));
    SumsById paid(m.invoices);  // what is settled is known no later than what settles it
    std::vector<std::pair<std::int64_t, std::int64_t>> credits;  // by the invoice that they lower
    m.db.each(
        "SELECT id, credits, amount FROM invoice WHERE credits > 0 AND issued_on <= $1 ORDER BY credits",
        [&](db::Statement& s) {
            if (s.integer(0) <= m.invoices && !m.invoice_void(s.integer(0)))
                credits.emplace_back(s.integer(1), s.integer(2));
        },
        m.day);
    Readers readers(m.db, m.allocations);
    std::array<std::vector<Item>, Readers::parts> parts;
    std::array<Unapplied, Readers::most> moved;
    readers.each_part(m.allocations, [&](db::Session& db, auto, auto, std::int64_t from, std::int64_t to) {
        db.each(
            "SELECT invoice, amount FROM allocation WHERE id >= $2 AND id <= $3 AND allocated_on <= $1",
            [&](db::Statement& s) { paid.add(s.integer(0), s.integer(1)); }, m.day, from, to);
    });
    readers.each_part(m.invoices, [&](db::Session& db, auto reader, auto part, std::int64_t from, std::int64_t to) {
        auto credit = std::lower_bound(credits.begin(), credits.end(), std::pair(from, INT64_MIN));
        db.each(
            std::string("SELECT ") + item_columns +
                ", amount FROM invoice WHERE credits IS NULL AND id >= $2 AND id <= $3 AND issued_on <= $1 ORDER BY id",
            [&](db::Statement& s) {
                const auto id = s.integer(0), taken = paid.of(id);
                if (receipts && taken != 0)
                    moved[reader].add(static_cast<std::uint32_t>(s.integer(1)), packed_code(s.text(3)), -taken);
                auto open = s.integer(7) - taken;
                for (; credit != credits.end() && credit->first <= id; ++credit)
                    if (credit->first == id) open -= credit->second;
                if (open == 0 || m.invoice_void(id)) return;
                Item i = read_item(s);
                i.open = i.credit_note ? -open : open;
                parts[part].push_back(i);
            },
            m.day, from, to);
    });
    Book book;
    book.items = joined(parts);
    if (!receipts) return book;
    readers.each_part(m.receipts, [&](db::Session& db, auto reader, auto, std::int64_t from, std::int64_t to) {
        db.each(
            "SELECT id, client, currency, amount FROM receipt WHERE id >= $2 AND id <= $3 AND received_on <= $1",
            [&](db::Statement& s) {
                if (!m.claims.voided_on(s.integer(0))) count(moved[reader], m, s, s.integer(3));
            },
            m.day, from, to);
    });
    auto& unapplied = moved[0];
    unapplied.add(moved[1]);
    take_claimed(unapplied, m);
    m.db.each(
        "SELECT r.id, r.client, r.currency, f.amount FROM refund AS f JOIN receipt AS r ON r.id = f.receipt WHERE "
        "f.refunded_on <= $1 AND f.id <= $2",
        [&](db::Statement& s) {
            if (!m.claims.voided_on(s.integer(0))) count(unapplied, m, s, -s.integer(3));
        },
        m.day, m.refunds);
    book.unapplied = unapplied.not_zero();
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

/// Allocations that do not count at the moment are given back.
void give_back(const Moment& m, Items& items, Unapplied& unapplied) {
    struct Move {
        std::int64_t invoice, amount, receipt;
    };
    std::vector<Move> moves;
    const auto take = [&](db::Statement& s) { moves.push_back({s.integer(0), s.integer(1), s.integer(2)}); };
    m.db.each("SELECT invoice, amount, receipt FROM allocation WHERE allocated_on > $1", take, m.day);
    m.db.each("SELECT invoice, amount, receipt FROM allocation WHERE id > $2 AND allocated_on <= $1", take, m.day,
              m.allocations);
    if (moves.empty()) return;
    // What is paid by now stands in no kept balance; the engine goes through the ids in their order.
    m.db.each(
        std::string("SELECT ") + item_columns +
            " FROM invoice WHERE id IN (SELECT invoice FROM allocation WHERE allocated_on > $1 UNION ALL SELECT "
            "invoice FROM allocation WHERE id > $2)",
        [&](db::Statement& s) {
            if (!items.find(s.integer(0))) items.add(read_item(s));
        },
        m.day, m.allocations);
    for (const Move& move : moves) {
        Item& i = *items.find(move.invoice);
        i.open += move.amount;
        // Payer and invoice have one client, except for receipts claimed later.
        unapplied.add(m.claimed.contains(move.receipt) ? m.payer(move.receipt, 0) : i.client, i.currency, move.amount);
    }
}

/// What is open when every fact counts, by id.
std::vector<Item> kept_items(db::Session& first) {
    const auto last = first.integer("SELECT MAX(id) FROM open_invoice").value_or(0);
    expect_memory(static_cast<std::size_t>(last) * open_bytes);
    Readers readers(first, last);
    std::array<std::vector<Item>, Readers::parts> parts;
    readers.each_part(last, [&](db::Session& db, auto, auto part, std::int64_t from, std::int64_t to) {
        db.each(
            std::string("SELECT ") + item_columns + ", open FROM open_invoice WHERE id >= $1 AND id <= $2 ORDER BY id",
            [&](db::Statement& s) { parts[part].emplace_back(read_item(s)).open = s.integer(7); }, from, to);
    });
    return joined(parts);
}

/// The kept balances, with everything that does not count at the moment taken back out.
Book rewind(const Moment& m) {
    auto& db = m.db;
    Items items;
    items.all = kept_items(db);
    Unapplied unapplied;
    auto& by_id = db.prepare(std::string("SELECT ") + item_columns + " FROM invoice WHERE id = $1");
    const auto item = [&](std::int64_t id) -> Item& {
        if (Item* i = items.find(id)) return *i;
        by_id.bind(1, id);
        by_id.step();
        const Item i = read_item(by_id);
        by_id.reset();
        return items.add(i);
    };
    give_back(m, items, unapplied);
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
        "SELECT credits, amount FROM invoice AS i WHERE credits > 0 AND (issued_on > $1 OR id > $2) AND NOT " +
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
    // Receipts: what is kept, less those that came later, plus refunds and voids that came later.
    db.each("SELECT r.id, r.client, r.currency, o.open FROM open_receipt AS o JOIN receipt AS r ON r.id = o.id",
            [&](db::Statement& s) { count(unapplied, m, s, s.integer(3)); });
    std::unordered_set<std::int64_t> voided;
    db.each("SELECT id FROM " + voids_of("receipt") + " AS v", [&](db::Statement& s) { voided.insert(s.integer(0)); });
    const auto take_out = [&](db::Statement& s) {
        if (!voided.contains(s.integer(0))) count(unapplied, m, s, -s.integer(3));
    };
    db.each("SELECT id, client, currency, amount FROM receipt WHERE received_on > $1", take_out, m.day);
    db.each("SELECT id, client, currency, amount FROM receipt WHERE id > $2 AND received_on <= $1", take_out, m.day,
            m.receipts);
    db.each(
        "SELECT r.id, r.client, r.currency, r.amount FROM " + voids_of("receipt") +
            " AS v JOIN receipt AS r ON r.id = v.id WHERE r.received_on <= $1 AND r.id <= $2",
        [&](db::Statement& s) {
            if (!m.claims.voided_on(s.integer(0))) count(unapplied, m, s, s.integer(3));
        },
        m.day, m.receipts);
    for (const auto id : voids_taken_back(db, "receipt"))
        if (m.claims.voided_on(id))
            db.each(
                "SELECT id, client, currency, amount FROM receipt WHERE id = $1 AND received_on <= $2 AND id <= $3",
                [&](db::Statement& s) { count(unapplied, m, s, -s.integer(3)); }, id, m.day, m.receipts);
    db.each(
        "SELECT receipt, receipt.client, currency, refund.amount FROM refund JOIN receipt ON receipt.id = receipt "
        "WHERE refunded_on > $1 OR refund.id > $2",
        [&](db::Statement& s) { count(unapplied, m, s, s.integer(3)); }, m.day, m.refunds);
    // What came later itself does not count.
    Book book{std::move(items.all), unapplied.not_zero()};
    std::erase_if(book.items, [&](const Item& i) {
        return i.issued_on > m.when.day.days || i.invoice > m.invoices || m.invoice_void(i.invoice);
    });
    return book;
}

/// Due days and disputes in force; what is settled is dropped.
void finish(Book& book, const Moment& m) {
    const auto due = invoice::record().index("due_on"), disputed = invoice::record().index("disputed");
    std::deque<std::string> texts;
    auto& items = book.items;
    std::erase_if(items, [](const Item& i) { return i.open == 0; });
    const auto by_id = [](const Item& a, const Item& b) { return a.invoice < b.invoice; };
    if (!std::is_sorted(items.begin(), items.end(), by_id)) std::sort(items.begin(), items.end(), by_id);
    if (!m.voids.empty()) {
        for (Item& i : items) {
            if (const auto* v = m.voids.find(i.invoice, due); v && *v) i.due_on = parse_iso_date(**v)->days;
            if (const auto* v = m.voids.find(i.invoice, disputed); v && *v && i.open > 0)
                i.disputed = std::min<std::int64_t>(i.open, std::atoll((*v)->c_str()));
        }
    }
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

std::optional<Item> open_item(db::Session& db, const AsOf& when, const Row& row) {
    const auto id = row.id;
    const auto v = to_struct<Invoice>(invoice::record(), row);
    if (row.voided(when.day) || v.credits || v.issued_on > when.day) return {};
    Item i;
    i.credit_note = v.kind == Invoice::Kind::credit_note;
    i.open = i.credit_note ? -v.amount : v.amount;
    i.disputed = v.disputed.value_or(0);
    i.invoice = static_cast<std::uint32_t>(id);
    i.client = static_cast<std::uint32_t>(v.client.value);
    i.contract = static_cast<std::uint32_t>(v.contract.value);
    i.currency = packed_code(v.currency.code());
    i.issued_on = v.issued_on.days;
    i.due_on = v.due_on.days;
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
    return i;
}

std::vector<Item> open_items_of(db::Session& db, const AsOf& when, std::int64_t contract) {
    std::vector<Item> items;
    std::vector<Row> rows;
    each_row_of(db, invoice::record(), "contract", contract, when, [&](Row&& row) { rows.push_back(std::move(row)); });
    for (const Row& row : rows)
        if (const auto i = open_item(db, when, row)) items.push_back(*i);
    return items;
}

}  // namespace agency::receivable
