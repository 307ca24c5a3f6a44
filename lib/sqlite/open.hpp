// Opening and creating data files: one SQLite file in WAL mode, and a lock file that serialises every writer and
// checkpoint.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "db/session.hpp"

namespace agency::sqlite {

enum class Mode { read, write };

/// How a data file is opened.
struct OpenWish {
    int wait_seconds = 30;                            ///< for another writer
    std::string who;                                  ///< written into the lock file for others to see
    std::function<void(const std::string&)> on_wait;  ///< told once when another holds the lock; may be empty
    std::string instant;                              ///< recorded on migrations, if there are any to apply
    std::string init = "agency init";                 ///< the command that makes the file, for a hint
};

/// Opens an existing data file. A session that writes takes `<path>.lock` (flock) at its first transaction and holds it
/// until the connection is closed, because SQLite before 3.51.3 can damage a file when writers and checkpoints meet;
/// until then it reads like any other. A session that only reads sees one state of the file throughout.
/// Throws Error: outside (no such file, hint `agency init`), denied (the system does not let us), data_file (not ours,
/// newer, damaged), busy.
std::unique_ptr<db::Session> open(const std::string& path, Mode mode, const OpenWish& wish);

/// Error(conflict) when there is such a file, Error(denied) or Error(outside) when its folder takes none.
void require_creatable(const std::string& path);

/// Makes the data file (mode 0600) with the current schema; `instant` is recorded on the migrations. Error(conflict)
/// when it exists.
void create(const std::string& path, const std::string& instant);

}  // namespace agency::sqlite
