// What must hold of invoices after an operation was taken back.
#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "invoice/invoice.hpp"

namespace agency::invoice {
namespace {

void judge(Operation& op, std::int64_t id) {
    const auto row = find_row(op.db(), record(), id, {});
    const auto i = to_struct<Invoice>(record(), *row);
    const auto refuse = [&](Date day) {
        throw Error(Exit::refused,
                    say("on {day} more than the whole of invoice {number} would be settled",
                        fmt::arg("day", to_string(day)), fmt::arg("number", i.number)),
                    tr("take back first what settles it since; agency op list shows the operations"))
            .with_rule("AR-002")
            .with_ref(i.number);
    };
    if (row->voided_on) {
        if (const auto day = first_standing(movements(op.db(), id), *row->voided_on)) refuse(*day);
    } else if (const auto day = first_overrun(movements(op.db(), id), i.amount)) {
        refuse(*day);
    }
    keep_open(op.db(), id, open_of(op.db(), id));
}

}  // namespace

void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    std::set<std::int64_t> ids(touched.begin(), touched.end());
    const auto add = [&](db::Statement& s) { ids.insert(s.integer(0)); };
    keep_none_open(db, first, last);
    db.each("SELECT id FROM invoice WHERE id BETWEEN $1 AND $2 AND undone = 0", add, first, last);
    const char* credited = "SELECT DISTINCT credits FROM invoice WHERE id BETWEEN $1 AND $2 AND credits IS NOT NULL";
    db.each(credited, add, first, last);
    for (const auto id : touched) db.each(credited, add, id, id);
    for (const auto id : ids) judge(op, id);
}

}  // namespace agency::invoice
