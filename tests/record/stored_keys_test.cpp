#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "record/stored_keys.hpp"
#include "sqlite/open.hpp"

using namespace agency;

namespace {

/// A data file with so many clients, whose codes go up and down beside their ids; every tenth was taken back.
struct Clients {
    explicit Clients(int n) {
        char name[] = "/tmp/agency-test-XXXXXX";
        folder = ::mkdtemp(name);
        sqlite::create(path(), "2026-01-01T00:00:00.000000Z");
        const auto session = open(sqlite::Mode::write);
        session->begin_write();
        session->execute(
            "INSERT INTO operation (id, recorded_at, actor, command, clock_given) VALUES (1, 'x', 'a', 'c', 0)");
        for (int id = 1; id <= n; ++id)
            session->execute(
                "INSERT INTO client (id, code, name, kind, operation, undone) VALUES ($1, $2, $3, 'enterprise', 1, $4)",
                id, code(id), "name " + std::to_string(id), id % 10 == 0 ? 1 : 0);
        session->commit();
    }
    ~Clients() { std::filesystem::remove_all(folder); }
    std::string path() const { return folder + "/agency.db"; }
    std::unique_ptr<db::Session> open(sqlite::Mode mode) const {
        return sqlite::open(path(), mode, {1, "test", nullptr, ""});
    }
    static std::string code(int id) {
        auto digits = std::to_string(id * 7919 % 100'003);
        return "K" + std::string(6 - digits.size(), '0') + digits;
    }
    std::string folder;
};

}  // namespace

TEST_CASE("stored keys are found beside a file's, in their order and out of it") {
    const Clients clients(2000);
    const auto session = clients.open(sqlite::Mode::read);
    StoredKeys stored(*session, "client", "code");
    CHECK(stored.all_after());
    std::vector<std::string> codes;
    for (int id = 1; id <= 2000; ++id) codes.push_back(Clients::code(id));
    std::sort(codes.begin(), codes.end());
    int found = 0;
    for (const auto& code : codes) {
        found += stored.has(code);
        CHECK_FALSE(stored.has(code + "A"));
    }
    CHECK(found == 1800);
    CHECK_FALSE(stored.has("L"));
    CHECK(stored.has(codes[0]) == stored.has(codes[0]));  // back to the begin, and the same one again
    for (int id = 1; id <= 2000; id += 7) CHECK(stored.has(Clients::code(id)) == (id % 10 != 0));
    CHECK_FALSE(stored.all_after());
    stored.release();
    CHECK(stored.has(Clients::code(1)));
}

TEST_CASE("keys that come after all stored ones are known as such") {
    const Clients clients(50);
    const auto session = clients.open(sqlite::Mode::read);
    StoredKeys stored(*session, "client", "code");
    for (const auto* key : {"L1", "L2", "M"}) CHECK_FALSE(stored.has(key));
    CHECK(stored.all_after());
    CHECK_FALSE(stored.has("A"));
    CHECK_FALSE(stored.all_after());
}
