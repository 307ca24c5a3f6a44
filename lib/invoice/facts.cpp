#include "invoice/facts.hpp"

#include <algorithm>

#include "invoice/invoice.hpp"

namespace agency::invoice {

std::optional<std::int64_t> net_billing(db::Session& db, std::int64_t client, const Currency& currency, Date from,
                                        Date to, const AsOf& when) {
    const Record& r = record();
    const auto voids = Changes(db, r, when).voids();
    std::optional<std::int64_t> sum;
    db.each(
        std::string("SELECT id, kind, amount, COALESCE(tax_rate, 0) FROM invoice AS r WHERE issued_on >= $1 AND "
                    "issued_on <= $2 AND currency = $3 AND kind IN ('fee', 'credit_note') AND operation <= $4 AND ($5 "
                    "= 0 OR client = $5) AND ") +
            listed(r, "r", "$4"),
        [&](db::Statement& s) {
            if (const auto it = voids.find(s.integer(0)); it != voids.end() && it->second <= to) return;
            const auto net = mul_div_half_up(s.integer(2), 1'000'000, 1'000'000 + s.integer(3));
            sum = add_checked(sum.value_or(0), s.text(1) == "credit_note" ? -net : net);
        },
        from, std::min(to, when.day), currency.code(), when.operation, client);
    return sum;
}

}  // namespace agency::invoice
