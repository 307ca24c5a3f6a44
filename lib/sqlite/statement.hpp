// A prepared statement of SQLite behind the seam, and its errors as ours.
#pragma once
#include <sqlite3.h>

#include <charconv>
#include <cstring>
#include <string_view>
#include <vector>

#include "db/session.hpp"

namespace agency::sqlite {

/// Throws what an error of the engine means to a user; `db` may be null.
[[noreturn]] void fail(sqlite3* db, int code, std::string_view sql = {});

class SqliteStatement final : public db::Statement {
public:
    SqliteStatement(sqlite3* db, std::string_view sql) : db_(db) {
        const char* tail = nullptr;
        if (const int rc = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                              &raw_, &tail))
            fail(db, rc, sql);
        for (int i = 1; i <= sqlite3_bind_parameter_count(raw_); ++i) {
            const char* name = sqlite3_bind_parameter_name(raw_, i);
            int n = 0;
            if (!name || name[0] != '$' || std::from_chars(name + 1, name + std::strlen(name), n).ec != std::errc{})
                fail(db, SQLITE_MISUSE, sql);
            if (static_cast<std::size_t>(n) >= index_.size()) index_.resize(n + 1);
            index_[n] = i;
        }
    }
    ~SqliteStatement() override { sqlite3_finalize(raw_); }

    using db::Statement::bind;
    void bind_null(int n) override { check(sqlite3_bind_null(raw_, at(n))); }
    void bind(int n, std::int64_t v) override { check(sqlite3_bind_int64(raw_, at(n), v)); }
    void bind(int n, std::string_view v) override {
        check(sqlite3_bind_text(raw_, at(n), v.data() ? v.data() : "", static_cast<int>(v.size()), SQLITE_TRANSIENT));
    }
    void bind_view(int n, std::string_view v) override {
        check(sqlite3_bind_text(raw_, at(n), v.data() ? v.data() : "", static_cast<int>(v.size()), SQLITE_STATIC));
    }
    bool step() override {
        running_ = true;
        const int rc = sqlite3_step(raw_);
        if (rc == SQLITE_ROW) return true;
        changes_ = sqlite3_changes64(db_);
        if (rc == SQLITE_DONE) return false;
        const std::string sql = sqlite3_sql(raw_);
        sqlite3_reset(raw_);
        running_ = false;
        fail(db_, sqlite3_extended_errcode(db_), sql);
    }
    void reset() override {
        sqlite3_reset(raw_);
        running_ = false;
    }
    bool is_null(int c) const override { return sqlite3_column_type(raw_, c) == SQLITE_NULL; }
    std::int64_t integer(int c) const override { return sqlite3_column_int64(raw_, c); }
    std::string_view text(int c) const override {
        const auto* p = reinterpret_cast<const char*>(sqlite3_column_text(raw_, c));
        return p ? std::string_view(p, static_cast<std::size_t>(sqlite3_column_bytes(raw_, c))) : std::string_view();
    }
    int columns() const override { return sqlite3_column_count(raw_); }
    std::int64_t changes() const override { return changes_; }
    bool running() const { return running_; }
    void forget() { sqlite3_clear_bindings(raw_); }

private:
    int at(int n) const {
        if (n < 1 || static_cast<std::size_t>(n) >= index_.size() || index_[n] == 0)
            fail(nullptr, SQLITE_RANGE, sqlite3_sql(raw_));
        return index_[n];
    }
    void check(int rc) {
        if (rc != SQLITE_OK) fail(db_, rc, sqlite3_sql(raw_));
    }

    sqlite3* db_;
    sqlite3_stmt* raw_ = nullptr;
    std::vector<int> index_;  ///< of `$n`; 0: not in the text
    std::int64_t changes_ = 0;
    bool running_ = false;
};

}  // namespace agency::sqlite
