// The generic store: every record is inserted, found, changed and read by its description, and by nothing else.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "db/session.hpp"
#include "record/field.hpp"
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// A row of a record with the values in force at a moment, in field order; texts are owned here.
struct Row {
    std::int64_t id = 0;
    std::vector<Value> values;
    std::optional<Date> voided_on;  ///< from this day on it does not count
    std::int64_t operation = 0;
    std::deque<std::string> texts;

    // Its values look into its texts: it moves and is never copied, in a growing vector neither.
    Row() = default;
    Row(Row&&) = default;
    Row& operator=(Row&&) = default;

    bool voided(Date day) const { return voided_on && *voided_on <= day; }
};

// Between values and SQL.
void bind_value(db::Statement& s, int n, const Field& f, const Value& v);
/// The same without a copy: the value's text and `day`, room for 10 characters, must live as Parameters say.
void bind_view(db::Parameters& s, int n, const Field& f, const Value& v, char* day);
Value read_value(db::Statement& s, int column, const Field& f, std::deque<std::string>& texts);
/// The text form in `<noun>_change.value`, and back.
std::optional<std::string> stored_text(const Field& f, const Value& v);
Value from_stored_text(const Field& f, std::string_view text, std::deque<std::string>& texts);

/// What a value says in files and messages; money needs the record's decimals. References say the target's number.
std::string display(db::Session& db, const Field& f, const Value& v, int digits);

/// `INSERT INTO <noun> (…) VALUES ($1…$n, $n+1 = operation)`, in field order.
std::string insert_sql(const Record& r);
/// Inserts one row and answers its id; the trail is the caller's matter.
std::int64_t write_record(Operation& op, const Record& r, const std::vector<Value>& values);

/// The record of that number as of `when`; nothing when unknown (or entered later).
std::optional<Row> find_row(db::Session& db, const Record& r, std::string_view number, const AsOf& when);
std::optional<Row> find_row(db::Session& db, const Record& r, std::int64_t id, const AsOf& when);
/// Throws Error(not_found).
Row get_row(db::Session& db, const Record& r, std::string_view number, const AsOf& when);
/// The struct of a row.
template <class T>
T to_struct(const Record& r, const Row& row) {
    T out{};
    for (std::size_t i = 0; i < r.fields.size(); ++i) r.fields[i].access.set(&out, row.values[i]);
    out.id.value = row.id;
    return out;
}

/// The condition that a row of `alias` is no counter-entry and was not taken back, by what was known at the bound
/// operation; a voidable record may besides be void from the beginning.
std::string listed(const Record& r, const std::string& alias, const std::string& operation);

/// A table `(id, voided_on, operation)` of the voids of a noun that stand now: what was taken back is left out, and a
/// row without a reason takes the one of its day back.
std::string voids_of(std::string_view noun);
/// The condition that the record of that id (an SQL expression) is void, now.
std::string is_void(std::string_view noun, std::string_view id);

/// The number of a row, e.g. a contract's; empty when there is none.
std::string number_of(db::Session& db, const Record& r, std::int64_t id);
/// The same for people: where it has none, the numbers of what it lies between, `R1 I1`.
std::string told_as(db::Session& db, const Record& r, std::int64_t id);

/// A dated fact: from `effective` on, the field has this value. With its row in the trail.
void add_change(Operation& op, const Record& r, std::int64_t id, const Field& f, const Value& v, Date effective);
/// The only writer of `<noun>_change`; the trail is the caller's matter. A plain field has its new value from the
/// beginning, a dated one from `effective` on. Error(refused) by the record's `closed_rule` where the books of that day
/// are closed.
void write_change(Operation& op, const Record& r, std::int64_t id, const Field& f, const Value& v, Date effective);
/// The same with the value as it is stored, or the field `voided`, whose value is the reason.
void write_change(Operation& op, const Record& r, std::int64_t id, std::string_view field,
                  const std::optional<std::string>& stored, Date effective);
