// The generic list, and keys by their beginning.
#include "record/store.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace agency {
namespace {

/// A text that sorts after every text that begins with `prefix`.
std::string after_prefix(std::string_view prefix) {
    return std::string(prefix) + "\U0010FFFF";
}

}  // namespace

std::vector<GridColumn> list_columns(const Record& r) {
    static constexpr CellType types[] = {CellType::text,  CellType::text,    CellType::text, CellType::text,
                                         CellType::money, CellType::rate,    CellType::day,  CellType::integer,
                                         CellType::text,  CellType::decimal, CellType::flag};
    std::vector<GridColumn> columns;
    for (const Field& f : r.fields) {
        auto& column =
            columns.emplace_back(GridColumn{std::string(f.key), types[static_cast<std::size_t>(f.type)], f.en, f.zh});
        for (const Word& w : f.words) column.words.push_back(w.word);
    }
    if (!r.currency_from.empty()) columns.push_back({"currency", CellType::text, "Currency", "币种"});
    if (r.voidable) columns.push_back({"voided_on", CellType::day, "Voided", "作废日"});
    return columns;
}

void add_cell(Grid& grid, const Field& f, const Value& v, int digits, std::string_view reference) {
    if (!v) return grid.add_null();
    switch (f.type) {
        case FieldType::text:
        case FieldType::number:
        case FieldType::currency:
            return grid.add_text(v.s);
        case FieldType::choice:
            return grid.add_constant(f.words[static_cast<std::size_t>(v.n)].word);
        case FieldType::money:
            return grid.add_money(v.n, digits);
        case FieldType::rate:
            return grid.add_rate(v.n);
        case FieldType::day:
            return grid.add_day(Date{static_cast<std::int32_t>(v.n)});
        case FieldType::integer:
            return grid.add_integer(v.n);
        case FieldType::decimal:
            return grid.add_decimal(v.n, f.scale);
        case FieldType::flag:
            return grid.add_flag(v.n != 0);
        case FieldType::reference:
            return grid.add_text(reference);
    }
}

void add_row(Grid& grid, db::Session& db, const Record& r, const Row& row,
             const std::function<std::string_view(std::size_t)>& number) {
    const auto currency = currency_of(db, r, row.values);
    const int digits = Currency::parse(currency).value_or(Currency{}).digits();
    for (std::size_t i = 0; i < r.fields.size(); ++i)
        add_cell(grid, r.fields[i], row.values[i], digits,
                 r.fields[i].target && row.values[i] ? number(i) : std::string_view());
    if (!r.currency_from.empty()) grid.add_text(currency);
    if (r.voidable) row.voided_on ? grid.add_day(*row.voided_on) : grid.add_null();
}

Report list_records(Workspace& workspace, const Record& r, const AsOf& when,
                    const std::function<bool(const Row&)>& keep) {
    auto& db = workspace.db();
    Report report;
    report.name = r.plural;
    report.rows.columns = list_columns(r);
    for (const Field& f : r.fields) {
        if (f.never_null) report.narrow.emplace_back(f.key);
        if (f.circle && !report.tree)
            report.tree = TreeShape{std::string(r.key), std::string(f.key), {std::string(r.key), "name", "title"}};
    }
    // One read of each referred table beats a lookup a row.
    std::vector<std::unordered_map<std::int64_t, std::string>> numbers(r.fields.size());
    for (std::size_t i = 0; i < r.fields.size(); ++i) {
        if (r.fields[i].type != FieldType::reference) continue;
        const Record& target = r.fields[i].target();
        db.each("SELECT id, " + std::string(target.key) + " FROM " + std::string(target.noun),
                [&](db::Statement& s) { numbers[i].emplace(s.integer(0), s.string(1)); });
    }
    each_row(db, r, when, [&](const Row& row) {
        if (keep && !keep(row)) return;
        add_row(report.rows, db, r, row,
                [&](std::size_t i) -> std::string_view { return numbers[i][row.values[i].n]; });
    });
    return report;
}
std::vector<std::string> keys_with_prefix(db::Session& db, const Record& r, std::string_view prefix, int limit) {
    std::vector<std::string> keys;
    const std::string key(r.key);
    db.each(
        "SELECT " + key + " FROM " + std::string(r.noun) + " WHERE " + key + " >= $1 AND " + key +
            " < $2 AND undone = 0 ORDER BY " + key + " LIMIT $3",
        [&](db::Statement& s) { keys.push_back(s.string(0)); }, prefix, after_prefix(prefix), limit);
    return keys;
}

bool key_exists(db::Session& db, const Record& r, std::string_view key) {
    return db.integer("SELECT 1 FROM " + std::string(r.noun) + " WHERE " + std::string(r.key) + " = $1 LIMIT 1", key)
        .has_value();
}

std::vector<std::string> nearby_keys(db::Session& db, const Record& r, std::string_view key, int limit) {
    // A typo leaves the head or the tail: candidates share the first half, else the first character. Of a short key one
    // letter may be wrong; of one letter nothing is near.
    const auto size = std::count_if(key.begin(), key.end(), [](char c) { return (c & 0xC0) != 0x80; });  // characters
    const int most = size >= 4 ? 2 : size >= 2 ? 1 : 0;
    for (const std::size_t keep : {key.size() / 2, std::size_t{1}, std::size_t{0}}) {
        std::size_t cut = std::min(keep, key.size());
        while (cut > 0 && (static_cast<unsigned char>(key[cut < key.size() ? cut : cut - 1]) & 0xC0) == 0x80) --cut;
        const auto near = keys_with_prefix(db, r, key.substr(0, cut), 5000);
        std::vector<std::pair<int, std::string>> scored;
        for (const auto& k : near)
            if (const int d = edit_distance(key, k, most); d <= most) scored.emplace_back(d, k);
        std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<std::string> out;
        for (const auto& [d, k] : scored)
            if (static_cast<int>(out.size()) < limit) out.push_back(k);
        if (!out.empty()) return out;
    }
    return {};
}

}  // namespace agency
