// A file that is there whole or not at all: written beside its place under another name, then renamed.
#pragma once
#include <string>
#include <string_view>

namespace agency {

/// What is no ordinary file (a pipe, a device) is written straight through; a link is followed; an existing file's mode
/// is kept. Until finish() nothing stands in the file's place, and nothing is left when the object is destroyed or the
/// program is ended by a signal.
class PartFile {
public:
    /// Throws Error(outside or denied).
    explicit PartFile(std::string path);
    ~PartFile();
    PartFile(const PartFile&) = delete;

    void write(std::string_view bytes);  ///< throws Error(outside or denied)
    void finish();                       ///< syncs and renames; throws Error(outside or denied)
    int descriptor() const { return fd_; }
    [[noreturn]] void fail() const;  ///< by errno

private:
    std::string path_, target_, part_;  ///< part_ empty: written straight through
    int fd_ = -1;
};

/// Whether a PartFile could stand there once the folders above it that are missing are made; for what is only tried.
/// Throws as PartFile does.
void require_writable(const std::string& path);

/// Whether two paths are the same file (both there).
bool same_file(const std::string& a, const std::string& b);

}  // namespace agency
