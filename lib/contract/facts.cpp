#include "contract/facts.hpp"

#include <algorithm>
#include <functional>

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

namespace {

/// Contracts that left draft by an assessment.
void each_taken_on(db::Session& db, const AsOf& when, const std::function<void(const Contract&)>& each) {
    const Record& r = record();
    const auto at = r.index("intake");
    if (!db.integer(
            "SELECT 1 FROM contract WHERE intake IS NOT NULL UNION ALL SELECT 1 FROM contract_change WHERE field = "
            "'intake' LIMIT 1"))
        return;
    each_row(db, r, when, [&](const Row& row) {
        if (!row.values[at] || row.voided(when.day)) return;
        const auto c = to_struct<Contract>(r, row);
        if (c.status != Contract::Status::draft && c.status != Contract::Status::cancelled &&
            c.status != Contract::Status::voided)
            each(c);
    });
}

}  // namespace

std::unordered_set<std::int64_t> intakes_going_on(db::Session& db, Date day, const AsOf& when) {
    std::unordered_set<std::int64_t> out;
    each_taken_on(db, when, [&](const Contract& c) {
        if (!c.ends_on || *c.ends_on >= day) out.insert(c.intake.value);
    });
    return out;
}

std::unordered_map<std::int64_t, std::string> by_intake(db::Session& db, const AsOf& when) {
    std::unordered_map<std::int64_t, std::string> out;
    each_taken_on(db, when, [&](const Contract& c) { out.emplace(c.intake.value, c.number); });
    return out;
}

std::string taken_on_since(db::Session& db, std::span<const std::int64_t> intakes, std::int64_t operation, bool begun) {
    using enum Contract::Status;
    const auto rests = [&](const Contract& c) {
        const bool out = c.status != draft && c.status != cancelled && c.status != voided;
        const bool at_work = c.status == performing || c.status == suspended || c.status == terminated ||
                             c.status == closed || c.status == archived;
        return std::find(intakes.begin(), intakes.end(), c.intake.value) != intakes.end() && (begun ? at_work : out);
    };
    std::string number;
    each_taken_on(db, {}, [&](const Contract& c) {
        if (!number.empty() || !rests(c)) return;
        const auto then = find_row(db, record(), c.id.value, AsOf{last_day, operation});
        if (!then || !rests(to_struct<Contract>(record(), *then))) number = c.number;
    });
    return number;
}

}  // namespace agency::contract
