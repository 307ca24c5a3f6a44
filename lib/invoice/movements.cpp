// What is open of an invoice, by what moved it day by day.
#include <algorithm>

#include "invoice/invoice.hpp"
#include "record/store.hpp"

namespace agency::invoice {

std::vector<Movement> movements(db::Session& db, std::int64_t id) {
    std::vector<Movement> out;
    db.each(
        "SELECT allocated_on, amount FROM allocation WHERE invoice = $1",
        [&](db::Statement& s) {
            out.push_back({s.day(0), s.integer(1)});
        },
        id);
    db.each(
        "SELECT i.issued_on, i.amount, v.voided_on FROM invoice AS i LEFT JOIN " + voids_of("invoice") +
            " AS v ON v.id = i.id WHERE i.credits = $1",
        [&](db::Statement& s) {
            const auto voided = s.maybe_day(2);
            if (voided && *voided <= s.day(0)) return;
            out.push_back({s.day(0), s.integer(1)});
            if (voided) out.push_back({*voided, -s.integer(1)});
        },
        id);
    return out;
}

namespace {

/// Calls `end(day, sum)` at the end of every day on which something moved.
template <class End>
void run_by_day(std::vector<Movement> all, End&& end) {
    std::stable_sort(all.begin(), all.end(), [](const Movement& a, const Movement& b) { return a.day < b.day; });
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        sum = add_checked(sum, all[i].amount);
        if (i + 1 == all.size() || all[i + 1].day != all[i].day) end(all[i].day, sum);
    }
}

}  // namespace

std::optional<Date> first_overrun(std::vector<Movement> all, std::int64_t amount) {
    std::optional<Date> first;
    run_by_day(std::move(all), [&](Date day, std::int64_t settled) {
        if (settled > amount && !first) first = day;
    });
    return first;
}

std::int64_t least_from(std::vector<Movement> all, Date from) {
    std::int64_t before = 0;
    std::optional<std::int64_t> least;
    run_by_day(std::move(all), [&](Date day, std::int64_t sum) {
        if (day < from)
            before = sum;
        else
            least = std::min(least.value_or(day == from ? sum : before), sum);
    });
    return least.value_or(before);
}

std::optional<Date> first_standing(std::vector<Movement> all, Date from) {
    std::int64_t before = 0;
    bool moved_then = false;
    std::optional<Date> first;
    run_by_day(std::move(all), [&](Date day, std::int64_t sum) {
        if (day < from) before = sum;
        if (day == from) moved_then = true;
        if (day >= from && sum != 0 && !first) first = day;
    });
    return before != 0 && !moved_then ? std::optional(from) : first;
}

std::unordered_set<std::int64_t> with_reversals(db::Session& db) {
    std::unordered_set<std::int64_t> out;
    const auto add = [&](db::Statement& s) { out.insert(s.integer(0)); };
    db.each("SELECT DISTINCT invoice FROM allocation WHERE amount < 0", add);
    db.each(
        "SELECT DISTINCT credits FROM invoice JOIN invoice_change USING (id) WHERE credits IS NOT NULL AND field = "
        "'voided'",
        add);
    return out;
}

void keep_none_open(db::Session& db, std::int64_t from, std::int64_t to) {
    db.execute("DELETE FROM open_invoice WHERE id BETWEEN $1 AND $2", from, to);
}

void keep_open(db::Session& db, std::int64_t id, std::int64_t open) {
    if (open == 0) {
        keep_none_open(db, id, id);
    } else if (db.execute("UPDATE open_invoice SET open = $2 WHERE id = $1", id, open) == 0) {
        db.execute(
            "INSERT INTO open_invoice (id, client, contract, currency, kind, issued_on, due_on, open)"
            " SELECT id, client, contract, currency, kind, issued_on, due_on, $2 FROM invoice WHERE id = $1",
            id, open);
    }
}

std::int64_t open_of(db::Session& db, std::int64_t id) {
    const auto row = find_row(db, record(), id, {});
    const auto i = to_struct<Invoice>(record(), *row);
    if (row->voided_on || i.credits) return 0;
    if (i.kind == Invoice::Kind::credit_note) return -i.amount;
    std::int64_t open = i.amount;
    for (const auto& m : movements(db, id)) open -= m.amount;
    return open;
}

}  // namespace agency::invoice
