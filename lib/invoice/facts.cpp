#include "invoice/facts.hpp"

#include <algorithm>

#include "invoice/invoice.hpp"

namespace agency::invoice {

namespace {

/// Fees and credit notes on them issued from one day to another, each with its sign and without tax.
template <class Each>
void each_billed(db::Session& db, Date from, Date to, const AsOf& when, Each&& each) {
    const Record& r = record();
    const Changes changes(db, r, when);
    const auto tax_rate = r.index("tax_rate");
    std::deque<std::string> texts;
    db.each(
        std::string("SELECT id, kind, amount, COALESCE(tax_rate, 0), client, currency FROM invoice AS r WHERE "
                    "issued_on >= $1 AND issued_on <= $2 AND kind IN ('fee', 'credit_note') AND operation <= $3 AND ") +
            money_sql("r") + " = 'fee' AND " + listed(r, "r", "$3"),
        [&](db::Statement& s) {
            if (const auto on = changes.voided_on(s.integer(0)); on && *on <= to) return;
            auto tax = s.integer(3);
            if (const auto* now = changes.find(s.integer(0), tax_rate))
                tax = *now ? from_stored_text(r.fields[tax_rate], **now, texts).n : 0;
            const auto net = mul_div_half_up(s.integer(2), 1'000'000, 1'000'000 + tax);
            each(s.integer(4), packed_code(s.text(5)), s.text(1) == "credit_note" ? -net : net);
        },
        from, std::min(to, when.day), when.operation);
}

}  // namespace

NetBillings net_billings(db::Session& db, Date from, Date to, const AsOf& when) {
    NetBillings out;
    each_billed(db, from, to, when, [&](std::int64_t client, std::uint32_t code, std::int64_t net) {
        auto& sum = out[{client, code}];
        sum = add_checked(sum, net);
    });
    return out;
}

std::int64_t laid_out_invoiced(db::Session& db, std::int64_t client, const Currency& currency, Date day,
                               const AsOf& when) {
    const Record& r = record();
    const auto voids = Changes(db, r, when).voids();
    std::int64_t sum = 0;
    db.each(
        "SELECT id, amount, kind FROM invoice AS r WHERE client = $1 AND " + money_sql("r") +
            " IN ('pass_through', 'reimbursable') AND currency = $2 AND issued_on > $3 AND issued_on <= $4 AND "
            "operation <= $5 AND " +
            listed(r, "r", "$5"),
        [&](db::Statement& s) {
            if (const auto it = voids.find(s.integer(0)); it != voids.end() && it->second <= when.day) return;
            sum = add_checked(sum, s.text(2) == "credit_note" ? -s.integer(1) : s.integer(1));
        },
        client, currency.code(), day, when.day, when.operation);
    return sum;
}

}  // namespace agency::invoice
