#include "intake/history.hpp"

namespace agency::intake {
namespace {

struct Fact {
    std::string value;
    Date day;
    std::int64_t operation;
};

std::vector<Fact> facts(db::Session& db, const Record& r, std::string_view field, std::int64_t id, const AsOf& when) {
    std::vector<Fact> out;
    db.each(
        "SELECT value, effective_on, operation FROM " + std::string(r.noun) +
            "_change WHERE id = $1 AND field = $2 AND effective_on <= $3 AND operation <= $4 AND value IS NOT NULL "
            "ORDER "
            "BY effective_on, operation",
        [&](db::Statement& s) {
            out.push_back({s.string(0), s.day(1), s.integer(2)});
        },
        id, field, when.day, when.operation);
    if (out.empty()) return out;
    const auto silent = undone_operations(db, when.operation);
    std::erase_if(out, [&](const Fact& f) { return silent.contains(f.operation); });
    return out;
}

}  // namespace

std::vector<Stay> history(db::Session& db, const Record& r, std::string_view field, std::int64_t id, Date entered,
                          std::int64_t first, const AsOf& when) {
    std::vector<Stay> out{{first, entered, {}}};
    const Field& f = r.field(field);
    for (const Fact& fact : facts(db, r, field, id, when)) {
        const auto state = find_word(f, fact.value);
        if (state < 0) continue;
        out.back().until = std::max(fact.day, out.back().from);
        out.push_back({state, *out.back().until, {}});
    }
    return out;
}

std::optional<Date> decided_on(db::Session& db, std::int64_t id, const AsOf& when) {
    const auto all = facts(db, record(), "decision", id, when);
    return all.empty() ? std::nullopt : std::optional(all.back().day);
}

}  // namespace agency::intake
