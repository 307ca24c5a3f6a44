#include "record/standing.hpp"

#include <map>
#include <vector>

namespace agency {
namespace {

struct Fact {
    std::int64_t id = 0, amount = 0;
    Date day;
    std::int64_t reverses = 0;
};

/// Of facts between the same records, in the order in which they were entered, what is left of those until a day.
std::set<std::int64_t> left_of(const std::vector<Fact>& facts, Date until) {
    std::set<std::int64_t> left;
    for (const Fact& f : facts) {
        if (f.day > until) continue;
        if (f.reverses)
            left.erase(f.reverses);
        else if (f.amount < 0)
            left.clear();
        else
            left.insert(f.id);
    }
    return left;
}

}  // namespace

std::set<std::int64_t> standing_facts(db::Session& db, const Record& r, const AsOf& when) {
    const auto amount = r.index("amount"), day = r.index(r.counts_from);
    std::map<std::int64_t, std::int64_t> named;
    db.each("SELECT id, reverses FROM " + std::string(r.noun) + " WHERE reverses IS NOT NULL",
            [&](db::Statement& s) { named.emplace(s.integer(0), s.integer(1)); });
    std::map<std::vector<std::int64_t>, std::map<std::int64_t, Fact>> between;
    each_row(db, r, when, [&](const Row& row) {
        std::vector<std::int64_t> ends;
        for (std::size_t i = 0; i < r.fields.size(); ++i)
            if (r.fields[i].type == FieldType::reference) ends.push_back(row.values[i].n);
        const auto it = named.find(row.id);
        between[ends][row.id] = {row.id, row.values[amount].n, Date{static_cast<std::int32_t>(row.values[day].n)},
                                 it == named.end() ? 0 : it->second};
    });
    std::set<std::int64_t> out;
    for (const auto& [ends, by_id] : between) {
        std::vector<Fact> facts;
        bool later = false;
        for (const auto& [id, f] : by_id) {
            facts.push_back(f);
            later = later || (f.amount < 0 && f.day > when.day);
        }
        auto left = left_of(facts, when.day);
        if (!later || left.empty()) left = left_of(facts, last_day);
        out.insert(left.begin(), left.end());
    }
    return out;
}

}  // namespace agency
