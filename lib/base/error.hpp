// What went wrong, in the one form that the command line knows how to print.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace agency {

/// Exit codes of the program (agency(1), "Exit status"). Only ever added to.
enum class Exit : int {
    ok = 0,
    condition = 1,  ///< a condition that was asked for holds (--fail-if, check, doctor)
    usage = 2,      ///< wrong usage, or a value that cannot be right
    not_found = 3,
    conflict = 4,  ///< exists already, or changed since it was read
    refused = 5,   ///< refused by a rule
    denied = 6,
    data_file = 7,  ///< not ours, damaged, newer than this program
    outside = 8,    ///< disk full, I/O, no such file, no data file yet
    rejected = 9,   ///< input data rejected
    busy = 10,      ///< the lock was not obtained in time
    bug = 70,
};

/// The stable English word of an exit code, used as "code" in JSON errors ("refused", "not_found", …).
std::string_view to_string(Exit code);

/// What the system says of an errno, in the session's language: "there is no space left", …; its number where it is none
/// of those that files and folders give.
std::string reason_of(int error_number);

/// Thrown by lib only and caught once, in cli/app. `message` is one sentence that names the thing and its
/// state; `hint` (may be empty) says what to do next; both are translated already.
/// `rule` is a rule code such as "PER-001", `ref` the number of the record, `field` its key; empty = none.
struct Error : std::runtime_error {
    Error(Exit exit_code, const std::string& text, std::string next = {})
        : std::runtime_error(text), code(exit_code), hint(std::move(next)) {}
    Error&& with_rule(std::string_view r) && {
        rule = r;
        return std::move(*this);
    }
    Error&& with_ref(std::string_view r) && {
        ref = r;
        return std::move(*this);
    }
    Error&& with_field(std::string_view f) && {
        field = f;
        return std::move(*this);
    }

    Exit code;
    std::string hint, rule, ref, field;
};

}  // namespace agency
