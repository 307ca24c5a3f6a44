#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <map>
#include <unordered_map>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/memory.hpp"
#include "base/system_error.hpp"
#include "base/translate.hpp"
#include "db/migrator.hpp"
#include "sqlite/lazy_schema.hpp"
#include "sqlite/lock.hpp"
#include "sqlite/open.hpp"
#include "sqlite/row_source.hpp"
#include "sqlite/statement.hpp"

namespace agency::sqlite {
namespace {

constexpr int application_id = 0x41474359;  // "AGCY"
constexpr int looks_every = 100'000;        // steps of the engine, for a signal
// Fresh memory costs more than a page written early (measured): a load that appends runs in a cache that fits the
// processor's, one that touches indexes all over the place gets room for them.
constexpr int read_cache_kib = 512, cache_kib = 2 * 1024, append_cache_kib = 2 * 1024, random_cache_kib = 64 * 1024;

/// WAL needs shared memory, which network file systems do not give reliably.
bool shares_memory(const std::string& path) {
    struct statfs fs {};
    if (::statfs(path.c_str(), &fs) != 0) return true;
    switch (static_cast<unsigned long>(fs.f_type)) {
        case 0x6969UL:
        case 0xFF534D42UL:
        case 0xFE534D42UL:
        case 0x517BUL:
        case 0x01021997UL:
        case 0x65735546UL:
            return false;  // NFS CIFS SMB2 SMB 9P FUSE
        default:
            return true;
    }
}

/// A number of the file's header; 0 when it cannot be read, which the connection's error code says.
int header_number(sqlite3* db, const char* name) {
    sqlite3_stmt* s = nullptr;
    int out = 0;
    sqlite3_prepare_v2(db, (std::string("PRAGMA ") + name).c_str(), -1, &s, nullptr);
    if (s && sqlite3_step(s) == SQLITE_ROW) out = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return out;
}

/// Where the lock file is and how long to wait for it.
struct LockWish {
    std::string path, who;
    int wait_seconds = 30;
    std::function<void(const std::string&)> on_wait;
};

struct Connection {
    std::unique_ptr<SQLite::Database> database;
    std::unique_ptr<LazySchema> schema;  ///< of one that only reads
    sqlite3* raw() const { return database->getHandle(); }
};

class SqliteSession final : public db::Session {
public:
    /// Without a wish it only reads.
    SqliteSession(Connection connection, std::optional<LockWish> wish)
        : database_(std::move(connection.database)),
          schema_(std::move(connection.schema)),
          raw_(database_->getHandle()),
          wish_(std::move(wish)) {}
    ~SqliteSession() override {
        if (wish_) rollback();  // what a reader sees ends with its connection
        statements_.clear();
        if (lock_) {
            sqlite3_busy_timeout(raw_, 0);  // a reader only means that the rest of the log is copied later
            sqlite3_wal_checkpoint_v2(raw_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        }
        schema_.reset();
        database_.reset();  // the last close checkpoints, still under the lock
    }

    db::Statement& prepare(std::string_view sql) override {
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
    void run_script(std::string_view sql) override {
        if (const int rc = sqlite3_exec(raw_, std::string(sql).c_str(), nullptr, nullptr, nullptr))
            fail(raw_, rc, sql.substr(0, 200));
    }

    void begin_read() override { run_script("BEGIN"); }
    void begin_write() override {
        take_lock();
        run_script("BEGIN IMMEDIATE");
    }
    void begin_migration() override {
        take_lock();
        run_script("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");
        migrates_ = true;
    }
    void begin_load(std::string_view table, std::int64_t rows, bool in_order) override {
        take_lock();
        const auto existing = integer("SELECT COALESCE(MAX(id), 0) FROM " + std::string(table)).value_or(0);
        in_order_ = in_order;
        const bool large = rows >= 5'000;
        append_ = large && rows * 2 >= existing;  // measured: else the indexes are better kept
        // The keys of a large index are sorted in files: memory touched once costs more than writing them.
        run_script("PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -" +
                   std::to_string(append_ ? append_cache_kib : random_cache_kib));
        if (!append_ && !in_order) expect_pages(rows);
        // Where nobody reads: a rollback journal writes each new page once and each changed one twice, a write-ahead
        // log all of them twice, and it is read again in between.
        if (large) set_journal("TRUNCATE", 0);
        run_script("BEGIN IMMEDIATE");
    }
    void commit() override {
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
    void rollback() noexcept override {
        for (auto& [text, statement] : statements_) statement->reset();
        if (!sqlite3_get_autocommit(raw_)) sqlite3_exec(raw_, "ROLLBACK", nullptr, nullptr, nullptr);
        if (lock_) sqlite3_exec(raw_, "PRAGMA ignore_check_constraints = OFF", nullptr, nullptr, nullptr);
        end_migration();
        end_load();
    }
    std::function<std::unique_ptr<db::Session>()> twin() override;
    bool in_transaction() const override { return !sqlite3_get_autocommit(raw_); }
    bool has_table(std::string_view name) override {
        return integer("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1 LIMIT 1", name) == 1;
    }
    void set_version_copy(int version) override { run_script("PRAGMA user_version = " + std::to_string(version)); }

    void load(std::string_view table, const std::vector<std::string>& columns,
              const std::function<bool(db::Parameters&)>& next) override {
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

    std::vector<std::string> self_check() override {
        std::vector<std::string> found;
        each("PRAGMA integrity_check", [&](db::Statement& row) {
            if (row.text(0) != "ok")
                found.push_back(say("the engine reports \"{text}\"", fmt::arg("text", row.text(0))));
        });
        each("PRAGMA foreign_key_check", [&](db::Statement& row) {
            found.push_back(say("{table} row {row} refers to a missing {parent}", fmt::arg("table", row.text(0)),
                                fmt::arg("row", row.integer(1)), fmt::arg("parent", row.text(2))));
        });
        return found;
    }
    /// What set_version_copy() wrote.
    int version_copy() { return header_number(raw_, "user_version"); }
    std::string engine_version() const override { return std::string("SQLite ") + sqlite3_libversion(); }

private:
    std::unique_ptr<SqliteStatement> statement(std::string_view sql) {
        if (schema_) schema_->know(sql);
        try {
            return std::make_unique<SqliteStatement>(raw_, sql);
        } catch (const Error&) {  // it may name a table elsewhere than know() looks
            if (!schema_ || schema_->knows_all()) throw;
            schema_->know_all();
            return std::make_unique<SqliteStatement>(raw_, sql);
        }
    }
    /// Held from before the first write until the connection is closed, because the last close checkpoints.
    void take_lock() {
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
    void set_journal(const char* mode, int wait_seconds) {
        sqlite3_busy_timeout(raw_, wait_seconds * 1000);
        sqlite3_exec(raw_, (std::string("PRAGMA journal_mode = ") + mode).c_str(), nullptr, nullptr, nullptr);
        sqlite3_busy_timeout(raw_, wish_->wait_seconds * 1000);
        wal_ = text("PRAGMA journal_mode") == "wal";
    }
    void end_migration() noexcept {
        if (migrates_) sqlite3_exec(raw_, "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
        migrates_ = false;
    }
    void end_load() noexcept {
        append_ = false;
        try {
            if (!wal_ && shares_memory(database_->getFilename())) set_journal("WAL", 1);
        } catch (const Error&) {  // the next writer tries again
        }
    }
    /// Memory for the pages that so many rows may touch, each row another one of a few indexes.
    void expect_pages(std::int64_t rows) {
        constexpr std::int64_t indexes = 3, cache = std::int64_t{random_cache_kib} << 10;
        const auto pages = std::min<std::int64_t>(rows * indexes, header_number(raw_, "page_count"));
        expect_memory(static_cast<std::size_t>(std::min(pages * header_number(raw_, "page_size"), cache)));
    }
    /// Drops the indexes that are cheaper made anew, and answers how. Those stay whose rows are not among the loaded
    /// ones, and where rows come in order that of their numbers, which grows at its end.
    std::vector<std::string> drop_indexes(std::string_view table, const std::vector<std::string>& columns) {
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
    void insert(std::string_view table, const std::vector<std::string>& columns,
                const std::function<bool(db::Parameters&)>& next) {
        std::string names, values;
        for (std::size_t n = 0; n < columns.size(); ++n) {
            names += (n ? ", \"" : "\"") + columns[n] + '"';
            values += (n ? ", c" : "c") + std::to_string(n + 1);
        }
        RowSource rows(raw_, columns.size(), next);
        SqliteStatement into(raw_, fmt::format("INSERT OR ROLLBACK INTO {} ({}) SELECT {} FROM {}", table, names,
                                               values, RowSource::name));
        try {
            into.step();
        } catch (const Error&) {
            rows.rethrow();
            throw;
        }
    }

    std::unique_ptr<FileLock> lock_;  // outlives the connection
    std::unique_ptr<SQLite::Database> database_;
    std::unique_ptr<LazySchema> schema_;
    sqlite3* raw_;
    std::optional<LockWish> wish_;
    bool wal_ = true, append_ = false, in_order_ = false, migrates_ = false;
    std::vector<std::unique_ptr<std::string>> sqlite_text_;
    std::unordered_map<std::string_view, std::unique_ptr<SqliteStatement>> statements_;
};

Connection set_up(std::unique_ptr<SQLite::Database> db, bool writes) {
    sqlite3* raw = db->getHandle();
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);  // until the lock is held
    auto schema = writes ? nullptr : std::make_unique<LazySchema>(raw);  // before what asks for it, as cache_size does
    std::string pragmas =
        "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA cache_size = -" +
        std::to_string(writes ? cache_kib : read_cache_kib);
    if (writes)
        pragmas +=
            "; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA "
            "secure_delete = ON";
    // What cannot be read yet is told by touch().
    sqlite3_exec(raw, pragmas.c_str(), nullptr, nullptr, nullptr);
    return {std::move(db), std::move(schema)};
}

/// Before the first connection: each is used by one thread, and no counting of memory, which costs a lock each time.
void set_up_engine() {
    [[maybe_unused]] static const bool once = [] {
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
}

Connection connect(const std::string& path, bool writes, int wait_seconds) {
    set_up_engine();
    try {
        auto db = std::make_unique<SQLite::Database>(
            path, (writes ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY) | SQLite::OPEN_NOMUTEX);
        db->setBusyTimeout(wait_seconds * 1000);
        return set_up(std::move(db), writes);
    } catch (const SQLite::Exception& e) {
        fail(nullptr, e.getErrorCode());
    }
}

/// The first statements that touch the file: the engine's answer, and whose file it is.
struct Touch {
    int code = SQLITE_OK, application = 0;
    bool unreadable() const {
        return (code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY || (code & 0xff) == SQLITE_IOERR;
    }
};

Touch touch(const Connection& db) {
    sqlite3* raw = db.raw();
    Touch out;
    out.application = header_number(raw, "application_id");
    out.code = sqlite3_errcode(raw);
    if (out.code == SQLITE_OK && (!db.schema || db.schema->knows_all()))  // else it read the schema's list of tables
        out.code = sqlite3_exec(raw, "SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr);
    if (out.code != SQLITE_OK) out.code = sqlite3_extended_errcode(raw);
    if (out.code != SQLITE_OK && !out.unreadable()) fail(raw, out.code);
    return out;
}

std::string immutable_uri(const std::string& path) {
    std::string out = "file:";
    for (const char c : path) {
        if (c == '?' || c == '#' || c == '%')
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + "?immutable=1";
}

bool has_content(const std::string& path) {
    struct stat st {};
    return ::stat(path.c_str(), &st) == 0 && st.st_size > 0;
}

Connection connect_writer(const std::string& path, int wait_seconds) {
    auto db = connect(path, true, wait_seconds);
    const auto first = touch(db);
    if (first.code != SQLITE_OK) fail(db.raw(), first.code);
    if (first.application != application_id) fail(nullptr, SQLITE_NOTADB);
    return db;
}

Connection connect_reader(const std::string& path, const OpenWish& wish) {
    auto db = connect(path, false, wish.wait_seconds);
    auto first = touch(db);
    if (first.code == SQLITE_READONLY_ROLLBACK) {  // a load was killed: what it wrote is undone first, by a writer
        db = {};
        {
            FileLock lock(path + ".lock", wish.wait_seconds, wish.who, wish.on_wait);
            connect_writer(path, wish.wait_seconds);
        }
        db = connect(path, false, wish.wait_seconds);
        first = touch(db);
    }
    if (first.code == SQLITE_OK) {
        if (first.application == application_id) return db;
        fail(nullptr, SQLITE_NOTADB);
    }
    // The shared-memory file could not be made: without a log nothing is missing from the file itself.
    if (has_content(path + "-wal") || has_content(path + "-journal"))
        throw Error(
            Exit::outside,
            say("{path} has unfinished changes beside it and its folder cannot be written", fmt::arg("path", path)),
            tr("run the command once where the folder can be written"));
    db = set_up(std::make_unique<SQLite::Database>(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI),
                false);
    first = touch(db);
    if (first.code != SQLITE_OK) fail(db.raw(), first.code);
    if (first.application != application_id) fail(nullptr, SQLITE_NOTADB);
    return db;
}

std::function<std::unique_ptr<db::Session>()> SqliteSession::twin() {
    const auto& path = database_->getFilename();
    if (wish_ || path.starts_with("file:")) return {};
    const auto state = [](SqliteSession& s) {  // each write adds an operation
        return std::pair(s.integer("SELECT MAX(id) FROM operation"), header_number(s.raw_, "schema_version"));
    };
    return [path, state, seen = state(*this)]() -> std::unique_ptr<db::Session> {
        auto connection = connect(path, false, 0);
        if (touch(connection).code != SQLITE_OK) return nullptr;
        auto other = std::make_unique<SqliteSession>(std::move(connection), std::nullopt);
        other->begin_read();
        if (state(*other) != seen) return nullptr;
        return other;
    };
}

void require_file(const std::string& path, Mode mode, const std::string& init) {
    struct stat st {};
    if (::stat(path.c_str(), &st) == 0) {
        if (!S_ISREG(st.st_mode))
            throw Error(Exit::data_file, say("{path} is not a file", fmt::arg("path", path)),
                        tr("name another with --db FILE"));
        if (::access(path.c_str(), R_OK) == 0 && (mode == Mode::read || ::access(path.c_str(), W_OK) == 0)) return;
        if (errno != EACCES) return;  // the engine says what it is
        throw Error(
            Exit::denied,
            ::access(path.c_str(), R_OK) == 0
                ? say("{name} cannot be written: {why}", fmt::arg("name", path), fmt::arg("why", reason_of(EACCES)))
                : say("{path} cannot be opened: {why}", fmt::arg("path", path), fmt::arg("why", reason_of(EACCES))),
            tr("look at the rights of the file and its folder"));
    }
    if (errno == ENOENT)
        throw Error(Exit::outside, say("there is no data file {path}", fmt::arg("path", path)),
                    say("make one with: {command}", fmt::arg("command", init)));
    throw Error(exit_of(errno),
                say("{path} cannot be opened: {why}", fmt::arg("path", path), fmt::arg("why", reason_of(errno))));
}

Error exists(const std::string& path) {
    return Error(Exit::conflict, say("{path} exists already", fmt::arg("path", path)),
                 tr("nothing was changed; name another with --db FILE"));
}

void upgrade(SqliteSession& session, const std::string& path, const std::string& instant) {
    const auto migrations = db::embedded_migrations();
    session.begin_write();  // the lock, and with it the version that holds
    const int have = db::schema_version(session);
    session.rollback();
    if (have == db::newest_version(migrations)) return;
    const auto copy = fmt::format("{}.schema-{}.bak", path, have);
    db::migrate(session, migrations, instant, [&] {
        if (::access(copy.c_str(), F_OK) == 0) return;
        const auto part = fmt::format("{}.part-{}", copy, ::getpid());  // a copy that is there is whole
        remove_at_signal(part);
        const auto old = ::umask(0077);
        try {
            session.execute("VACUUM INTO $1", part);
            ::umask(old);
        } catch (...) {
            ::umask(old);
            ::unlink(part.c_str());
            throw;
        }
        if (std::rename(part.c_str(), copy.c_str()) != 0)
            throw Error(Exit::outside, say("{path} cannot be made: {why}", fmt::arg("path", copy),
                                           fmt::arg("why", std::strerror(errno))));
        keep_at_signal(part);
    });
}

}  // namespace

std::unique_ptr<db::Session> open(const std::string& path, Mode mode, const OpenWish& wish) {
    require_file(path, mode, wish.init);
    auto session = mode == Mode::read ? std::make_unique<SqliteSession>(connect_reader(path, wish), std::nullopt)
                                      : std::make_unique<SqliteSession>(
                                            connect_writer(path, wish.wait_seconds),
                                            LockWish{path + ".lock", wish.who, wish.wait_seconds, wish.on_wait});
    const auto migrations = db::embedded_migrations();
    if (mode == Mode::read) {
        session->begin_read();  // one state for the whole command
        if (session->version_copy() == db::newest_version(migrations)) return session;
    }
    const int have = db::schema_version(*session);
    if (have == db::newest_version(migrations)) return session;
    db::refuse_foreign(*session, migrations);
    if (mode == Mode::read)
        throw Error(Exit::data_file,
                    say("the data file has schema {have}, this program needs {known}", fmt::arg("have", have),
                        fmt::arg("known", db::newest_version(migrations))),
                    tr("run: agency init --upgrade"));
    upgrade(*session, path, wish.instant);
    return session;
}

void require_creatable(const std::string& path) {
    struct stat st {};
    if (::lstat(path.c_str(), &st) == 0) throw exists(path);
    const auto slash = path.rfind('/');
    const auto folder = slash == path.npos ? std::string(".") : path.substr(0, slash + 1);
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        throw Error(exit_of(errno),
                    say("{path} cannot be made: {why}", fmt::arg("path", path), fmt::arg("why", reason_of(errno))),
                    tr("look at the rights of the file and its folder"));
}

void create(const std::string& path, const std::string& instant) {
    require_creatable(path);
    const LockWish wish{path + ".lock", "agency init", 30, nullptr};
    const std::string part = path + ".new-" + std::to_string(::getpid());
    for (const char* tail : {"", "-wal", "-shm", "-journal"}) remove_at_signal(part + tail);
    const auto old = ::umask(0077);
    try {
        set_up_engine();
        auto db = std::make_unique<SQLite::Database>(part, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db->exec("PRAGMA page_size = 8192");
        auto connection = set_up(std::move(db), true);
        connection.database->exec("PRAGMA application_id = " + std::to_string(application_id));
        connection.database->exec(shares_memory(part) ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = TRUNCATE");
        SqliteSession session(std::move(connection), wish);
        db::migrate(session, db::embedded_migrations(), instant, [] {});
        ::umask(old);
    } catch (const SQLite::Exception& e) {
        ::umask(old);
        ::unlink(part.c_str());
        fail(nullptr, e.getErrorCode());
    } catch (...) {
        ::umask(old);
        ::unlink(part.c_str());
        throw;
    }
    int error = ::link(part.c_str(), path.c_str()) == 0 ? 0 : errno;
    if (error != 0 && error != EEXIST)
        error = std::rename(part.c_str(), path.c_str()) == 0 ? 0 : errno;  // no hard links here
    ::unlink(part.c_str());
    for (const char* tail : {"", "-wal", "-shm", "-journal"}) keep_at_signal(part + tail);
    if (error == EEXIST) throw exists(path);
    if (error != 0)
        throw Error(exit_of(error),
                    say("{path} cannot be made: {why}", fmt::arg("path", path), fmt::arg("why", reason_of(error))));
}

}  // namespace agency::sqlite
