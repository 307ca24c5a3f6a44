#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <map>
#include <unordered_map>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "db/migrator.hpp"
#include "sqlite/lock.hpp"
#include "sqlite/open.hpp"

namespace agency::sqlite {
namespace {

constexpr int application_id = 0x41474359;  // "AGCY"
constexpr int cache_kib = 16 * 1024;

[[noreturn]] void fail(sqlite3* db, int code, std::string_view sql = {}) {
    const std::string why = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Error(Exit::busy, tr("the data file is in use by another program"),
                        tr("try again, or wait longer with --wait SECONDS"));
        case SQLITE_FULL:
            throw Error(Exit::outside, tr("the disk is full; nothing was written"),
                        tr("make space and run the command again"));
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            throw Error(Exit::outside, say("the data file cannot be read or written: {why}", fmt::arg("why", why)),
                        tr("look at the disk, its free space and the rights of the file"));
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            throw Error(Exit::outside, say("the data file may not be written: {why}", fmt::arg("why", why)),
                        tr("look at the rights of the file and its folder"));
        case SQLITE_NOTADB:
            throw Error(Exit::data_file, tr("the file is not an agency data file"), tr("name another with --db FILE"));
        case SQLITE_CORRUPT:
            throw Error(Exit::data_file, say("the data file is damaged: {why}", fmt::arg("why", why)),
                        tr("stop writing to it and restore the newest good copy"));
        case SQLITE_CONSTRAINT:
            throw Error(Exit::conflict, say("the data file refuses the row: {why}", fmt::arg("why", why)));
        default:
            throw Error(Exit::bug, say("the engine says: {why} ({sql})", fmt::arg("why", why), fmt::arg("sql", sql)));
    }
}

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

class SqliteSession final : public db::Session {
public:
    SqliteSession(std::unique_ptr<FileLock> lock, std::unique_ptr<SQLite::Database> database, bool writes)
        : lock_(std::move(lock)), database_(std::move(database)), raw_(database_->getHandle()), writable_(writes) {}
    ~SqliteSession() override {
        rollback();
        if (writable_) sqlite3_wal_checkpoint_v2(raw_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        statements_.clear();
        database_.reset();  // the last close checkpoints, still under the lock
    }

    db::Statement& prepare(std::string_view sql) override {
        auto it = statements_.find(sql);
        if (it == statements_.end()) {
            auto made = std::make_unique<SqliteStatement>(raw_, sql);
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
    void begin_write() override { run_script("BEGIN IMMEDIATE"); }
    void commit() override { run_script("COMMIT"); }
    void rollback() noexcept override {
        for (auto& [text, statement] : statements_) statement->reset();
        if (!sqlite3_get_autocommit(raw_)) sqlite3_exec(raw_, "ROLLBACK", nullptr, nullptr, nullptr);
        if (writable_) sqlite3_exec(raw_, "PRAGMA ignore_check_constraints = OFF", nullptr, nullptr, nullptr);
    }
    bool in_transaction() const override { return !sqlite3_get_autocommit(raw_); }
    bool writable() const override { return writable_; }
    bool has_table(std::string_view name) override {
        return integer("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1", name) == 1;
    }
    void set_version_copy(int version) override { run_script("PRAGMA user_version = " + std::to_string(version)); }
    void prepare_bulk() override { run_script("PRAGMA foreign_keys = OFF"); }

    void begin_bulk(const db::BulkHint& hint) override {
        run_script("PRAGMA ignore_check_constraints = ON");
        const auto existing = integer("SELECT COALESCE(MAX(id), 0) FROM " + std::string(hint.table)).value_or(0);
        if (hint.rows < 5'000 || hint.rows * 2 < existing)
            return;  // measured: below this, keeping the indexes is faster
        std::vector<std::string> names;
        each(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY "
            "name",
            [&](db::Statement& row) {
                names.push_back(row.string(0));
                rebuild_.push_back(row.string(1));
            },
            hint.table);
        for (const auto& name : names) run_script("DROP INDEX " + name);
    }
    void end_bulk() override {
        for (const auto& sql : rebuild_) run_script(sql);
        rebuild_.clear();
        run_script("PRAGMA ignore_check_constraints = OFF");
    }

    std::vector<std::string> self_check() override {
        std::vector<std::string> found;
        each("PRAGMA integrity_check", [&](db::Statement& row) {
            if (row.text(0) != "ok") found.push_back(row.string(0));
        });
        each("PRAGMA foreign_key_check", [&](db::Statement& row) {
            found.push_back(say("{table} row {row} refers to a missing {parent}", fmt::arg("table", row.text(0)),
                                fmt::arg("row", row.integer(1)), fmt::arg("parent", row.text(2))));
        });
        return found;
    }
    std::string engine_version() const override { return std::string("SQLite ") + sqlite3_libversion(); }

private:
    std::unique_ptr<FileLock> lock_;  // outlives the connection
    std::unique_ptr<SQLite::Database> database_;
    sqlite3* raw_;
    bool writable_;
    std::vector<std::unique_ptr<std::string>> sqlite_text_;
    std::unordered_map<std::string_view, std::unique_ptr<SqliteStatement>> statements_;
    std::vector<std::string> rebuild_;
};

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

void set_up(SQLite::Database& db, bool writes) {
    sqlite3* raw = db.getHandle();
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (!writes) sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    db.setBusyTimeout(30'000);
    db.exec("PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA cache_size = -" +
            std::to_string(cache_kib));
    if (writes)
        db.exec(
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA "
            "secure_delete = ON");
}

std::unique_ptr<SQLite::Database> connect(const std::string& path, bool writes) {
    try {
        auto db = std::make_unique<SQLite::Database>(
            path, (writes ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY) | SQLite::OPEN_NOMUTEX);
        set_up(*db, writes);
        return db;
    } catch (const SQLite::Exception& e) {
        fail(nullptr, e.getErrorCode());
    }
}

/// The first statement that touches the file; says what is wrong with it.
int first_touch(SQLite::Database& db) {
    sqlite3_stmt* s = nullptr;
    int id = 0;
    int rc = sqlite3_prepare_v2(db.getHandle(), "PRAGMA application_id", -1, &s, nullptr);
    if (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) id = sqlite3_column_int(s, 0);
    rc = sqlite3_finalize(s);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db.getHandle(), "SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr);
    if (rc == SQLITE_CANTOPEN || rc == SQLITE_READONLY || (rc & 0xff) == SQLITE_IOERR ||
        (rc & 0xff) == SQLITE_CANTOPEN || (rc & 0xff) == SQLITE_READONLY)
        return -1;
    if (rc != SQLITE_OK) fail(db.getHandle(), sqlite3_extended_errcode(db.getHandle()));
    return id;
}

std::string file_uri(const std::string& path) {
    std::string out = "file:";
    for (const char c : path) {
        if (c == '?' || c == '#' || c == '%')
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + "?immutable=1";
}

std::unique_ptr<SQLite::Database> connect_reader(const std::string& path) {
    auto db = connect(path, false);
    const int id = first_touch(*db);
    if (id == application_id) return db;
    if (id != -1) fail(nullptr, SQLITE_NOTADB);
    // The shared-memory file could not be made: without a -wal nothing is missing from the file itself.
    if (::access((path + "-wal").c_str(), F_OK) == 0)
        throw Error(
            Exit::outside,
            say("{path} has unfinished changes beside it and its folder cannot be written", fmt::arg("path", path)),
            tr("run the command once where the folder can be written"));
    db = std::make_unique<SQLite::Database>(file_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    set_up(*db, false);
    if (first_touch(*db) != application_id) fail(nullptr, SQLITE_NOTADB);
    return db;
}

void require_file(const std::string& path) {
    struct stat st {};
    if (::stat(path.c_str(), &st) == 0) {
        if (S_ISREG(st.st_mode)) return;
        throw Error(Exit::data_file, say("{path} is not a file", fmt::arg("path", path)),
                    tr("name another with --db FILE"));
    }
    if (errno == ENOENT)
        throw Error(Exit::outside, say("there is no data file {path}", fmt::arg("path", path)),
                    tr("make one with: agency init"));
    throw Error(Exit::outside,
                say("{path} cannot be opened: {why}", fmt::arg("path", path), fmt::arg("why", std::strerror(errno))));
}

}  // namespace

std::unique_ptr<db::Session> open(const std::string& path, Mode mode, int wait_seconds, const std::string& who,
                                  const std::function<void(const std::string&)>& on_wait) {
    require_file(path);
    std::unique_ptr<SqliteSession> session;
    if (mode == Mode::read) {
        session = std::make_unique<SqliteSession>(nullptr, connect_reader(path), false);
    } else {
        auto lock = std::make_unique<FileLock>(path + ".lock", wait_seconds, who, on_wait);
        auto db = connect(path, true);
        const int id = first_touch(*db);
        if (id == -1) fail(db->getHandle(), sqlite3_extended_errcode(db->getHandle()));
        if (id != application_id) fail(nullptr, SQLITE_NOTADB);
        session = std::make_unique<SqliteSession>(std::move(lock), std::move(db), true);
    }
    const auto migrations = db::embedded_migrations();
    db::refuse_foreign(*session, migrations);
    const int have = db::schema_version(*session);
    if (have < db::newest_version(migrations)) {
        if (mode == Mode::read)
            throw Error(Exit::data_file,
                        say("the data file has schema {have}, this program needs {known}", fmt::arg("have", have),
                            fmt::arg("known", db::newest_version(migrations))),
                        tr("run: agency init --upgrade"));
        const auto copy = fmt::format("{}.schema-{}.bak", path, have);
        db::migrate(*session, migrations, "", [&] { session->execute("VACUUM INTO $1", copy); });
    }
    return session;
}

void create(const std::string& path, const std::string& instant) {
    struct stat st {};
    if (::lstat(path.c_str(), &st) == 0)
        throw Error(Exit::conflict, say("{path} exists already", fmt::arg("path", path)),
                    tr("nothing was changed; name another with --db FILE"));
    FileLock lock(path + ".lock", 30, "agency init", nullptr);
    const std::string part = path + ".new";
    for (const char* tail : {"", "-wal", "-shm", "-journal"}) ::unlink((part + tail).c_str());
    const auto old = ::umask(0077);
    try {
        {
            auto db = std::make_unique<SQLite::Database>(part, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            set_up(*db, true);
            db->exec("PRAGMA page_size = 8192");
            db->exec("PRAGMA application_id = " + std::to_string(application_id));
            db->exec(shares_memory(part) ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = TRUNCATE");
            SqliteSession session(nullptr, std::move(db), true);
            db::migrate(session, db::embedded_migrations(), instant, [] {});
        }
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
    if (::link(part.c_str(), path.c_str()) != 0 && ::rename(part.c_str(), path.c_str()) != 0)
        throw Error(Exit::outside,
                    say("{path} cannot be made: {why}", fmt::arg("path", path), fmt::arg("why", std::strerror(errno))));
    ::unlink(part.c_str());
}

}  // namespace agency::sqlite
