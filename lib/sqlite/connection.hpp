// Connections to a data file as this program wants them, and whose file it is.
#pragma once
#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <memory>
#include <optional>
#include <string>

#include "sqlite/lazy_schema.hpp"
#include "sqlite/open.hpp"

namespace agency::sqlite {

struct Connection {
    std::unique_ptr<SQLite::Database> database;
    std::unique_ptr<LazySchema> schema;  ///< of one that only reads
    sqlite3* raw() const { return database->getHandle(); }
};

/// To a file that is there. Error(data_file) when it is not ours or damaged, Error(outside) when it cannot be read,
/// Error(busy). A reader undoes first what a killed load left half written.
Connection connect_writer(const std::string& path, int wait_seconds);
Connection connect_reader(const std::string& path, const OpenWish& wish);
/// Another reader of a file that is read already, at once; nothing where it cannot be had.
std::optional<Connection> connect_beside(const std::string& path);
/// To a file that is made by it, without a schema. Error(outside).
Connection connect_new(const std::string& path);

/// A number of the file's header; 0 when it cannot be read, which the connection's error code says.
int header_number(sqlite3* db, const char* name);
/// WAL needs shared memory, which network file systems do not give reliably.
bool shares_memory(const std::string& path);

}  // namespace agency::sqlite
