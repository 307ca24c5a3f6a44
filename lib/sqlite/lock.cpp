#include "sqlite/lock.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/system_error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency::sqlite {
namespace {

std::string holder(int fd) {
    char text[200];
    const auto n = ::pread(fd, text, sizeof text, 0);
    return n > 0 ? escape_controls(trim({text, static_cast<std::size_t>(n)})) : std::string("?");
}

/// Interrupts a waiting flock() every 100 ms, so that the deadline is seen; the kernel's queue stays fair.
class Ticker {
public:
    Ticker() {
        struct sigaction act {};
        act.sa_handler = [](int) {};
        ::sigaction(SIGALRM, &act, &old_action_);
        const itimerval tick{{0, 100'000}, {0, 100'000}};
        ::setitimer(ITIMER_REAL, &tick, &old_timer_);
    }
    ~Ticker() {
        ::setitimer(ITIMER_REAL, &old_timer_, nullptr);
        ::sigaction(SIGALRM, &old_action_, nullptr);
    }

private:
    struct sigaction old_action_ {};
    itimerval old_timer_{};
};

}  // namespace

FileLock::FileLock(const std::string& path, int seconds, const std::string& who,
                   const std::function<void(const std::string&)>& on_wait) {
    fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd_ < 0)
        throw Error(
            exit_of(errno),
            say("cannot open the lock file {path}: {why}", fmt::arg("path", path), fmt::arg("why", reason_of(errno))),
            tr("writing needs a folder that you may write to"));
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
        if (seconds > 0 && on_wait) on_wait(say("waiting for {who}", fmt::arg("who", holder(fd_))));
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        Ticker ticker;
        while (::flock(fd_, LOCK_EX) != 0) {
            if (interrupted()) {
                ::close(fd_);
                throw Interrupted{};
            }
            if (errno == EINTR && std::chrono::steady_clock::now() < deadline) continue;
            const auto by = holder(fd_);
            ::close(fd_);
            throw Error(Exit::busy, say("the data file is being written by {who}", fmt::arg("who", by)),
                        tr("try again, or wait longer with --wait SECONDS"));
        }
    }
    if (::ftruncate(fd_, 0) == 0) (void)!::pwrite(fd_, who.data(), who.size(), 0);
}

FileLock::~FileLock() {
    ::close(fd_);
}

}  // namespace agency::sqlite
