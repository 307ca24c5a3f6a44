#include "sqlite/open.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/system_error.hpp"
#include "base/translate.hpp"
#include "db/migrator.hpp"
#include "sqlite/sqlite_session.hpp"

namespace agency::sqlite {
namespace {

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
        SqliteSession session(connect_new(part), wish);
        db::migrate(session, db::embedded_migrations(), instant, [] {});
        ::umask(old);
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
