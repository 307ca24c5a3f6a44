#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/error.hpp"
#include "sqlite/open.hpp"

using namespace agency;

namespace {

/// A fresh data file in a folder of its own.
struct File {
    File() {
        char name[] = "/tmp/agency-test-XXXXXX";
        folder = ::mkdtemp(name);
        path = folder + "/agency.db";
        sqlite::create(path, "2026-01-01T00:00:00.000000Z");
    }
    ~File() { std::filesystem::remove_all(folder); }
    std::unique_ptr<db::Session> open(sqlite::Mode mode) const {
        return sqlite::open(path, mode, {1, "test", nullptr, ""});
    }
    std::string folder, path;
};

}  // namespace

TEST_CASE("placeholders are bound by name whatever their order in the text") {
    const File file;
    const auto session = file.open(sqlite::Mode::read);
    CHECK(session->text("SELECT $2 || '-' || $1", "one", "two") == "two-one");
    CHECK(session->integer("SELECT $1 * 10 + $1", std::int64_t{3}) == 33);
    CHECK_THROWS_AS(session->text("SELECT $1", "one", "two"), Error);
}

TEST_CASE("a session that reads sees one state and cannot write") {
    const File file;
    const auto reader = file.open(sqlite::Mode::read);
    const auto count = "SELECT COUNT(*) FROM operation";
    const auto before = reader->integer(count);
    {
        const auto writer = file.open(sqlite::Mode::write);
        writer->begin_write();
        writer->execute("INSERT INTO operation (recorded_at, actor, command, clock_given) VALUES ('x', 'a', 'c', 0)");
        writer->commit();
        CHECK(writer->integer(count) == *before + 1);
    }
    CHECK(reader->integer(count) == before);
    CHECK_THROWS_AS(reader->begin_write(), Error);
}

TEST_CASE("the second writer is told who writes") {
    const File file;
    const auto first = sqlite::open(file.path, sqlite::Mode::write, {1, "4711 agency client import", nullptr, ""});
    const auto second = sqlite::open(file.path, sqlite::Mode::write, {0, "test", nullptr, ""});
    first->begin_write();
    try {
        second->begin_write();
        FAIL("both write");
    } catch (const Error& e) {
        CHECK(e.code == Exit::busy);
        CHECK(std::string(e.what()).find("4711 agency client import") != std::string::npos);
    }
}

TEST_CASE("a load leaves indexes, journal and checks as they were") {
    const File file;
    const auto schema = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index'";
    std::int64_t all = 0;
    for (const std::int64_t rows : {10, 6000}) {  // beside what is there, and in a rollback journal
        const auto session = file.open(sqlite::Mode::write);
        const auto indexes = session->integer(schema);
        session->begin_load("import", rows, true);
        session->execute(
            "INSERT INTO operation (id, recorded_at, actor, command, clock_given) VALUES ((SELECT COALESCE(MAX(id), 0) "
            "+ 1 FROM operation), 'x', 'a', 'c', 0)");
        std::int64_t n = 0;
        std::string source;
        session->load("import",
                      {"operation", "noun", "source", "batch", "row_count", "inserted", "updated", "unchanged",
                       "rejected", "rows_hash"},
                      [&](db::Parameters& row) {
                          source = std::to_string(n);
                          row.bind(1, 1);
                          row.bind_view(2, "client");
                          row.bind_view(3, source);
                          for (const int column : {5, 6, 7, 8, 9}) row.bind(column, n);
                          row.bind_view(10, "h");
                          return n++ < rows;
                      });
        CHECK(session->integer("SELECT COUNT(*) FROM import WHERE batch IS NULL AND source = inserted") ==
              (all += rows));
        session->commit();
        CHECK(session->integer(schema) == indexes);
        CHECK(session->text("PRAGMA journal_mode") == "wal");
        session->begin_write();
        CHECK_THROWS_AS(
            session->execute("INSERT INTO period_event (month, action, operation) VALUES ('2026-01', 'nonsense', 1)"),
            Error);
        session->rollback();
        CHECK(session->self_check().empty());
    }
}

TEST_CASE("numbers stay unique whatever the order in which they are loaded") {
    const File file;
    const auto session = file.open(sqlite::Mode::write);
    const auto sql = "SELECT sql FROM sqlite_master WHERE name = 'client_code'";
    const auto index = session->text(sql);
    const auto load = [&](auto code_of) {
        std::string code;
        int n = 0;
        session->begin_load("client", 6000, false);
        session->load("client", {"code", "name", "operation"}, [&](db::Parameters& row) {
            code = code_of(n);
            row.bind_view(1, code);
            row.bind_view(2, "x");
            row.bind(3, 1);
            return n++ < 6000;
        });
    };
    CHECK_THROWS_AS(load([](int n) { return std::to_string((n * 7919) % 5999); }), Error);
    session->rollback();
    CHECK(session->text(sql) == index);
    load([](int n) { return std::to_string((n * 7919) % 6000); });
    CHECK(session->text(sql) == index);
    CHECK(session->integer("SELECT COUNT(*) FROM client") == 6000);
    session->rollback();
}

TEST_CASE("a load that fails says what happened, and nothing of it stays") {
    const File file;
    const auto session = file.open(sqlite::Mode::write);
    const auto load = [&](auto next) {
        session->begin_load("period_event", 10, true);
        session->load("period_event", {"month", "action", "operation"}, next);
    };
    struct Found {};
    int rows = 0;
    CHECK_THROWS_AS(load([&](db::Parameters& row) {
                        row.bind_view(1, "2026-01");
                        row.bind_view(2, "close");
                        row.bind(3, 1);
                        if (++rows == 3) throw Found{};
                        return true;
                    }),
                    Found);
    session->rollback();
    const auto is_missing = [](const Error& e) {
        return std::string(e.what()).find("period_event.month") != std::string::npos;
    };
    CHECK_THROWS_MATCHES(load([&](db::Parameters&) { return true; }), Error,
                         Catch::Matchers::Predicate<Error>(is_missing));
    session->rollback();
    CHECK(session->integer("SELECT COUNT(*) FROM period_event") == 0);
}
