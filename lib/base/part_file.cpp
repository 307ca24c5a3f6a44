#include "base/part_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/system_error.hpp"
#include "base/translate.hpp"

namespace agency {
PartFile::PartFile(std::string path) : path_(std::move(path)), target_(path_) {
    struct stat st {};
    const bool there = ::stat(path_.c_str(), &st) == 0;
    if (there && !S_ISREG(st.st_mode)) {
        fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
        if (fd_ < 0) fail();
        return;
    }
    if (there)
        if (char* real = ::realpath(path_.c_str(), nullptr)) {
            target_ = real;
            std::free(real);
        }
    part_ = target_ + ".part-" + std::to_string(::getpid());
    fd_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, there ? st.st_mode & 07777 : 0666);
    if (fd_ < 0) fail();
    remove_at_signal(part_);
    if (there) (void)!::fchmod(fd_, st.st_mode & 07777);
}

PartFile::~PartFile() {
    if (fd_ < 0) return;
    ::close(fd_);
    if (part_.empty()) return;
    ::unlink(part_.c_str());
    keep_at_signal(part_);
}

namespace {

Error unwritable(const std::string& path, int error) {
    return Error(exit_of(error),
                 say("{name} cannot be written: {why}", fmt::arg("name", path), fmt::arg("why", reason_of(error))));
}

}  // namespace

void PartFile::fail() const {
    throw unwritable(path_, errno);
}

void require_writable(const std::string& path) {
    std::error_code error;
    auto folder = std::filesystem::weakly_canonical(path, error).parent_path();
    while (!error && !std::filesystem::exists(folder, error) && !error && folder.has_relative_path())
        folder = folder.parent_path();
    if (!error && !std::filesystem::is_directory(folder, error)) error.assign(ENOTDIR, std::generic_category());
    if (error) throw unwritable(path, error.value());
    if (::access(folder.c_str(), W_OK | X_OK) != 0) throw unwritable(path, errno);
}

void PartFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(fd_, bytes.data(), bytes.size());
        if (n >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(n));
        else if (errno != EINTR)
            fail();
    }
}

void PartFile::finish() {
    if (!part_.empty()) {
        if (::fsync(fd_) != 0 || std::rename(part_.c_str(), target_.c_str()) != 0) fail();
        keep_at_signal(part_);
    }
    ::close(fd_);
    fd_ = -1;
}

bool same_file(const std::string& a, const std::string& b) {
    struct stat one {
    }, other{};
    return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

}  // namespace agency
