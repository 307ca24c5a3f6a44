// The lock file beside the data file.
#pragma once
#include <functional>
#include <string>

namespace agency::sqlite {

class FileLock {
public:
    /// Takes an exclusive flock on `path`, waiting up to `seconds`. Throws Error(busy) naming the holder,
    /// Error(outside).
    FileLock(const std::string& path, int seconds, const std::string& who,
             const std::function<void(const std::string&)>& on_wait);
    ~FileLock();
    FileLock(const FileLock&) = delete;

private:
    int fd_ = -1;
};

}  // namespace agency::sqlite
