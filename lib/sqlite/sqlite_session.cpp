#include "sqlite/sqlite_session.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/memory.hpp"
#include "base/translate.hpp"
#include "sqlite/row_source.hpp"

namespace agency::sqlite {
namespace {

constexpr int looks_every = 100'000;  // steps of the engine, for a signal
// Fresh memory costs more than a page written early (measured): a load that appends runs in a cache that fits the
// processor's, one that touches indexes all over the place gets room for them.
constexpr int append_cache_kib = 2 * 1024, random_cache_kib = 64 * 1024;

}  // namespace

SqliteSession::SqliteSession(Connection connection, std::optional<LockWish> wish)
    : database_(std::move(connection.database)),
      schema_(std::move(connection.schema)),
      raw_(database_->getHandle()),
      wish_(std::move(wish)) {}

SqliteSession::~SqliteSession() {
    if (wish_) rollback();  // what a reader sees ends with its connection
    statements_.clear();
    if (lock_) {
        sqlite3_busy_timeout(raw_, 0);  // a reader only means that the rest of the log is copied later
        sqlite3_wal_checkpoint_v2(raw_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    }
    schema_.reset();
    database_.reset();  // the last close checkpoints, still under the lock
}

db::Statement& SqliteSession::prepare(std::string_view sql) {
    auto it = statements_.find(sql);
    if (it == statements_.end()) {
        auto made = statement(sql);
        const std::string_view kept = sqlite_text_.emplace_back(std::make_unique<std::string>(sql))->c_str();
        it = statements_.emplace(kept.substr(0, sql.size()), std::move(made)).first;
    } else if (it->second->running()) {
        throw Error(Exit::bug, say("a statement is asked for while it runs: {sql}", fmt::arg("sql", sql)));
    } else {
        it->second->forget();
    }
    return *it->second;
}

std::unique_ptr<SqliteStatement> SqliteSession::statement(std::string_view sql) {
    if (schema_) schema_->know(sql);
    try {
        return std::make_unique<SqliteStatement>(raw_, sql);
    } catch (const Error&) {  // it may name a table elsewhere than know() looks
        if (!schema_ || schema_->knows_all()) throw;
        schema_->know_all();
        return std::make_unique<SqliteStatement>(raw_, sql);
    }
}

void SqliteSession::run_script(std::string_view sql) {
    if (const int rc = sqlite3_exec(raw_, std::string(sql).c_str(), nullptr, nullptr, nullptr))
        fail(raw_, rc, sql.substr(0, 200));
}

void SqliteSession::begin_write() {
    take_lock();
    run_script("BEGIN IMMEDIATE");
}

void SqliteSession::begin_migration() {
    take_lock();
    run_script("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");
    migrates_ = true;
}

void SqliteSession::begin_load(std::string_view table, std::int64_t rows, bool in_order) {
    take_lock();
    const auto existing = integer("SELECT COALESCE(MAX(id), 0) FROM " + std::string(table)).value_or(0);
    in_order_ = in_order;
    large_ = rows >= 5'000;
    append_ = large_ && rows * 2 >= existing;  // measured: else the indexes are better kept
    // The keys of a large index are sorted in files: memory touched once costs more than writing them.
    run_script("PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -" +
               std::to_string(append_ ? append_cache_kib : random_cache_kib));
    if (!append_ && !in_order) expect_pages(rows);
    // Where nobody reads: a rollback journal writes each new page once and each changed one twice, a write-ahead
    // log all of them twice, and it is read again in between.
    if (large_) set_journal("TRUNCATE", 0);
    run_script("BEGIN IMMEDIATE");
}

/// Memory for the pages that so many rows may touch, each row another one of a few indexes.
void SqliteSession::expect_pages(std::int64_t rows) {
    constexpr std::int64_t indexes = 3, cache = std::int64_t{random_cache_kib} << 10;
    const auto pages = std::min<std::int64_t>(rows * indexes, header_number(raw_, "page_count"));
    expect_memory(static_cast<std::size_t>(std::min(pages * header_number(raw_, "page_size"), cache)));
}

void SqliteSession::commit() {
    if (migrates_)
        each("PRAGMA foreign_key_check", [](db::Statement& row) {
            throw Error(Exit::data_file,
                        say("{table} row {row} refers to a missing {parent}", fmt::arg("table", row.text(0)),
                            fmt::arg("row", row.integer(1)), fmt::arg("parent", row.text(2))));
        });
    run_script("COMMIT");
    end_migration();
    end_load();
}

void SqliteSession::rollback() noexcept {
    for (auto& [text, statement] : statements_) statement->reset();
    if (!sqlite3_get_autocommit(raw_)) sqlite3_exec(raw_, "ROLLBACK", nullptr, nullptr, nullptr);
    if (lock_) sqlite3_exec(raw_, "PRAGMA ignore_check_constraints = OFF", nullptr, nullptr, nullptr);
    end_migration();
    end_load();
}

/// Held from before the first write until the connection is closed, because the last close checkpoints.
void SqliteSession::take_lock() {
    if (lock_) return;
    if (!wish_) throw Error(Exit::bug, tr("a command that only reads wants to write"));
    sqlite3_progress_handler(
        raw_, looks_every, [](void*) { return interrupted() ? 1 : 0; }, nullptr);
    lock_ = std::make_unique<FileLock>(wish_->path, wish_->wait_seconds, wish_->who, wish_->on_wait);
    sqlite3_db_config(raw_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    wal_ = text("PRAGMA journal_mode") == "wal";
    // A load that was killed leaves a file without its log; so do file systems that cannot share memory.
    if (!wal_ && shares_memory(database_->getFilename())) set_journal("WAL", 1);
}

/// Stays as it is when another connection is open for so long: the next writer tries again.
void SqliteSession::set_journal(const char* mode, int wait_seconds) {
    sqlite3_busy_timeout(raw_, wait_seconds * 1000);
    sqlite3_exec(raw_, (std::string("PRAGMA journal_mode = ") + mode).c_str(), nullptr, nullptr, nullptr);
    sqlite3_busy_timeout(raw_, wish_->wait_seconds * 1000);
    wal_ = text("PRAGMA journal_mode") == "wal";
}

void SqliteSession::end_migration() noexcept {
    if (migrates_) sqlite3_exec(raw_, "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
    migrates_ = false;
}

void SqliteSession::end_load() noexcept {
    if (!large_) return;
    large_ = append_ = false;
    try {
        if (!wal_ && shares_memory(database_->getFilename())) set_journal("WAL", 1);
    } catch (const Error&) {  // the next writer tries again
    }
}

std::function<std::unique_ptr<db::Session>()> SqliteSession::twin() {
    const auto& path = database_->getFilename();
    if (wish_ || path.starts_with("file:")) return {};
    const auto state = [](SqliteSession& s) {  // each write adds an operation
        return std::pair(s.integer("SELECT MAX(id) FROM operation"), header_number(s.raw_, "schema_version"));
    };
    return [path, state, seen = state(*this)]() -> std::unique_ptr<db::Session> {
        auto connection = connect_beside(path);
        if (!connection) return nullptr;
        auto other = std::make_unique<SqliteSession>(std::move(*connection), std::nullopt);
        other->begin_read();
        if (state(*other) != seen) return nullptr;
        return other;
    };
}

bool SqliteSession::has_table(std::string_view name) {
    return integer("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1 LIMIT 1", name) == 1;
}

void SqliteSession::load(std::string_view table, const std::vector<std::string>& columns,
                         const std::function<bool(db::Parameters&)>& next) {
    run_script("PRAGMA ignore_check_constraints = ON");
    const auto rebuild = append_ ? drop_indexes(table, columns) : std::vector<std::string>();
    insert(table, columns, [&, n = std::int64_t{0}](db::Parameters& row) mutable {
        // A page that is written out early and changed again makes SQLite sum the whole log anew at the end; the
        // schema's pages will be changed, so they are kept among the recently used.
        if (append_ && n++ % 1000 == 0) has_table(table);
        return next(row);
    });
    for (const auto& index : rebuild) run_script(index);
    run_script("PRAGMA ignore_check_constraints = OFF");
}

/// Drops the indexes that are cheaper made anew, and answers how. Those stay whose rows are not among the loaded
/// ones, and where rows come in order that of their numbers, which grows at its end.
std::vector<std::string> SqliteSession::drop_indexes(std::string_view table, const std::vector<std::string>& columns) {
    const auto stays = [&](std::string_view sql) {
        if (sql.starts_with("CREATE UNIQUE") && in_order_) return true;
        const auto where = sql.find(" WHERE ");
        if (where == sql.npos || !sql.ends_with(" IS NOT NULL")) return false;
        const auto column = sql.substr(where + 7, sql.size() - where - 7 - 12);
        return std::find(columns.begin(), columns.end(), column) == columns.end();
    };
    std::vector<std::string> names, texts;
    each(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY "
        "name",
        [&](db::Statement& row) {
            if (stays(row.text(1))) return;
            names.push_back(row.string(0));
            texts.push_back(row.string(1));
        },
        table);
    for (const auto& name : names) run_script("DROP INDEX " + name);
    return texts;
}

/// On a conflict the whole transaction is rolled back, as every load that fails is, so the engine need not copy
/// each page that is changed beside (a seventh of a batch into a large table, measured).
void SqliteSession::insert(std::string_view table, const std::vector<std::string>& columns,
                           const std::function<bool(db::Parameters&)>& next) {
    std::string names, values;
    for (std::size_t n = 0; n < columns.size(); ++n) {
        names += (n ? ", \"" : "\"") + columns[n] + '"';
        values += (n ? ", c" : "c") + std::to_string(n + 1);
    }
    RowSource rows(raw_, columns.size(), next);
    SqliteStatement into(
        raw_, fmt::format("INSERT OR ROLLBACK INTO {} ({}) SELECT {} FROM {}", table, names, values, RowSource::name));
    try {
        into.step();
    } catch (const Error&) {
        rows.rethrow();
        throw;
    }
}

std::vector<std::string> SqliteSession::self_check() {
    std::vector<std::string> found;
    each("PRAGMA integrity_check", [&](db::Statement& row) {
        if (row.text(0) != "ok") found.push_back(say("the engine reports \"{text}\"", fmt::arg("text", row.text(0))));
    });
    each("PRAGMA foreign_key_check", [&](db::Statement& row) {
        found.push_back(say("{table} row {row} refers to a missing {parent}", fmt::arg("table", row.text(0)),
                            fmt::arg("row", row.integer(1)), fmt::arg("parent", row.text(2))));
    });
    return found;
}

}  // namespace agency::sqlite