/// Rows with these ids are taken back whole, or brought back: void from the beginning, or balanced by counter-entries
/// that no list shows; their numbers are free, or taken again. Whether that may be is the caller's matter.
void take_back(Operation& op, const Record& r, std::int64_t first, std::int64_t last);
void bring_back(Operation& op, const Record& r, std::int64_t first, std::int64_t last);
/// The record counts until `day`. Refusing is the caller's matter.
void add_void(Operation& op, const Record& r, std::int64_t id, Date day, std::string_view reason);

/// The operations whose later values do not count, by what was known at an operation.
std::unordered_set<std::int64_t> undone_operations(db::Session& db, std::int64_t known = INT64_MAX);

/// The first day after `day` from which the field has another value, or the same again; nothing when `day` is the last.
std::optional<Date> later_change(db::Session& db, const Record& r, std::int64_t id, std::string_view field, Date day);

/// The dated facts of one noun in force at a moment.
class Changes {
public:
    /// With `id`, of that record only; else of all.
    Changes(db::Session& db, const Record& r, const AsOf& when, std::optional<std::int64_t> id = {});
    /// Of the records that refer to `target` by a field that never changes.
    Changes(db::Session& db, const Record& r, const AsOf& when, std::string_view reference, std::int64_t target);
    /// nullptr: as entered. A pointer to nothing: explicitly empty.
    const std::optional<std::string>* find(std::int64_t id, std::size_t field) const;
    std::optional<Date> voided_on(std::int64_t id) const;
    bool empty() const { return values_.empty() && voids_.empty(); }
    const std::unordered_map<std::int64_t, Date>& voids() const { return voids_; }

private:
    void read(db::Session& db, const Record& r, const AsOf& when, const std::string& condition,
              std::optional<std::int64_t> parameter);

    std::unordered_map<std::int64_t, std::optional<std::string>> values_;  ///< by id * 64 + field
    std::unordered_map<std::int64_t, Date> voids_;
};

/// Calls `each` for every row known at the moment, in number order, dated fields resolved; it may keep the row.
void each_row(db::Session& db, const Record& r, const AsOf& when, const std::function<void(Row&&)>& each);

/// Calls `each` for those of them that refer to `target` by a field that never changes, in order of id.
void each_row_of(db::Session& db, const Record& r, std::string_view reference, std::int64_t target, const AsOf& when,
                 const std::function<void(Row&&)>& each);

/// The generic list: all fields as columns, references as numbers; voided rows carry their day in the last column
/// `voided_on`.
Report list_records(Workspace& workspace, const Record& r, const AsOf& when,
                    const std::function<bool(const Row&)>& keep = {});
std::vector<GridColumn> list_columns(const Record& r);
/// Adds one cell of a field.
void add_cell(Grid& grid, const Field& f, const Value& v, int digits, std::string_view reference);
/// One row of list_columns(); `number` says what the reference in a field is called.
void add_row(Grid& grid, db::Session& db, const Record& r, const Row& row,
             const std::function<std::string_view(std::size_t field)>& number);
/// The record's own `currency`, else that of the record it names by `currency_from`; empty when it has none.
std::string currency_of(db::Session& db, const Record& r, const std::vector<Value>& values);
int digits_of(db::Session& db, const Record& r, const std::vector<Value>& values);

/// JSON object of the given fields, for the trail; texts as displayed.
std::string json_of(db::Session& db, const Record& r, const std::vector<Value>& values);
std::string json_of(std::string_view key, std::string_view text);
std::string json_of(std::initializer_list<std::pair<std::string_view, std::string>> texts);

// For references on the command line.
std::vector<std::string> keys_with_prefix(db::Session& db, const Record& r, std::string_view prefix, int limit);
bool key_exists(db::Session& db, const Record& r, std::string_view key);
std::vector<std::string> nearby_keys(db::Session& db, const Record& r, std::string_view key, int limit);

}  // namespace agency
