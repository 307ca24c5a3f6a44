#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "sqlite/lazy_schema.hpp"

using namespace agency::sqlite;

namespace {

constexpr const char* tables =
    "CREATE TABLE client(id INTEGER PRIMARY KEY, code TEXT NOT NULL CHECK(code <> ''));"
    "CREATE UNIQUE INDEX client_code ON client(code);"
    "CREATE TABLE contract(id INTEGER PRIMARY KEY, client INTEGER REFERENCES client(id));"
    "CREATE TABLE project(id INTEGER PRIMARY KEY, code TEXT UNIQUE);"
    "INSERT INTO client VALUES (1, 'A'), (2, 'B');"
    "INSERT INTO contract VALUES (1, 2);"
    "INSERT INTO project VALUES (1, 'P');";

/// A file in a folder of its own.
struct File {
    File() {
        char name[] = "/tmp/agency-test-XXXXXX";
        folder = ::mkdtemp(name);
        run(tables);
    }
    ~File() { std::filesystem::remove_all(folder); }
    std::string path() const { return folder + "/some.db"; }
    void run(const char* sql) const {
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open(path().c_str(), &db) == SQLITE_OK);
        REQUIRE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(db);
    }
    std::string folder;
};

struct Reader {
    explicit Reader(const File& file) {
        REQUIRE(sqlite3_open_v2(file.path().c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    }
    ~Reader() { sqlite3_close(db); }
    bool knows(const char* table) const {
        return sqlite3_table_column_metadata(db, "main", table, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr) ==
               SQLITE_OK;
    }
    /// The last column of all rows, in one line; the engine's words when it refuses.
    std::string ask(const char* sql) const {
        std::string out;
        const auto add = [](void* to, int n, char** values, char**) {
            *static_cast<std::string*>(to) += std::string(values[n - 1]) + ' ';
            return 0;
        };
        return sqlite3_exec(db, sql, add, &out, nullptr) == SQLITE_OK ? out : sqlite3_errmsg(db);
    }
    sqlite3* db = nullptr;
};

}  // namespace

TEST_CASE("a reader knows the tables that its statements name, with their indexes, and no other") {
    const File file;
    const Reader reader(file);
    LazySchema schema(reader.db);
    CHECK_FALSE(reader.knows("client"));
    schema.know("SELECT 'FROM contract', code FROM client");
    CHECK(reader.knows("client"));
    CHECK_FALSE(reader.knows("contract"));
    CHECK(reader.ask("SELECT id FROM client WHERE code = 'B'") == "2 ");
    CHECK(reader.ask("EXPLAIN QUERY PLAN SELECT id FROM client WHERE code = 'B'") ==
          "SEARCH client USING COVERING INDEX client_code (code=?) ");
    schema.know("WITH b AS (SELECT id FROM client) SELECT * FROM b JOIN contract k ON k.client = b.id");
    CHECK(reader.ask("SELECT code FROM client b JOIN contract k ON k.client = b.id") == "B ");
    CHECK_FALSE(reader.knows("project"));
    CHECK_FALSE(schema.knows_all());
    CHECK(reader.ask("INSERT INTO client VALUES (3, 'C')") == "attempt to write a readonly database");
}

TEST_CASE("a constraint's index, or what is no SELECT, asks for the whole schema") {
    for (const auto* sql : {"SELECT * FROM project", "PRAGMA integrity_check", "\n PRAGMA integrity_check",
                            "SELECT * FROM client JOIN project"}) {
        const File file;
        const Reader reader(file);
        LazySchema schema(reader.db);
        schema.know(sql);
        CHECK(schema.knows_all());
        CHECK(reader.ask("SELECT id FROM project WHERE code = 'P'") == "1 ");
        CHECK(reader.ask("SELECT COUNT(*) FROM contract, client") == "2 ");
        schema.know("SELECT * FROM client");  // nothing left to make
        CHECK(reader.ask("SELECT COUNT(*) FROM client") == "2 ");
    }
}

TEST_CASE("a view asks for the whole schema") {
    const File file;
    file.run("CREATE VIEW named AS SELECT code FROM client");
    const Reader reader(file);
    CHECK(LazySchema(reader.db).knows_all());
    CHECK(reader.ask("SELECT * FROM named ORDER BY 1") == "A B ");
}

TEST_CASE("a schema that changes after the list of tables was read is read anew") {
    const File file;
    const Reader reader(file);
    LazySchema schema(reader.db);
    schema.know("SELECT * FROM contract");
    file.run("DROP INDEX client_code; CREATE TABLE more(a); CREATE UNIQUE INDEX client_code ON client(code)");
    schema.know("SELECT * FROM client");
    CHECK(reader.ask("SELECT id FROM client WHERE code = 'B'") == "2 ");
    CHECK(reader.ask("SELECT client FROM contract") == "2 ");
    schema.know("SELECT * FROM project");
    CHECK(reader.ask("SELECT project.code FROM project JOIN client USING (id)") == "P ");
}
