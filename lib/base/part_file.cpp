#include "base/part_file.hpp"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

/// Names that a signal must remove; plain memory, because the handler may not allocate.
struct Leftover {
    volatile sig_atomic_t used = 0;
    char path[PATH_MAX] = {};
};
constinit std::array<Leftover, 4> leftovers;

extern "C" void remove_leftovers(int signal_number) {
    for (auto& l : leftovers)
        if (l.used) ::unlink(l.path);
    ::signal(signal_number, SIG_DFL);
    ::raise(signal_number);
}

void remember(const std::string& path) {
    if (path.size() >= PATH_MAX) return;
    for (const int s : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction old {};
        ::sigaction(s, nullptr, &old);
        if (old.sa_handler == SIG_DFL) ::signal(s, remove_leftovers);
    }
    for (auto& l : leftovers) {
        if (l.used) continue;
        std::memcpy(l.path, path.c_str(), path.size() + 1);
        l.used = 1;
        return;
    }
}

void forget(const std::string& path) {
    for (auto& l : leftovers)
        if (l.used && path == l.path) l.used = 0;
}

}  // namespace

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
    remember(part_);
    if (there) (void)!::fchmod(fd_, st.st_mode & 07777);
}

PartFile::~PartFile() {
    if (fd_ < 0) return;
    ::close(fd_);
    if (part_.empty()) return;
    ::unlink(part_.c_str());
    forget(part_);
}

void PartFile::fail() const {
    throw Error(Exit::outside,
                say("{name} cannot be written: {why}", fmt::arg("name", path_), fmt::arg("why", reason_of(errno))));
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
        forget(part_);
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
