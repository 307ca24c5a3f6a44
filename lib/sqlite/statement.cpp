#include "sqlite/statement.hpp"

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/translate.hpp"

namespace agency::sqlite {

void fail(sqlite3* db, int code, std::string_view sql) {
    const std::string why = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
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
            throw Error(Exit::conflict, say("the data file refuses the row: {why}", fmt::arg("why", why)));
        default:
            throw Error(Exit::bug, say("the engine says: {why} ({sql})", fmt::arg("why", why), fmt::arg("sql", sql)));
    }
}

}  // namespace agency::sqlite
