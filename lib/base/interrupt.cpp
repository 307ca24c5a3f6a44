#include "base/interrupt.hpp"

#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace agency {
namespace {

/// Names that a signal must remove; plain memory, because the handler may not allocate.
struct Leftover {
    volatile sig_atomic_t used = 0;
    char path[PATH_MAX] = {};
};
constinit std::array<Leftover, 8> leftovers;
volatile sig_atomic_t patient = 0, received = 0;

extern "C" void on_signal(int number) {
    if (patient && !received) {
        received = number;
        return;
    }
    for (auto& l : leftovers)
        if (l.used) ::unlink(l.path);
    ::signal(number, SIG_DFL);
    ::raise(number);
}

/// What is ignored (nohup) stays ignored. Reads and waits are woken.
void catch_signals() {
    for (const int s : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction old {};
        ::sigaction(s, nullptr, &old);
        if (old.sa_handler != SIG_DFL) continue;
        struct sigaction act {};
        act.sa_handler = on_signal;
        ::sigaction(s, &act, nullptr);
    }
}

}  // namespace

void remove_at_signal(const std::string& path) {
    if (path.size() >= PATH_MAX) return;
    catch_signals();
    for (auto& l : leftovers) {
        if (l.used) continue;
        std::memcpy(l.path, path.c_str(), path.size() + 1);
        l.used = 1;
        return;
    }
}

void keep_at_signal(const std::string& path) {
    for (auto& l : leftovers)
        if (l.used && path == l.path) l.used = 0;
}

Interruptible::Interruptible() {
    patient = 1;
    catch_signals();
}

Interruptible::~Interruptible() {
    patient = 0;
}

bool interrupted() {
    return received != 0;
}

void stop_if_interrupted() {
    if (interrupted()) throw Interrupted{};
}

void end_by_signal() {
    const int number = received ? received : SIGINT;
    ::signal(number, SIG_DFL);
    ::raise(number);
    ::_exit(128 + number);
}

}  // namespace agency
