// Opening and creating data files: one SQLite file in WAL mode, and a lock file that serialises every writer and
// checkpoint.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "db/session.hpp"

namespace agency::sqlite {

enum class Mode { read, write };

/// Opens an existing data file. For writing, `<path>.lock` is held (flock) from before the first statement until the
/// connection is closed, because SQLite before 3.51.3 can damage a file when writers and checkpoints meet.
/// `who` is written into the lock file for others to see; on_wait is told once when another holds the lock.
/// Throws Error: outside (no such file, hint `agency init`; folder not readable), data_file (not ours, newer, damaged),
/// busy.
std::unique_ptr<db::Session> open(const std::string& path, Mode mode, int wait_seconds, const std::string& who,
                                  const std::function<void(const std::string&)>& on_wait);

/// Makes the data file (mode 0600) with the current schema; `instant` is recorded on the migrations. Error(conflict)
/// when it exists.
void create(const std::string& path, const std::string& instant);

}  // namespace agency::sqlite
