// Writers and checkpointers on one WAL file, with the lock that `agency` holds over both, or without. SQLite before
// 3.51.3 loses commits and damages the file without ("WAL-reset bug"); with it, nothing may happen.
//   wal_stress FOLDER SECONDS lock|nolock
// Exit 0 when the file is whole (lock) or damaged (nolock, the control), else 1; 77 where the engine has no such bug.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

constexpr int writers = 2, checkpointers = 2;

struct Shared {
    std::atomic<long> commits{0};
    std::atomic<bool> stop{false};
};

sqlite3* connect(const char* path) {
    sqlite3* db = nullptr;
    if (sqlite3_open(path, &db) != SQLITE_OK) std::exit(3);
    sqlite3_busy_timeout(db, 10'000);
    sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 0", nullptr,
                 nullptr, nullptr);
    return db;
}

template <class Step>
void loop(const char* path, bool locked, Shared& shared, Step&& step) {
    sqlite3* db = connect(path);
    const int lock = ::open((std::string(path) + ".lock").c_str(), O_RDWR | O_CREAT, 0600);
    while (!shared.stop) {
        if (locked) ::flock(lock, LOCK_EX);
        step(db);
        if (locked) ::flock(lock, LOCK_UN);
    }
    ::_exit(0);  // no last close, which would checkpoint
}

long number(sqlite3* db, const char* sql, std::string* text = nullptr) {
    sqlite3_stmt* s = nullptr;
    long out = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &s, nullptr) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) {
        out = static_cast<long>(sqlite3_column_int64(s, 0));
        if (text) *text = reinterpret_cast<const char*>(sqlite3_column_text(s, 0));
    } else if (text) {
        *text = sqlite3_errmsg(db);
    }
    sqlite3_finalize(s);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const std::string file = std::string(argv[1]) + "/wal_stress-" + std::to_string(::getpid()) + ".db";
    const char* path = file.c_str();
    const bool locked = std::strcmp(argv[3], "lock") == 0;
    if (!locked && sqlite3_libversion_number() >= 3051003) {
        std::printf("skipped: SQLite %s has no WAL-reset bug\n", sqlite3_libversion());
        return 77;
    }
    auto* shared =
        new (::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Shared;
    sqlite3* db = connect(path);
    sqlite3_exec(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    for (int i = 0; i < writers + checkpointers; ++i) {
        if (::fork() != 0) continue;
        if (i < writers)
            loop(path, locked, *shared, [&](sqlite3* c) {
                const int rc =
                    sqlite3_exec(c, "BEGIN IMMEDIATE; INSERT INTO t (text) VALUES (hex(randomblob(20))); COMMIT",
                                 nullptr, nullptr, nullptr);
                if (rc == SQLITE_OK)
                    ++shared->commits;
                else
                    sqlite3_exec(c, "ROLLBACK", nullptr, nullptr, nullptr);
            });
        loop(path, locked, *shared, [&](sqlite3* c) {
            sqlite3_wal_checkpoint_v2(c, nullptr, i % 2 ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_FULL, nullptr,
                                      nullptr);
        });
    }
    ::sleep(static_cast<unsigned>(std::atoi(argv[2])));
    shared->stop = true;
    while (::wait(nullptr) > 0) {
    }
    db = connect(path);
    std::string integrity;
    number(db, "PRAGMA integrity_check", &integrity);
    const long rows = number(db, "SELECT COUNT(*) FROM t"), commits = shared->commits;
    const bool whole = integrity == "ok" && rows == commits;
    std::printf("SQLite %s: commits %ld, rows %ld, integrity %s\n", sqlite3_libversion(), commits, rows,
                integrity == "ok" ? "ok" : "damaged");
    sqlite3_close(db);
    for (const char* tail : {"", "-wal", "-shm", ".lock"}) ::unlink((file + tail).c_str());
    return whole == locked ? 0 : 1;
}
