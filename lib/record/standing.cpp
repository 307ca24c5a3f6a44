#include "record/standing.hpp"

#include <map>
#include <set>

namespace agency {

std::vector<bool> standing_facts(db::Session& db, const Record& r, const AsOf& when) {
    struct Fact {
        std::size_t place = 0;
        std::int64_t amount = 0;
        std::vector<std::int64_t> between;
    };
    std::map<std::int64_t, Fact> facts;  // in the order in which they were entered
    each_row(db, r, when, [&](const Row& row) {
        Fact fact{facts.size(), row.values[r.index("amount")].n, {}};
        for (std::size_t i = 0; i < r.fields.size(); ++i)
            if (r.fields[i].type == FieldType::reference) fact.between.push_back(row.values[i].n);
        facts.emplace(row.id, std::move(fact));
    });
    std::map<std::int64_t, std::int64_t> named;
    db.each("SELECT id, reverses FROM " + std::string(r.noun) + " WHERE reverses IS NOT NULL",
            [&](db::Statement& s) { named.emplace(s.integer(0), s.integer(1)); });
    std::map<std::vector<std::int64_t>, std::set<std::int64_t>> left;
    for (const auto& [id, fact] : facts) {
        auto& ids = left[fact.between];
        if (const auto it = named.find(id); it != named.end())
            ids.erase(it->second);
        else if (fact.amount < 0)
            ids.clear();
        else
            ids.insert(id);
    }
    std::vector<bool> out(facts.size());
    for (const auto& [between, ids] : left)
        for (const auto id : ids) out[facts.at(id).place] = true;
    return out;
}

}  // namespace agency
