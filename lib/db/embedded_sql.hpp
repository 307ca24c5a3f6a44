// The SQL of schema/ as constants in the binary.
#pragma once
#include <span>
#include <string_view>

namespace agency::db {

struct EmbeddedSql {
    std::string_view name;  ///< `0003_client_create`
    std::string_view text;
};

/// The migrations of the engine that was built in, in ascending order.
std::span<const EmbeddedSql> embedded_migrations();
/// The rows that a new file starts with: CSV files of records, as an import reads them.
std::span<const EmbeddedSql> embedded_seeds();

}  // namespace agency::db
