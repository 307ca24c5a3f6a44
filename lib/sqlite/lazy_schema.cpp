#include "sqlite/lazy_schema.hpp"

#include <utility>

namespace agency::sqlite {
namespace {

bool in_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The words of an SQL text outside of 'literals', one by one; empty at its end.
std::string_view next_word(std::string_view& sql) {
    std::size_t at = 0;
    while (at < sql.size() && !in_word(sql[at])) {
        const auto end = sql[at] == '\'' ? sql.find('\'', at + 1) : at;
        at = end == sql.npos ? sql.size() : end + 1;
    }
    const auto begin = at;
    while (at < sql.size() && in_word(sql[at])) ++at;
    const auto word = sql.substr(begin, at - begin);
    sql.remove_prefix(at);
    return word;
}

/// Prepares the first statement of a connection while the one by which the engine reads the schema is stopped before
/// its first row.
int prepare_first(sqlite3* db, const char* sql, sqlite3_stmt** out) {
    sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, nullptr);  // what was not read is no fault
    sqlite3_progress_handler(
        db, 1, [](void*) { return 1; }, nullptr);
    const int rc = sqlite3_prepare_v2(db, sql, -1, out, nullptr);
    sqlite3_progress_handler(db, 0, nullptr, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0, nullptr);
    return rc;
}

}  // namespace

LazySchema::LazySchema(sqlite3* db) : db_(db) {
    sqlite3_stmt* rows = nullptr;
    int rc = prepare_first(db, "SELECT tbl_name, rowid, sql IS NULL, rootpage FROM sqlite_master", &rows);
    while (rc == SQLITE_OK && (rc = sqlite3_step(rows)) == SQLITE_ROW) {
        if (sqlite3_column_int(rows, 3) == 0) break;  // a view or trigger, which names other tables
        const auto* table = reinterpret_cast<const char*>(sqlite3_column_text(rows, 0));
        parts_.push_back({table ? table : "", sqlite3_column_int(rows, 2) ? 0 : sqlite3_column_int64(rows, 1), false});
        rc = SQLITE_OK;
    }
    sqlite3_finalize(rows);
    if (rc != SQLITE_DONE ||
        sqlite3_prepare_v2(db, "SELECT rootpage, sql FROM sqlite_master WHERE rowid = ?1", -1, &definition_, nullptr))
        know_all();
}

void LazySchema::know(std::string_view sql) {
    bool first = true, named = false;
    for (std::string_view rest = sql, word = next_word(rest); !all_ && !word.empty(); word = next_word(rest)) {
        if (std::exchange(first, false) && word != "SELECT" && word != "WITH") return know_all();
        if (std::exchange(named, word == "FROM" || word == "JOIN")) make(word);
    }
}

void LazySchema::make(std::string_view table) {
    for (Part& part : parts_)
        if (part.table == table && !std::exchange(part.known, true) && (part.row == 0 || !make(part)))
            return know_all();
}

/// As the engine does when it reads the schema: the definition is parsed and never run, whatever a file has in its
/// place, and its pages are said to begin there.
bool LazySchema::make(const Part& part) {
    sqlite3_bind_int64(definition_, 1, part.row);
    bool made = sqlite3_step(definition_) == SQLITE_ROW;
    if (made) {
        const auto* sql = reinterpret_cast<const char*>(sqlite3_column_text(definition_, 1));
        sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, db_, "main", 1, sqlite3_column_int(definition_, 0));
        sqlite3_stmt* nothing = nullptr;
        made = sql && std::string_view(sql).starts_with("CREATE ") &&
               sqlite3_prepare_v2(db_, sql, -1, &nothing, nullptr) == SQLITE_OK && !nothing;
        sqlite3_finalize(nothing);
        sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, db_, "main", 0, 0);
    }
    sqlite3_reset(definition_);
    return made;
}

void LazySchema::know_all() {
    if (std::exchange(all_, true)) return;
    parts_.clear();
    sqlite3_exec(db_, "PRAGMA writable_schema = RESET", nullptr, nullptr, nullptr);  // the next statement reads it
}

}  // namespace agency::sqlite
