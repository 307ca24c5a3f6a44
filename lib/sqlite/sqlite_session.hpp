// A session over one connection, and the lock of one that writes.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sqlite/connection.hpp"
#include "sqlite/lock.hpp"
#include "sqlite/statement.hpp"

namespace agency::sqlite {

/// Where the lock file is and how long to wait for it.
struct LockWish {
    std::string path, who;
    int wait_seconds = 30;
    std::function<void(const std::string&)> on_wait;
};

class SqliteSession final : public db::Session {
public:
    /// Without a wish it only reads.
    SqliteSession(Connection connection, std::optional<LockWish> wish);
    ~SqliteSession() override;

    db::Statement& prepare(std::string_view sql) override;
    void run_script(std::string_view sql) override;
    void begin_read() override { run_script("BEGIN"); }
    void begin_write() override;
    void begin_migration() override;
    void begin_load(std::string_view table, std::int64_t rows, bool in_order) override;
    void commit() override;
    void rollback() noexcept override;
    bool in_transaction() const override { return !sqlite3_get_autocommit(raw_); }
    std::function<std::unique_ptr<db::Session>()> twin() override;

    void load(std::string_view table, const std::vector<std::string>& columns,
              const std::function<bool(db::Parameters&)>& next) override;

    bool has_table(std::string_view name) override;
    void set_version_copy(int version) override { run_script("PRAGMA user_version = " + std::to_string(version)); }
    /// What set_version_copy() wrote.
    int version_copy() { return header_number(raw_, "user_version"); }
    std::vector<std::string> self_check() override;
    std::string engine_version() const override { return std::string("SQLite ") + sqlite3_libversion(); }

private:
    std::unique_ptr<SqliteStatement> statement(std::string_view sql);
    void take_lock();
    void set_journal(const char* mode, int wait_seconds);
    void expect_pages(std::int64_t rows);
    std::vector<std::string> drop_indexes(std::string_view table, const std::vector<std::string>& columns);
    void insert(std::string_view table, const std::vector<std::string>& columns,
                const std::function<bool(db::Parameters&)>& next);
    void end_migration() noexcept;
    void end_load() noexcept;

    std::unique_ptr<FileLock> lock_;  // outlives the connection
    std::unique_ptr<SQLite::Database> database_;
    std::unique_ptr<LazySchema> schema_;
    sqlite3* raw_;
    std::optional<LockWish> wish_;
    bool wal_ = true, migrates_ = false;
    bool large_ = false, append_ = false, in_order_ = false;  ///< the load that is under way
    std::vector<std::unique_ptr<std::string>> sqlite_text_;
    std::unordered_map<std::string_view, std::unique_ptr<SqliteStatement>> statements_;
};

}  // namespace agency::sqlite
