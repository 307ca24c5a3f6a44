#include "contract/facts.hpp"

#include "contract/contract.hpp"

namespace agency::contract {

std::unordered_set<std::int64_t> clients_ended_before(db::Session& db, Date day, const AsOf& when) {
    std::unordered_set<std::int64_t> ended, going_on;
    const Record& r = record();
    const auto client = r.index("client"), ends = r.index("ends_on");
    each_row(db, r, when, [&](const Row& row) {
        if (row.voided(when.day)) return;
        const Value& last = row.values[ends];
        (last && last.n < day.days ? ended : going_on).insert(row.values[client].n);
    });
    for (const auto id : going_on) ended.erase(id);
    return ended;
}

std::unordered_map<std::int64_t, std::string> by_intake(db::Session& db, const AsOf& when) {
    std::unordered_map<std::int64_t, std::string> out;
    const Record& r = record();
    const auto at = r.index("intake");
    if (!db.integer(
            "SELECT 1 FROM contract WHERE intake IS NOT NULL UNION ALL SELECT 1 FROM contract_change WHERE field = "
            "'intake' LIMIT 1"))
        return out;
    each_row(db, r, when, [&](const Row& row) {
        if (!row.values[at] || row.voided(when.day)) return;
        const auto c = to_struct<Contract>(r, row);
        if (c.status != Contract::Status::draft && c.status != Contract::Status::cancelled &&
            c.status != Contract::Status::voided)
            out.emplace(row.values[at].n, c.number);
    });
    return out;
}

}  // namespace agency::contract
