#include "report/integrity.hpp"

#include <unordered_map>

#include "base/translate.hpp"
#include "db/migrator.hpp"
#include "invoice/invoice.hpp"
#include "receipt/receipt.hpp"
#include "receivable/book.hpp"
#include "record/called.hpp"

namespace agency {
namespace {

class Findings {
public:
    explicit Findings(Grid& grid) : grid_(grid) {}
    void add(std::string_view check, std::string_view ref, const std::string& message) {
        grid_.add_constant(check);
        grid_.add_text(ref);
        grid_.add_text(message);
    }

private:
    Grid& grid_;
};

/// Kept balances against all facts.
void compare_kept(db::Session& db, Findings& found) {
    const AsOf ever;
    std::unordered_map<std::int64_t, std::int64_t> kept;
    db.each("SELECT id, open FROM open_invoice", [&](db::Statement& s) { kept.emplace(s.integer(0), s.integer(1)); });
    const auto differ = [&](const Record& r, std::int64_t id, std::int64_t have, std::int64_t facts) {
        found.add("kept_balance", number_of(db, r, id),
                  say("{have} is kept, the facts give {facts} (in minor units)", fmt::arg("have", have),
                      fmt::arg("facts", facts)));
    };
    for (const auto& i : receivable::open_book(db, ever, receivable::Way::scan, false).items) {
        const auto it = kept.find(i.invoice);
        const auto have = it == kept.end() ? 0 : it->second;
        if (have != i.open) differ(invoice::record(), i.invoice, have, i.open);
        if (it != kept.end()) kept.erase(it);
    }
    for (const auto& [id, open] : kept) differ(invoice::record(), id, open, 0);

    db.each(std::string("SELECT x.id, x.kept, x.facts FROM (SELECT r.id AS id, COALESCE(o.open, 0) AS kept,") +
                " CASE WHEN " + is_void("receipt", "r.id") +
                " THEN 0 ELSE r.amount"
                " - COALESCE((SELECT CAST(SUM(a.amount) AS BIGINT) FROM allocation AS a WHERE a.receipt = r.id), 0)"
                " - COALESCE((SELECT CAST(SUM(f.amount) AS BIGINT) FROM refund AS f WHERE f.receipt = r.id), 0) END AS "
                "facts"
                " FROM receipt AS r LEFT JOIN open_receipt AS o ON o.id = r.id) AS x WHERE x.kept <> x.facts",
            [&](db::Statement& s) {
                found.add("kept_balance", std::to_string(s.integer(0)),
                          say("receipt: {have} is kept, the facts give {facts} (in minor units)",
                              fmt::arg("have", s.integer(1)), fmt::arg("facts", s.integer(2))));
            });
}

/// On every day: settled ≤ amount, allocated ≤ received.
void daily_limits(db::Session& db, const char* noun, const std::string& movements, Findings& found) {
    std::int64_t id = 0, sum = 0, amount = 0;
    std::string day, number;
    bool over = false;
    const auto close_day = [&] {
        if (id && sum > amount && !over) {
            over = true;
            found.add("daily_limit", number,
                      say("{noun}: on {day} more than the whole is settled", fmt::arg("noun", tr(noun)),
                          fmt::arg("day", day)));
        }
    };
    db.each("SELECT m.id, m.day, CAST(SUM(m.moved) AS BIGINT), r.amount, r.number FROM (" + movements + ") AS m JOIN " +
                std::string(noun) +
                " AS r ON r.id = m.id GROUP BY m.id, m.day, r.amount, r.number ORDER BY m.id, m.day",
            [&](db::Statement& s) {
                if (s.integer(0) != id) {
                    id = s.integer(0);
                    sum = 0;
                    over = false;
                    amount = s.integer(3);
                    number = s.string(4);
                }
                sum += s.integer(2);
                day = s.string(1);
                close_day();
            });
}

/// What is kept of undos against their rows.
void compare_undone(db::Session& db, std::span<const Record* const> records, Findings& found) {
    const auto back = undone_operations(db);
    db.each(
        "SELECT id, undone_by FROM operation AS o WHERE NOT EXISTS (SELECT 1 FROM operation_undo AS u WHERE "
        "u.operation = o.id) ORDER BY id",
        [&](db::Statement& s) {
            if (back.contains(s.integer(0)) == s.is_null(1))
                found.add("undone", std::to_string(s.integer(0)),
                          tr("whether the operation counts is kept otherwise than its undos say"));
        });
    for (const Record* r : records) {
        const std::string noun(r->noun);
        db.each("SELECT r.id FROM " + noun +
                    " AS r JOIN operation AS o ON o.id = r.operation WHERE r.undone <> "
                    "r.operation AND r.undone <> COALESCE(o.undone_by, 0) ORDER BY r.id",
                [&](db::Statement& s) {
                    found.add("undone", number_of(db, *r, s.integer(0)),
                              say("{noun}: what is kept of its undo is not what the operation says",
                                  fmt::arg("noun", called(*r))));
                });
    }
}

}  // namespace

std::vector<GridColumn> integrity_columns() {
    return {{"check", CellType::text, "Check", "检查"},
            {"ref", CellType::text, "Reference", "编号"},
            {"message", CellType::text, "Message", "说明"}};
}

Report integrity(Workspace& w, std::span<const Record* const> records) {
    auto& db = w.db();
    Report report;
    report.name = N_("findings");
    report.rows.columns = integrity_columns();
    Findings found(report.rows);
    for (const auto& line : db.self_check()) found.add("file", "", line);
    for (const auto& name : db::altered_migrations(db, db::embedded_migrations()))
        found.add("schema", name, tr("this migration was applied with another text"));
    for (const auto& line : verify_trail(db)) found.add("trail", "", line);
    compare_kept(db, found);
    compare_undone(db, records, found);
    daily_limits(db, "invoice",
                 "SELECT invoice AS id, allocated_on AS day, amount AS moved FROM allocation UNION ALL"
                 " SELECT credits, issued_on, amount FROM invoice AS n WHERE credits IS NOT NULL AND NOT EXISTS "
                 "(SELECT 1 FROM " +
                     voids_of("invoice") + " AS v WHERE v.id = n.id AND v.voided_on <= n.issued_on) UNION ALL" +
                     " SELECT n.credits, v.voided_on, -n.amount FROM invoice AS n JOIN " + voids_of("invoice") +
                     " AS v ON v.id = n.id WHERE n.credits IS NOT NULL AND v.voided_on > n.issued_on",
                 found);
    daily_limits(db, "receipt",
                 "SELECT receipt AS id, allocated_on AS day, amount AS moved FROM allocation UNION ALL SELECT receipt, "
                 "refunded_on, amount FROM refund",
                 found);
    return report;
}

}  // namespace agency
