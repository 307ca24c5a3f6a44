// What a verb is given: its options and arguments, parsed on demand, and the workspace over the data file.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "base/date.hpp"
#include "base/error.hpp"
#include "base/money.hpp"
#include "workspace/workspace.hpp"

namespace agency {
struct Row;
}

namespace agency::cli {

/// The options that every command takes, already checked.
struct Globals {
    std::string format = "table";  ///< one of output::format_names
    std::string db;                ///< resolved path of the data file
    bool quiet = false, verbose = false, dry_run = false, yes = false, excel = false;
    std::string color = "auto";
    std::string editor, pager;  ///< commands by the user's own settings; empty: the environment's
    std::string headers;        ///< key, en or zh; empty: as the format has them
    std::string output;         ///< --output FILE, or empty for stdout
    int wait_seconds = 30;
    Shaping shaping;
};

class Invocation {
public:
    const Noun* noun = nullptr;
    const Verb* verb = nullptr;
    Globals globals;
    std::string command_line;  ///< as recorded on the operation: arguments quoted, without secrets

    /// True when the option was given (or the flag set).
    bool has(std::string_view key) const { return values.contains(std::string(key)); }
    /// Its last value; empty when not given.
    std::string_view get(std::string_view key) const;
    std::vector<std::string> all(std::string_view key) const;
    /// The i-th positional argument; empty when not given.
    std::string_view argument(std::size_t i) const {
        return i < arguments.size() ? std::string_view(arguments[i]) : std::string_view();
    }

    // Typed: nothing when not given; Error(usage) naming the option and the value when it cannot be read.
    std::optional<Date> day(std::string_view key) const;  ///< also `today`, `yesterday`
    std::optional<Instant> instant(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<std::int64_t> days(std::string_view key) const;  ///< so many days: `30d` or `30`
    Date day_argument(std::size_t i) const;

    /// The workspace over the open data file: read-only, or under the lock for a verb that writes. Opened at the first
    /// call.
    Workspace& workspace();
    /// The clock of this command: --now, AGENCY_NOW, else the system's.
    Clock clock() const;
    /// The moment asked for by --as-of (default today) and --known-at (default now). Error(usage) when known-at lies
    /// ahead.
    AsOf as_of();
    /// The record number that `ref` means: the number itself, or a unique prefix of one. Error(not_found) with the
    /// nearest, Error(usage) with the candidates when ambiguous.
    std::string resolve(const Record& record, std::string_view ref);
    /// The record that `ref` means, as it is `when`; Error(not_found) too where it was not there then.
    Row row(const Record& record, std::string_view ref, const AsOf& when);
    /// A message for people on stderr, unless --quiet.
    void tell(const std::string& sentence) const;

    bool wrote = false;  ///< something beside the data file

    /// An error that is told on stderr after the report was printed whole (an import's problems).
    std::optional<Error> error_after;

    std::map<std::string, std::vector<std::string>> values;  ///< by option key; flags have one empty value
    std::vector<std::string> arguments;
    std::function<Workspace&()> open;  ///< set by the router
    /// Runs the words of another command in this one's workspace, as a part of its operation. Set by the router.
    std::function<Outcome(const std::vector<std::string>&)> run_part;
};

}  // namespace agency::cli
