#include "record/store.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"

namespace agency {
namespace {

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
}  // namespace

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
                say("there is no {noun} {number}", fmt::arg("noun", called(r)), fmt::arg("number", number)),
                say("see: agency {noun} list", fmt::arg("noun", typed(r))))
        .with_ref(number);
}

std::string number_of(db::Session& db, const Record& r, std::int64_t id) {
    return db.text("SELECT " + std::string(r.key) + " FROM " + std::string(r.noun) + " WHERE id = $1", id).value_or("");
}
std::string told_as(db::Session& db, const Record& r, std::int64_t id) {
    auto number = number_of(db, r, id);
    if (!number.empty()) return number;
    for (const Field& f : r.fields) {
        if (!f.target) continue;
        const auto to =
            db.integer("SELECT " + std::string(f.key) + " FROM " + std::string(r.noun) + " WHERE id = $1", id);
        if (to) number += (number.empty() ? "" : " ") + number_of(db, f.target(), *to);
    }
    return number;
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
}  // namespace agency
