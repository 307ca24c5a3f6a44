// Ctrl-C and other signals that ask a program to end: nothing half done is left.
#pragma once
#include <string>

namespace agency {

/// The file is removed if a signal ends the program (SIGINT, SIGTERM, SIGHUP), until keep_at_signal() names it.
void remove_at_signal(const std::string& path);
void keep_at_signal(const std::string& path);

/// Thrown where work that can be undone stops because a signal came; caught once, in cli/app. No std::exception, so
/// that nothing takes it for an error.
struct Interrupted {};

/// While one lives, the first signal is only remembered, so that what is being written is taken back in order; a second
/// one ends the program at once. What waits or computes for long looks now and then.
class Interruptible {
public:
    Interruptible();
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
};

/// Whether a signal was remembered.
bool interrupted();
/// Throws Interrupted when it was.
void stop_if_interrupted();
/// Ends the program by the signal that was remembered, as if it had not been held up.
[[noreturn]] void end_by_signal();

}  // namespace agency
