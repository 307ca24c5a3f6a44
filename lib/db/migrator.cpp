#include "db/migrator.hpp"

#include <charconv>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "db/checksum.hpp"

namespace agency::db {
namespace {

int number_of(const EmbeddedSql& m) {
    int n = 0;
    std::from_chars(m.name.data(), m.name.data() + m.name.size(), n);
    return n;
}

}  // namespace

int newest_version(std::span<const EmbeddedSql> migrations) {
    return migrations.empty() ? 0 : number_of(migrations.back());
}

int schema_version(Session& session) {
    if (!session.has_table("schema_migration")) return 0;
    return static_cast<int>(session.integer("SELECT MAX(version) FROM schema_migration").value_or(0));
}

void refuse_foreign(Session& session, std::span<const EmbeddedSql> migrations) {
    const int have = schema_version(session);
    if (have > newest_version(migrations))
        throw Error(Exit::data_file,
                    say("the data file has schema {have}, this program knows up to {known}", fmt::arg("have", have),
                        fmt::arg("known", newest_version(migrations))),
                    tr("it was written by a newer agency; install that version"));
}

int migrate(Session& session, std::span<const EmbeddedSql> migrations, const std::string& instant,
            const std::function<void()>& before_first) {
    refuse_foreign(session, migrations);
    int applied = 0;
    for (const auto& m : migrations) {
        if (number_of(m) <= schema_version(session)) continue;
        if (applied == 0 && schema_version(session) > 0) before_first();
        session.begin_migration();
        if (number_of(m) <= schema_version(session)) {  // another process was faster
            session.rollback();
            continue;
        }
        if (number_of(m) == 1)
            session.run_script(
                "CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                "checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT");
        session.run_script(m.text);
        session.execute("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
                        number_of(m), m.name, checksum(m.text), instant);
        session.set_version_copy(number_of(m));
        session.commit();
        ++applied;
    }
    return applied;
}

std::vector<std::string> altered_migrations(Session& session, std::span<const EmbeddedSql> migrations) {
    std::vector<std::string> altered;
    for (const auto& m : migrations) {
        const auto kept = session.text("SELECT checksum FROM schema_migration WHERE version = $1", number_of(m));
        if (kept && *kept != checksum(m.text)) altered.emplace_back(m.name);
    }
    return altered;
}

}  // namespace agency::db
