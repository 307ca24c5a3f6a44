#include "record/references.hpp"

#include "base/text.hpp"
#include "record/import.hpp"

namespace agency {

std::uint32_t References::find(const Record& target, std::string_view text) {
    auto it = tables_.find(target.noun);
    if (it == tables_.end()) {
        Table fresh{KeyedRows<char>(db_, target.noun, target.key, "", [](db::Statement&) { return char{}; }), {}, {}};
        if (target.voidable) fresh.voids = Changes(db_, target, AsOf{today_}).voids();
        it = tables_.emplace(target.noun, std::move(fresh)).first;
    }
    Table& table = it->second;
    if (const auto id = table.keys.find(text)) return table.voids.contains(id) ? 0 : id;
    if (target.name.empty()) return 0;
    if (!table.names_loaded) load_names(target, table);
    const auto named = table.names.find(match_form(text));
    return named == table.names.end() ? 0 : named->second;
}

void References::load_names(const Record& target, Table& table) {
    const auto at = target.index(target.name);
    each_row(db_, target, AsOf{today_}, [&](const Row& row) {
        if (row.voided_on || !row.values[at]) return;
        const auto [it, fresh] = table.names.emplace(match_form(row.values[at].s), static_cast<std::uint32_t>(row.id));
        if (!fresh) it->second = RowRules::ambiguous;
    });
    table.names_loaded = true;
}

}  // namespace agency
