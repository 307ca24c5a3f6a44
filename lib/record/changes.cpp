// Dated facts: written, taken back, read.
#include "record/store.hpp"

#include <nlohmann/json.hpp>

#include "workspace/closed_months.hpp"

namespace agency {

void write_change(Operation& op, const Record& r, std::int64_t id, const Field& f, const Value& v, Date effective) {
    write_change(op, r, id, f.key, stored_text(f, v), f.change == Change::dated ? effective : beginning);
}

void write_change(Operation& op, const Record& r, std::int64_t id, std::string_view field,
                  const std::optional<std::string>& stored, Date effective) {
    if (r.closes() && effective > beginning)
        period::require_open(op.db(), effective, field == "voided" ? "on" : "effective", r.closed_rule);
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

std::optional<Date> later_change(db::Session& db, const Record& r, std::int64_t id, std::string_view field, Date day) {
    const auto first = db.text("SELECT MIN(c.effective_on) FROM " + std::string(r.noun) +
                                   "_change AS c JOIN operation AS o ON o.id = c.operation WHERE c.id = $1 AND "
                                   "c.field = $2 AND c.effective_on > $3 AND o.undone_by IS NULL",
                               id, field, day);
    return first ? parse_iso_date(*first) : std::nullopt;
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

}  // namespace agency
