#include "workspace/workspace.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "db/checksum.hpp"

namespace agency {
namespace {

/// The chain's hash of one row of the trail.
std::string link_hash(std::string_view previous, std::int64_t seq, std::int64_t operation, std::string_view verb,
                      std::string_view noun, std::int64_t id, std::string_view before, std::string_view after) {
    Digest d;
    d.add_field(previous);
    for (const auto n : {seq, operation, id}) d.add_field(std::to_string(n));
    for (const auto text : {verb, noun, before, after}) d.add_field(text);
    return d.hex();
}

/// A given clock does not lie before what is recorded.
void require_later(const Workspace& w, const std::string& last, const char* hint) {
    if (const auto now = to_string(w.now()); w.clock_given() && now < last)
        throw Error(
            Exit::refused,
            say("the clock {now} lies before the last operation, {last}", fmt::arg("now", now), fmt::arg("last", last)),
            hint);
}

}  // namespace

Workspace::Workspace(db::Session& session, Clock clock, std::string actor, Rules rules)
    : session_(session), clock_(clock), actor_(std::move(actor)), rules_(std::move(rules)) {}

std::string Workspace::last_recorded() {
    return session_.text("SELECT recorded_at FROM operation ORDER BY id DESC LIMIT 1").value_or("");
}

AsOf Workspace::as_of(Date day, std::optional<Instant> known_at) {
    AsOf when{day, INT64_MAX, known_at};
    if (!known_at && !clock_.given) return when;
    const auto last = last_recorded();
    require_later(*this, last, tr("what was known at an earlier instant is asked for with --known-at"));
    if (!known_at) return when;
    // The system's clock may have stepped back behind what is recorded.
    if (*known_at > clock_.now && (clock_.given || to_string(*known_at) > last))
        throw Error(Exit::usage,
                    say("--known-at {at} lies after the clock, {now}", fmt::arg("at", to_string(*known_at)),
                        fmt::arg("now", to_string(clock_.now))),
                    tr("what will be known then is not known yet; give an earlier instant"));
    when.operation =
        session_
            .integer("SELECT id FROM operation WHERE recorded_at <= $1 ORDER BY recorded_at DESC, id DESC LIMIT 1",
                     to_string(*known_at))
            .value_or(0);
    return when;
}

void Workspace::authorize(std::string_view permission, std::string_view /*object*/) {
    if (actor_.empty())
        throw Error(Exit::denied,
                    say("there is no name to record {permission} under", fmt::arg("permission", permission)),
                    tr("say who you are with --actor NAME"));
}

Operation::Operation(Workspace& workspace, std::string_view permission, std::string_view object,
                     std::string_view command, std::optional<Load> load)
    : workspace_(workspace), command_(command), loads_(load) {
    workspace_.authorize(permission, object);
    if ((whole_ = workspace_.joined_)) {
        id_ = whole_->id_;
        return;
    }
    load ? db().begin_load(load->table, load->rows, load->in_order) : db().begin_write();
    try {
        last_ = workspace_.last_recorded();
        const auto now = to_string(workspace_.now());
        require_later(workspace_, last_, tr("what is recorded cannot be recorded earlier; give a later --now or none"));
        id_ = db().integer("SELECT COALESCE(MAX(id), 0) + 1 FROM operation").value();
        if (!loads_) insert_row(now);
    } catch (...) {
        db().rollback();
        throw;
    }
}

void Operation::insert_row(const std::string& recorded_at) {
    db().execute("INSERT INTO operation (id, recorded_at, actor, command, clock_given) VALUES ($1, $2, $3, $4, $5)",
                 id_, recorded_at, workspace_.actor(), command_, workspace_.clock_given() ? 1 : 0);
}

Operation::~Operation() {
    if (workspace_.joined_ == this) workspace_.joined_ = nullptr;
    if (!done_ && !whole_) db().rollback();
}

void Operation::audit(std::string_view verb, std::string_view noun, std::int64_t record, std::string before,
                      std::string after) {
    if (whole_) return whole_->audit(verb, noun, record, std::move(before), std::move(after));
    entries_.push_back({std::string(verb), std::string(noun), record, std::move(before), std::move(after)});
}

void Operation::commit() {
    if (whole_) {
        done_ = true;
        return;
    }
    // Without a row in the trail nothing was changed: a batch that was run before, say.
    if (workspace_.dry_run || entries_.empty()) {
        db().rollback();
        done_ = true;
        return;
    }
    auto previous = db().text("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").value_or("");
    auto seq = db().integer("SELECT MAX(seq) FROM audit").value_or(0);
    for (const auto& e : entries_) {
        ++seq;
        previous = link_hash(previous, seq, id_, e.verb, e.noun, e.record, e.before, e.after);
        db().execute(
            "INSERT INTO audit (seq, operation, verb, noun, id, before, after, hash) VALUES ($1, $2, $3, $4, $5, $6, "
            "$7, $8)",
            seq, id_, e.verb, e.noun, e.record, e.before, e.after, previous);
    }
    // Under the lock and last before COMMIT, so that a report printed meanwhile stays true; a clock that stepped back
    // takes the last instant.
    const auto recorded_at = std::max(last_, to_string(workspace_.commit_instant()));
    if (loads_)
        insert_row(recorded_at);
    else
        db().execute("UPDATE operation SET recorded_at = $2 WHERE id = $1", id_, recorded_at);
    db().commit();
    workspace_.committed_ = done_ = true;
}

std::vector<std::string> verify_trail(db::Session& session) {
    std::vector<std::string> broken;
    std::string previous;
    std::int64_t expected = 0;
    session.each("SELECT seq, operation, verb, noun, id, before, after, hash FROM audit ORDER BY seq",
                 [&](db::Statement& row) {
                     ++expected;
                     if (row.integer(0) != expected) {
                         broken.push_back(say("the trail lacks row {seq}", fmt::arg("seq", expected)));
                         expected = row.integer(0);
                     }
                     const auto hash = link_hash(previous, row.integer(0), row.integer(1), row.text(2), row.text(3),
                                                 row.integer(4), row.text(5), row.text(6));
                     if (hash != row.text(7))
                         broken.push_back(say("row {seq} of the trail was altered", fmt::arg("seq", row.integer(0))));
                     previous = row.string(7);
                 });
    session.each(
        "SELECT id FROM operation WHERE id > 1 AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.operation = "
        "operation.id) ORDER BY id",
        [&](db::Statement& row) {
            broken.push_back(say("operation {id} has no row in the trail", fmt::arg("id", row.integer(0))));
        });
    return broken;
}

}  // namespace agency
