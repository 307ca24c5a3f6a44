#include "sqlite/connection.hpp"

#include <SQLiteCpp/Exception.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "sqlite/lock.hpp"
#include "sqlite/small_blocks.hpp"
#include "sqlite/statement.hpp"

namespace agency::sqlite {
namespace {

constexpr int application_id = 0x41474359;  // "AGCY"
constexpr int read_cache_kib = 512, cache_kib = 2 * 1024;

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
        use_small_blocks();
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

}  // namespace

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

std::optional<Connection> connect_beside(const std::string& path) {
    auto db = connect(path, false, 0);
    if (touch(db).code != SQLITE_OK) return std::nullopt;
    return db;
}

Connection connect_new(const std::string& path) {
    set_up_engine();
    try {
        auto db = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db->exec("PRAGMA page_size = 8192");
        auto made = set_up(std::move(db), true);
        made.database->exec("PRAGMA application_id = " + std::to_string(application_id));
        made.database->exec(shares_memory(path) ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = TRUNCATE");
        return made;
    } catch (const SQLite::Exception& e) {
        fail(nullptr, e.getErrorCode());
    }
}

int header_number(sqlite3* db, const char* name) {
    sqlite3_stmt* s = nullptr;
    int out = 0;
    sqlite3_prepare_v2(db, (std::string("PRAGMA ") + name).c_str(), -1, &s, nullptr);
    if (s && sqlite3_step(s) == SQLITE_ROW) out = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return out;
}

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

}  // namespace agency::sqlite
