#include "record/store.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

bool kept_as_text(FieldType t) {
    return t == FieldType::text || t == FieldType::number || t == FieldType::choice || t == FieldType::currency ||
           t == FieldType::day;
}

std::string columns_of(const Record& r) {
    std::string out;
    for (const Field& f : r.fields) out += '"' + std::string(f.key) + "\", ";  // `limit` is a word of SQL
    return out;
}

/// After the columns of the fields: id, operation.
Row read_row(db::Statement& s, const Record& r) {
    Row row;
    row.values.reserve(r.fields.size());
    for (std::size_t i = 0; i < r.fields.size(); ++i)
        row.values.push_back(read_value(s, static_cast<int>(i), r.fields[i], row.texts));
    row.id = s.integer(static_cast<int>(r.fields.size()));
    row.operation = s.integer(static_cast<int>(r.fields.size()) + 1);
    return row;
}

void resolve(Row& row, const Record& r, const Changes& changes) {
    if (changes.empty()) return;
    for (std::size_t i = 0; i < r.fields.size(); ++i) {
        if (const auto* v = changes.find(row.id, i))
            row.values[i] = *v ? from_stored_text(r.fields[i], **v, row.texts) : Value{};
    }
    row.voided_on = changes.voided_on(row.id);
}

/// Taken back by an undo: void since before its first day.
bool never_was(const Row& row) {
    return row.voided_on == beginning;
}

/// A text that sorts after every text that begins with `prefix`.
std::string after_prefix(std::string_view prefix) {
    return std::string(prefix) + "\U0010FFFF";
}

}  // namespace

void bind_value(db::Statement& s, int n, const Field& f, const Value& v) {
    char iso[10];
    if (v && f.type == FieldType::day) {
        write_iso(Date{static_cast<std::int32_t>(v.n)}, iso);
        s.bind(n, std::string_view(iso, 10));
    } else if (v.kind == Value::Kind::text) {
        s.bind(n, v.s);
    } else {
        bind_view(s, n, f, v, iso);
    }
}

void bind_view(db::Statement& s, int n, const Field& f, const Value& v, char* day) {
    if (!v) return s.bind_null(n);
    if (v.kind == Value::Kind::text) return s.bind_view(n, v.s);
    switch (f.type) {
        case FieldType::choice:
            return s.bind_view(n, f.words[static_cast<std::size_t>(v.n)].word);
        case FieldType::day:
            write_iso(Date{static_cast<std::int32_t>(v.n)}, day);
            return s.bind_view(n, std::string_view(day, 10));
        default:
            return s.bind(n, v.n);
    }
}

Value read_value(db::Statement& s, int c, const Field& f, std::deque<std::string>& texts) {
    if (s.is_null(c)) return {};
    return kept_as_text(f.type) ? from_stored_text(f, s.text(c), texts) : Value::of(s.integer(c));
}

std::optional<std::string> stored_text(const Field& f, const Value& v) {
    if (!v) return std::nullopt;
    switch (f.type) {
        case FieldType::text:
        case FieldType::number:
        case FieldType::currency:
            return std::string(v.s);
        case FieldType::choice:
            return std::string(f.words[static_cast<std::size_t>(v.n)].word);
        case FieldType::day:
            return to_string(Date{static_cast<std::int32_t>(v.n)});
        default:
            return std::to_string(v.n);
    }
}

Value from_stored_text(const Field& f, std::string_view text, std::deque<std::string>& texts) {
    switch (f.type) {
        case FieldType::text:
        case FieldType::number:
        case FieldType::currency:
            return Value::of(std::string_view(texts.emplace_back(text)));
        case FieldType::choice:
            for (std::size_t i = 0; i < f.words.size(); ++i)
                if (f.words[i].word == text) return Value::of(static_cast<std::int64_t>(i));
            throw Error(Exit::data_file, say("the data file has the unknown {field} {word}", fmt::arg("field", f.key),
                                             fmt::arg("word", text)));
        case FieldType::day:
            if (const auto d = parse_iso_date(text)) return Value::of(std::int64_t{d->days});
            throw Error(Exit::data_file, say("the data file has the impossible {field} {word}",
                                             fmt::arg("field", f.key), fmt::arg("word", text)));
        default: {
            std::int64_t n = 0;
            std::from_chars(text.data(), text.data() + text.size(), n);
            return Value::of(n);
        }
    }
}

std::string display(db::Session& db, const Field& f, const Value& v, int digits) {
    if (!v) return {};
    switch (f.type) {
        case FieldType::money:
            return to_plain(v.n, digits);
        case FieldType::rate:
            return to_string(Rate{v.n});
        case FieldType::decimal:
            return to_plain(v.n, f.scale);
        case FieldType::flag:
            return v.n ? "yes" : "no";
        case FieldType::reference:
            return number_of(db, f.target(), v.n);
        default:
            return stored_text(f, v).value_or("");
    }
}

