#include "lead/facts.hpp"

#include <nlohmann/json.hpp>

#include "lead/lead.hpp"

namespace agency::lead {

std::map<std::int64_t, std::string> reasons(db::Session& db, const AsOf& when) {
    std::map<std::int64_t, std::string> out;
    const auto undone = undone_operations(db, when.operation);
    db.each(
        "SELECT id, after, operation FROM audit WHERE noun = 'lead' AND verb IN ('lose', 'withdraw') AND operation <= "
        "$1 ORDER BY seq",
        [&](db::Statement& s) {
            if (undone.contains(s.integer(2))) return;
            const auto after = nlohmann::json::parse(s.string(1), nullptr, false);
            if (after.is_object() && after.contains("reason")) out[s.integer(0)] = after["reason"].get<std::string>();
        },
        when.operation);
    return out;
}

}  // namespace agency::lead
