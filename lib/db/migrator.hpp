// Forward-only migrations: each in its own transaction together with its row in schema_migration.
#pragma once
#include <functional>
#include <span>
#include <string>

#include "db/embedded_sql.hpp"
#include "db/session.hpp"

namespace agency::db {

/// Number of the last migration that the file has; 0 for an empty file.
int schema_version(Session& session);
/// Number of the last migration that this program knows.
int newest_version(std::span<const EmbeddedSql> migrations);

/// Error(data_file) when the file was written by a newer program.
void refuse_foreign(Session& session, std::span<const EmbeddedSql> migrations);

/// Applies what is missing; reads the version again under the write lock. `before_first` is called once before the
/// first pending one of a file that has some (it keeps a copy). `instant` is recorded on each row. Answers how many it
/// applied.
int migrate(Session& session, std::span<const EmbeddedSql> migrations, const std::string& instant,
            const std::function<void()>& before_first);

/// Names of applied migrations whose text is not the one that this program would apply; empty when all agree.
std::vector<std::string> altered_migrations(Session& session, std::span<const EmbeddedSql> migrations);

}  // namespace agency::db