std::string listed(const Record& r, const std::string& alias, const std::string& operation) {
    if (r.voidable) return "(" + alias + ".undone = 0 OR " + alias + ".undone > " + operation + ")";
    return alias + ".undone <> " + alias + ".operation AND (SELECT COUNT(*) FROM " + std::string(r.noun) +
           " AS c WHERE c.undone <> 0 AND c.undone = c.operation AND c.reverses = " + alias +
           ".id AND c.operation <= " + operation + ") % 2 = 0";
}

std::string voids_of(std::string_view noun) {
    const auto table = std::string(noun) + "_change";
    return "(SELECT c.id, c.effective_on AS voided_on, c.operation FROM " + table +
           " AS c JOIN operation AS o ON o.id = c.operation WHERE c.field = 'voided' AND c.value IS NOT NULL AND "
           "o.undone_by IS NULL AND NOT EXISTS (SELECT 1 FROM " +
           table +
           " AS n WHERE n.id = c.id AND n.field = 'voided' AND n.effective_on = c.effective_on AND n.value IS NULL AND "
           "n.operation > c.operation))";
}

std::string is_void(std::string_view noun, std::string_view id) {
    return "EXISTS (SELECT 1 FROM " + voids_of(noun) + " AS v WHERE v.id = " + std::string(id) + ")";
}

std::string insert_sql(const Record& r) {
    std::string values;
    for (std::size_t i = 0; i < r.fields.size(); ++i) values += "$" + std::to_string(i + 1) + ", ";
    return "INSERT INTO " + std::string(r.noun) + " (" + columns_of(r) + "operation) VALUES (" + values + "$" +
           std::to_string(r.fields.size() + 1) + ")";
}

std::int64_t write_record(Operation& op, const Record& r, const std::vector<Value>& values) {
    auto& s = op.db().prepare(insert_sql(r) + " RETURNING id");
    for (std::size_t i = 0; i < r.fields.size(); ++i) bind_value(s, static_cast<int>(i) + 1, r.fields[i], values[i]);
    s.bind(static_cast<int>(r.fields.size()) + 1, op.id());
    s.step();
    const auto id = s.integer(0);
    s.reset();
    return id;
}

std::optional<Row> find_row(db::Session& db, const Record& r, std::string_view number, const AsOf& when) {
    std::deque<Row> rows;  // several, where a number was taken back and entered again
    db.each(
        "SELECT " + columns_of(r) + "id, operation FROM " + std::string(r.noun) + " AS r WHERE operation <= $1 AND " +
            std::string(r.key) + " = $2 AND " + listed(r, "r", "$1"),
        [&](db::Statement& s) { rows.push_back(read_row(s, r)); }, when.operation, number);
    for (Row& row : rows) {
        if (r.has_changes()) resolve(row, r, Changes(db, r, when, row.id));
        if (!never_was(row)) return std::move(row);
    }
    return std::nullopt;
}

std::optional<Row> find_row(db::Session& db, const Record& r, std::int64_t id, const AsOf& when) {
    std::optional<Row> found;
    db.each(
        "SELECT " + columns_of(r) + "id, operation FROM " + std::string(r.noun) + " WHERE operation <= $1 AND id = $2",
        [&](db::Statement& s) { found = read_row(s, r); }, when.operation, id);
    if (found && r.has_changes()) resolve(*found, r, Changes(db, r, when, found->id));
    return found;
}

Row get_row(db::Session& db, const Record& r, std::string_view number, const AsOf& when) {
    if (auto row = find_row(db, r, number, when)) return std::move(*row);
    throw Error(Exit::not_found,
                say("there is no {noun} {number}", fmt::arg("noun", tr(r.noun.data())), fmt::arg("number", number)))
        .with_ref(number);
}

std::string number_of(db::Session& db, const Record& r, std::int64_t id) {
    return db.text("SELECT " + std::string(r.key) + " FROM " + std::string(r.noun) + " WHERE id = $1", id).value_or("");
}

void write_change(Operation& op, const Record& r, std::int64_t id, const Field& f, const Value& v, Date effective) {
    write_change(op, r, id, f.key, stored_text(f, v), f.change == Change::dated ? effective : beginning);
}

void write_change(Operation& op, const Record& r, std::int64_t id, std::string_view field,
                  const std::optional<std::string>& stored, Date effective) {
    op.db().execute("INSERT INTO " + std::string(r.noun) +
                        "_change (id, field, value, effective_on, operation) VALUES ($1, $2, $3, $4, $5)"
                        " ON CONFLICT (id, field, effective_on, operation) DO UPDATE SET value = excluded.value",
                    id, field, stored, effective, op.id());
}

