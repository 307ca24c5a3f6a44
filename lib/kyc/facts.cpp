#include "kyc/facts.hpp"

#include "base/text.hpp"
#include "kyc/kyc.hpp"

namespace agency::kyc {
namespace {

/// The names of a cell, `;` between, or what Chinese tables have for it.
std::vector<std::string> names_in(std::string_view cell) {
    std::vector<std::string> out;
    while (!cell.empty()) {
        std::size_t end = cell.size(), next = end;
        for (const std::string_view mark : {";", "；", "、"})
            if (const auto at = cell.find(mark); at < end) end = at, next = at + mark.size();
        if (const auto name = trim(cell.substr(0, end)); !name.empty()) out.emplace_back(name);
        cell = cell.substr(next);
    }
    return out;
}

}  // namespace

std::optional<Kyc> last_check(db::Session& db, std::int64_t client, const AsOf& when) {
    std::optional<Kyc> last;
    std::vector<std::int64_t> ids;
    db.each(
        "SELECT id FROM kyc AS r WHERE client = $1 AND refreshed_on <= $2 AND operation <= $3 AND " +
            listed(record(), "r", "$3") + " ORDER BY refreshed_on DESC, id DESC",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, client, when.day, when.operation);
    for (const auto id : ids)
        if (const auto row = find_row(db, record(), id, when); row && !row->voided(when.day))
            return to_struct<Kyc>(record(), *row);
    return last;
}

bool looked_at(db::Session& db, std::int64_t client, const AsOf& when) {
    return last_check(db, client, when).has_value();
}

std::optional<Rating> rating_of(Workspace& w, std::int64_t client, const AsOf& when) {
    const auto last = last_check(w.db(), client, when);
    if (!last) return std::nullopt;
    if (last->blacklisted.value_or(false)) return Rating::d;
    return rate(last->points(), policy(w.rules(), Currency{}));
}

Background background_of(Workspace& w, std::int64_t client, const AsOf& when) {
    Background out;
    const auto last = last_check(w.db(), client, when);
    if (!last) return out;
    out.gone = last->standing == Kyc::Standing::revoked || last->standing == Kyc::Standing::deregistered;
    out.blacklisted = last->blacklisted.value_or(false);
    const auto due = next_due(*rating_of(w, client, when), last->refreshed_on, policy(w.rules(), Currency{}));
    if (due < when.day) out.due_since = due;
    for (const auto& [role, names] :
         {std::pair<std::string_view, std::string_view>{"legal_representative", last->legal_representative},
          {"shareholder", last->shareholders},
          {"shareholder", last->beneficial_owner},
          {"related_person", last->related_parties}})
        for (auto& name : names_in(names)) out.people.emplace_back(role, std::move(name));
    return out;
}

}  // namespace agency::kyc
