// How far a long command is, on a line of the terminal that goes away.
#pragma once
#include <cstdint>
#include <string>

namespace agency::output {

/// The line is on standard error and only where that is a terminal that can clear a line (not TERM=dumb). At most one
/// lives at a time.
class Progress {
public:
    /// `wanted` false: nothing is ever shown.
    explicit Progress(bool wanted);
    ~Progress();  ///< clears the line
    Progress(const Progress&) = delete;

    /// Replaces the line by `text`, cut to the terminal; at most ten times a second, the first at once.
    void show(const std::string& text);
    /// Before anything else is written to standard error.
    static void clear();

private:
    bool wanted_;
    std::int64_t last_ = 0;  ///< milliseconds of the steady clock
};

}  // namespace agency::output
