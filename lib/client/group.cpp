#include "client/group.hpp"

namespace agency::client {

Groups::Groups(db::Session& db, const AsOf& when) {
    const auto parent = record().index("parent");
    std::vector<std::int64_t> ids;
    db.each("SELECT id FROM client WHERE parent IS NOT NULL UNION SELECT id FROM client_change WHERE field = 'parent'",
            [&](db::Statement& s) { ids.push_back(s.integer(0)); });
    for (const auto id : ids)
        if (const auto row = find_row(db, record(), id, when); row && !row->voided(when.day) && row->values[parent])
            parents_.emplace(id, row->values[parent].n);
}

std::int64_t Groups::parent_of(std::int64_t client) const {
    const auto it = parents_.find(client);
    return it == parents_.end() ? 0 : it->second;
}

std::int64_t Groups::top_of(std::int64_t client) const {
    auto steps = parents_.size();  // an end even where links of two days make a circle
    while (steps-- > 0 && parent_of(client)) client = parent_of(client);
    return client;
}

std::vector<std::int64_t> Groups::branches_of(std::int64_t client) const {
    std::vector<std::int64_t> out;
    for (const auto& [id, parent] : parents_)
        if (parent == client) out.push_back(id);
    return out;
}

void Groups::add_below(std::int64_t client, std::vector<std::int64_t>& into) const {
    if (into.size() > parents_.size()) return;
    into.push_back(client);
    for (const auto id : branches_of(client)) add_below(id, into);
}

std::vector<std::int64_t> Groups::others_of(std::int64_t client) const {
    std::vector<std::int64_t> all;
    add_below(top_of(client), all);
    std::erase(all, client);
    return all;
}

}  // namespace agency::client
