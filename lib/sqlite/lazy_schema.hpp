// What a connection that only reads knows of the file's schema: the tables that its statements name, with their
// indexes. SQLite would parse all of it at the first statement, which for a look-up of one record costs more than the
// look-up and grows with every noun. The definitions are the file's own, parsed by SQLite; that some are missing is no
// danger to a connection that cannot write.
#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace agency::sqlite {

class LazySchema {
public:
    /// Of a connection just opened, which has run no statement that asks for the schema. Reads the names of the
    /// tables; where that is not possible everything is left to the engine, which says why at the next statement.
    explicit LazySchema(sqlite3* db);
    ~LazySchema() { sqlite3_finalize(definition_); }  // before the connection is closed
    LazySchema(const LazySchema&) = delete;

    /// Makes the tables known that `sql` names after FROM or JOIN; all, where it is no SELECT, or where one of them has
    /// an index that its own definition makes (a constraint UNIQUE): only the engine itself can say where that one is.
    void know(std::string_view sql);
    /// The whole schema, from now on.
    void know_all();
    bool knows_all() const { return all_; }

private:
    struct Part {
        std::string table;
        std::int64_t row = 0;  ///< of the schema; 0: an index that the table's definition makes
        bool known = false;
    };
    void make(std::string_view table);
    bool make(const Part& part);

    sqlite3* db_;
    sqlite3_stmt* definition_ = nullptr;
    std::vector<Part> parts_;  ///< tables and indexes, in their order
    bool all_ = false;
};

}  // namespace agency::sqlite
