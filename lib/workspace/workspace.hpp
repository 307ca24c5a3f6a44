// What a use case is given: session, clock, actor, rules; and the operation that every writing command is.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "db/session.hpp"
#include "workspace/settings.hpp"

namespace agency {

/// The clock is given, never asked: the program's edge reads it once.
struct Clock {
    Instant now;
    bool given = false;           ///< by --now or AGENCY_NOW; marked on the operation
    Instant (*read)() = nullptr;  ///< the system's clock, for an operation's own instant; null: `now`
};

/// A moment in both times: facts with effective day ≤ `day` that were entered by operations ≤ `operation` count.
struct AsOf {
    Date day = last_day;                 ///< default: everything that was entered
    std::int64_t operation = INT64_MAX;  ///< the last operation known; INT64_MAX = all
    std::optional<Instant> known_at;     ///< as it was asked for
};

class Operation;

class Workspace {
public:
    Workspace(db::Session& session, Clock clock, std::string actor, Rules rules);

    db::Session& db() { return session_; }
    Instant now() const { return clock_.now; }
    /// The instant at this moment: the given clock, or the system's as read by `clock.read`.
    Instant commit_instant() const { return clock_.given || !clock_.read ? clock_.now : clock_.read(); }
    bool clock_given() const { return clock_.given; }
    Date today() const { return day_of(clock_.now, rules_.zone_minutes); }
    const std::string& actor() const { return actor_; }
    const Rules& rules() const { return rules_; }

    /// recorded_at of the last operation; empty when there is none.
    std::string last_recorded();

    /// Turns an instant into the last operation known then. Error(usage) when it lies after the clock.
    AsOf as_of(Date day, std::optional<Instant> known_at = {});

    /// The one choke point: may `actor` do `permission` ("invoice.redate") to `object` (a number, or empty)? Throws
    /// Error(denied). For now the owner of the file may do all.
    void authorize(std::string_view permission, std::string_view object);

    /// Whether an operation was committed.
    bool committed() const { return committed_; }

    bool dry_run = false;  ///< operations roll back instead of committing

private:
    db::Session& session_;
    Clock clock_;
    std::string actor_;
    Rules rules_;
    friend class Operation;
    Operation* joined_ = nullptr;
    bool committed_ = false;
};

/// One writing command: the transaction, its row in `operation`, and its rows of the hash-chained trail, all or
/// nothing. The constructor authorizes, so nothing can be written without. Destroyed without commit(), it rolls back.
/// While another one is joined (a batch of commands), it is a part of that: same id, same transaction, and only the
/// whole is committed.
class Operation {
public:
    /// Rows that will be loaded (Session::begin_load); the operation's own row is then written last.
    struct Load {
        std::string_view table;
        std::int64_t rows = 0;
        bool in_order = false;
    };
    /// Begins under the write lock. Error(refused) when a given clock lies before the last operation (which it names).
    Operation(Workspace& workspace, std::string_view permission, std::string_view object, std::string_view command,
              std::optional<Load> load = {});
    ~Operation();
    Operation(const Operation&) = delete;

    std::int64_t id() const { return id_; }
    Workspace& workspace() { return workspace_; }
    db::Session& db() { return workspace_.db(); }

    /// A row of the trail, written at commit. before and after are JSON objects of the changed fields, or empty.
    void audit(std::string_view verb, std::string_view noun, std::int64_t record, std::string before,
               std::string after);

    /// Operations of the same workspace become parts of this one until it ends; of a part, they are parts of the whole
    /// as they are.
    void join() {
        if (!whole_) workspace_.joined_ = this;
    }

    /// Takes recorded_at, writes the trail, commits (or rolls back for a dry run).
    void commit();

private:
    void insert_row(const std::string& recorded_at);
    struct Entry {
        std::string verb, noun;
        std::int64_t record;
        std::string before, after;
    };
    Workspace& workspace_;
    Operation* whole_ = nullptr;  ///< that this one is a part of
    std::int64_t id_ = 0;
    std::string command_, last_;  ///< last_: recorded_at of the operation before
    bool loads_;
    std::vector<Entry> entries_;
    bool done_ = false;
};

/// Re-computes the chain of the trail; one sentence for each row that does not fit. Empty when whole.
std::vector<std::string> verify_trail(db::Session& session);

}  // namespace agency