namespace {

/// Rows that no list shows (their `undone` is their own operation) with the amounts of those, `sign` -1 or +1.
void write_counter_entries(Operation& op, const Record& r, std::int64_t first, std::int64_t last, int sign) {
    std::string columns, values;
    for (const Field& f : r.fields) {
        if (&f == &r.key_field()) continue;
        columns += std::string(f.key) + ", ";
        values += std::string(f.type == FieldType::money && sign < 0 ? "-" : "") + std::string(f.key) + ", ";
    }
    const std::string noun(r.noun);
    op.db().execute("INSERT INTO " + noun + " (" + columns + "reverses, operation, undone) SELECT " + values +
                        "id, $3, $3 FROM " + noun + " WHERE id BETWEEN $1 AND $2 ORDER BY id",
                    first, last, op.id());
}

void turn(Operation& op, const Record& r, std::int64_t first, std::int64_t last, bool back) {
    const std::string noun(r.noun);
    op.db().execute("UPDATE " + noun + " SET undone = $3 WHERE id BETWEEN $1 AND $2", first, last, back ? op.id() : 0);
    if (!r.voidable) return write_counter_entries(op, r, first, last, back ? -1 : 1);
    op.db().execute("INSERT INTO " + noun +
                        "_change (id, field, value, effective_on, operation) SELECT id, 'voided', $4, $5, $3 FROM " +
                        noun + " WHERE id BETWEEN $1 AND $2",
                    first, last, op.id(), back ? std::optional<std::string>("undo") : std::nullopt, beginning);
}

}  // namespace

void take_back(Operation& op, const Record& r, std::int64_t first, std::int64_t last) {
    turn(op, r, first, last, true);
}

void bring_back(Operation& op, const Record& r, std::int64_t first, std::int64_t last) {
    turn(op, r, first, last, false);
}

void add_change(Operation& op, const Record& r, std::int64_t id, const Field& f, const Value& v, Date effective) {
    const auto before = find_row(op.db(), r, id, {effective});
    write_change(op, r, id, f, v, effective);
    const int digits = digits_of(op.db(), r, before->values);
    auto after =
        nlohmann::ordered_json{{f.key, display(op.db(), f, v, digits)}, {"effective_on", to_string(effective)}};
    op.audit("change", r.noun, id, json_of(f.key, display(op.db(), f, before->values[r.index(f.key)], digits)),
             after.dump());
}

void add_void(Operation& op, const Record& r, std::int64_t id, Date day, std::string_view reason) {
    write_change(op, r, id, "voided", std::string(reason), day);
    op.audit("void", r.noun, id, "", nlohmann::ordered_json{{"voided_on", to_string(day)}, {"reason", reason}}.dump());
}

std::unordered_set<std::int64_t> undone_operations(db::Session& db, std::int64_t known) {
    std::unordered_set<std::int64_t> roots;
    db.each(
        "SELECT root, back FROM operation_undo WHERE operation <= $1 ORDER BY operation",
        [&](db::Statement& s) {
            if (s.integer(1))
                roots.insert(s.integer(0));
            else
                roots.erase(s.integer(0));
        },
        known);
    return roots;
}

Changes::Changes(db::Session& db, const Record& r, const AsOf& when, std::optional<std::int64_t> id) {
    read(db, r, when, id ? " AND id = $3" : "", id);
}

Changes::Changes(db::Session& db, const Record& r, const AsOf& when, std::string_view reference, std::int64_t target) {
    read(db, r, when,
         " AND id IN (SELECT id FROM " + std::string(r.noun) + " WHERE " + std::string(reference) + " = $3)", target);
}

void Changes::read(db::Session& db, const Record& r, const AsOf& when, const std::string& condition,
                   std::optional<std::int64_t> parameter) {
    if (!r.has_changes()) return;
    std::optional<std::unordered_set<std::int64_t>> silent;
    const auto take = [&](db::Statement& s) {
        if (!silent) silent = undone_operations(db, when.operation);
        if (silent->contains(s.integer(4))) return;
        if (s.text(1) == "voided") {
            if (!s.is_null(2))
                voids_.emplace(s.integer(0), s.day(3));  // the earliest one holds
            else if (const auto it = voids_.find(s.integer(0)); it != voids_.end() && it->second == s.day(3))
                voids_.erase(it);  // it was taken back
        } else {
            auto& slot = values_[s.integer(0) * 64 + static_cast<std::int64_t>(r.index(s.text(1)))];
            slot = s.is_null(2) ? std::nullopt : std::optional(s.string(2));
        }
    };
    const std::string select = "SELECT id, field, value, effective_on, operation FROM " + std::string(r.noun) +
                               "_change WHERE operation <= $1 AND effective_on <= $2";
    const std::string order = " ORDER BY id, field, effective_on, operation";  // the last one holds
    if (parameter)
        db.each(select + condition + order, take, when.operation, when.day, *parameter);
    else
        db.each(select + order, take, when.operation, when.day);
}

