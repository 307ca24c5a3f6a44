#include "sqlite/statement.hpp"

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/translate.hpp"

namespace agency::sqlite {

namespace {

/// Why the engine refused, in the session's language: it only speaks English.
std::string reason(int code, const std::string& message) {
    switch (code & 0xff) {
        case SQLITE_IOERR:
            return tr("the disk failed or was full");
        case SQLITE_CANTOPEN:
            return tr("it cannot be opened");
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return tr("it is read-only");
        case SQLITE_CORRUPT:
            return tr("its pages contradict each other");
        case SQLITE_CONSTRAINT: {  // `UNIQUE constraint failed: contract.number, contract.undone`
            const auto colon = message.find(": ");
            return colon == message.npos ? "\"" + message + "\"" : message.substr(colon + 2);
        }
        default:
            return "\"" + message + "\"";
    }
}

}  // namespace

void fail(sqlite3* db, int code, std::string_view sql) {
    const auto why = reason(code, db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Error(Exit::busy, tr("the data file is in use by another program"),
                        tr("try again, or wait longer with --wait SECONDS"));
        case SQLITE_FULL:
            throw Error(Exit::outside, tr("the disk is full; nothing was written"),
                        tr("make space and run the command again"));
        case SQLITE_INTERRUPT:
            throw Interrupted{};
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
            switch (db ? sqlite3_extended_errcode(db) : code) {
                case SQLITE_CONSTRAINT_UNIQUE:
                case SQLITE_CONSTRAINT_PRIMARYKEY:
                    throw Error(Exit::conflict,
                                say("the data file has such a row already: {why}", fmt::arg("why", why)));
                case SQLITE_CONSTRAINT_FOREIGNKEY:
                    throw Error(Exit::conflict, tr("the data file refuses a row that refers to none"));
                default:
                    throw Error(Exit::conflict, say("the data file refuses the row: {why}", fmt::arg("why", why)));
            }
        default:
            throw Error(Exit::bug, say("the engine says: {why} ({sql})", fmt::arg("why", why), fmt::arg("sql", sql)));
    }
}

}  // namespace agency::sqlite