const std::optional<std::string>* Changes::find(std::int64_t id, std::size_t field) const {
    const auto it = values_.find(id * 64 + static_cast<std::int64_t>(field));
    return it == values_.end() ? nullptr : &it->second;
}

std::optional<Date> Changes::voided_on(std::int64_t id) const {
    const auto it = voids_.find(id);
    return it == voids_.end() ? std::nullopt : std::optional(it->second);
}

void each_row(db::Session& db, const Record& r, const AsOf& when, const std::function<void(Row&&)>& each) {
    const Changes changes(db, r, when);
    db.each(
        "SELECT " + columns_of(r) + "id, operation FROM " + std::string(r.noun) + " AS r WHERE operation <= $1 AND " +
            listed(r, "r", "$1") + " ORDER BY " + std::string(r.key) + " NULLS LAST, id",
        [&](db::Statement& s) {
            Row row = read_row(s, r);
            resolve(row, r, changes);
            if (!never_was(row)) each(std::move(row));
        },
        when.operation);
}

void each_row_of(db::Session& db, const Record& r, std::string_view reference, std::int64_t target, const AsOf& when,
                 const std::function<void(Row&&)>& each) {
    const Changes changes(db, r, when, reference, target);
    db.each(
        "SELECT " + columns_of(r) + "id, operation FROM " + std::string(r.noun) + " AS r WHERE operation <= $1 AND " +
            std::string(reference) + " = $2 AND " + listed(r, "r", "$1") + " ORDER BY id",
        [&](db::Statement& s) {
            Row row = read_row(s, r);
            resolve(row, r, changes);
            if (!never_was(row)) each(std::move(row));
        },
        when.operation, target);
}

std::string currency_of(db::Session& db, const Record& r, const std::vector<Value>& values) {
    if (r.find("currency")) return std::string(values[r.index("currency")].s);
    if (r.currency_from.empty() || !values[r.index(r.currency_from)]) return {};
    const auto at = r.index(r.currency_from);
    return db.text("SELECT currency FROM " + std::string(r.fields[at].target().noun) + " WHERE id = $1", values[at].n)
        .value_or("");
}

int digits_of(db::Session& db, const Record& r, const std::vector<Value>& values) {
    return Currency::parse(currency_of(db, r, values)).value_or(Currency{}).digits();
}

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

Report list_records(Workspace& workspace, const Record& r, const AsOf& when) {
    auto& db = workspace.db();
    Report report;
    report.name = r.plural;
    report.rows.columns = list_columns(r);
    for (const Field& f : r.fields)
        if (f.never_null) report.narrow.emplace_back(f.key);
    // One read of each referred table beats a lookup a row.
    std::vector<std::unordered_map<std::int64_t, std::string>> numbers(r.fields.size());
    for (std::size_t i = 0; i < r.fields.size(); ++i) {
        if (r.fields[i].type != FieldType::reference) continue;
        const Record& target = r.fields[i].target();
        db.each("SELECT id, " + std::string(target.key) + " FROM " + std::string(target.noun),
                [&](db::Statement& s) { numbers[i].emplace(s.integer(0), s.string(1)); });
    }
    each_row(db, r, when, [&](const Row& row) {
        add_row(report.rows, db, r, row,
                [&](std::size_t i) -> std::string_view { return numbers[i][row.values[i].n]; });
    });
    return report;
}

std::string json_of(db::Session& db, const Record& r, const std::vector<Value>& values) {
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    const int digits = digits_of(db, r, values);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i]) out[std::string(r.fields[i].key)] = display(db, r.fields[i], values[i], digits);
    return out.dump();
}

std::string json_of(std::initializer_list<std::pair<std::string_view, std::string>> texts) {
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    for (const auto& [key, text] : texts) out[std::string(key)] = text;
    return out.dump();
}

std::string json_of(std::string_view key, std::string_view text) {
    return nlohmann::ordered_json{{key, text}}.dump();
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
    // A typo leaves the head or the tail: candidates share the first half, else the first character.
    for (const std::size_t keep : {key.size() / 2, std::size_t{1}, std::size_t{0}}) {
        std::size_t cut = std::min(keep, key.size());
        while (cut > 0 && (static_cast<unsigned char>(key[cut < key.size() ? cut : cut - 1]) & 0xC0) == 0x80) --cut;
        const auto near = keys_with_prefix(db, r, key.substr(0, cut), 5000);
        std::vector<std::pair<int, std::string>> scored;
        for (const auto& k : near)
            if (const int d = edit_distance(key, k, 2); d <= 2) scored.emplace_back(d, k);
        std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<std::string> out;
        for (const auto& [d, k] : scored)
            if (static_cast<int>(out.size()) < limit) out.push_back(k);
        if (!out.empty()) return out;
    }
    return {};
}

}  // namespace agency
