#include "op/undo.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "op/operations.hpp"
#include "period/period.hpp"
#include "record/called.hpp"
#include "record/store.hpp"
#include "record/tree.hpp"

namespace agency::op {
namespace {

struct Range {
    std::int64_t operation, first, last;  ///< ids; an operation's rows of a table stand side by side
};

/// Fields of a record that an operation gave a later value.
struct Change {
    std::int64_t operation, id;
    std::string field;
    Date effective;
};

std::string operation_name(db::Session& db, std::int64_t id) {
    return say("operation {id} ({command})", fmt::arg("id", id),
               fmt::arg("command", db.text("SELECT command FROM operation WHERE id = $1", id).value_or("")));
}

class Undo {
public:
    Undo(Operation& op, std::span<const Record* const> records, std::vector<std::int64_t> targets)
        : op_(op), db_(op.db()), records_(records), targets_(std::move(targets)) {
        for (auto it = targets_.begin(); it != targets_.end();)  // named twice is named once
            it = std::find(targets_.begin(), it, *it) == it ? it + 1 : targets_.erase(it);
    }

    Report run() {
        find_roots();
        require_standing_roots();
        note_targets();
        prepare_report();
        if (period::settle(op_)) add_line(roots_.front(), "period", 1, 0);
        closed_ = period::closed_through(db_);
        for (const Record* r : records_) turn(*r);
        for (const auto& later : settle_) later();
        if (report_.rows.rows() == 0) add_line(roots_.front(), "operation", 0, 0);
        return std::move(report_);
    }

private:
    /// The operations whose facts turn, and which way. An undo of an undo turns what that one turned.
    void find_roots() {
        for (const auto id : targets_) {
            const auto by = undone_by(id);
            if (id == 1)
                throw Error(Exit::refused, tr("operation 1 made the data file; it is not taken back")).with_ref("1");
            if (by)
                throw Error(Exit::conflict,
                            say("operation {id} is taken back already, by operation {by}", fmt::arg("id", id),
                                fmt::arg("by", *by)),
                            say("agency undo {by} brings it back", fmt::arg("by", *by)))
                    .with_ref(std::to_string(id));
        }
        for (const auto id : targets_) {
            const auto under = roots_of(id);
            if (under.front() == id) {
                roots_.push_back(id);
                continue;
            }
            if (targets_.size() > 1)
                throw Error(Exit::refused, tr("an undo is taken back alone"), tr("name one operation"));
            roots_ = under;
            back_ = db_.integer("SELECT MIN(back) FROM operation_undo WHERE operation = $1", id) == 0;
        }
    }
    /// What an undo turned; of any other operation: itself.
    std::vector<std::int64_t> roots_of(std::int64_t id) {
        std::vector<std::int64_t> roots;
        db_.each(
            "SELECT root FROM operation_undo WHERE operation = $1 ORDER BY root",
            [&](db::Statement& s) { roots.push_back(s.integer(0)); }, id);
        if (roots.empty()) roots.push_back(id);
        return roots;
    }
    /// What took it back. Error(not_found).
    std::optional<std::int64_t> undone_by(std::int64_t id) {
        require_operation(db_, id, op_.id());
        return db_.integer("SELECT undone_by FROM operation WHERE id = $1", id);
    }
    /// Facts that are to go must be there: another undo may have come between.
    void require_standing_roots() {
        for (const auto id : roots_)
            if (const auto by = undone_by(id); back_ && by)
                throw Error(Exit::conflict, say("operation {id} is taken back already, by operation {by}",
                                                fmt::arg("id", id), fmt::arg("by", *by)))
                    .with_ref(std::to_string(id));
    }

    void note_targets() {
        for (const auto target : targets_) {
            for (const auto root : roots_of(target))
                db_.execute("INSERT INTO operation_undo (operation, undoes, root, back) VALUES ($1, $2, $3, $4)",
                            op_.id(), target, root, back_ ? 1 : 0);
            db_.execute("UPDATE operation SET undone_by = $2 WHERE id = $1", target, op_.id());
        }
        for (const auto root : roots_)
            db_.execute("UPDATE operation SET undone_by = $2 WHERE id = $1", root,
                        back_ ? std::optional(op_.id()) : std::nullopt);
        silent_ = undone_operations(db_);
        db_.each("SELECT DISTINCT operation FROM operation_undo",
                 [&](db::Statement& s) { silent_.insert(s.integer(0)); });
    }

    void turn(const Record& r) {
        std::vector<Range> ranges;
        std::vector<Change> changes;
        for (const auto root : roots_) {
            db_.each(
                "SELECT MIN(id), MAX(id) FROM " + std::string(r.noun) + " WHERE operation = $1",
                [&](db::Statement& s) {
                    if (!s.is_null(0)) ranges.push_back({root, s.integer(0), s.integer(1)});
                },
                root);
            if (r.has_changes())
                db_.each(
                    "SELECT id, field, effective_on FROM " + std::string(r.noun) +
                        "_change WHERE operation = $1 ORDER BY id, field, effective_on",
                    [&](db::Statement& s) {
                        changes.push_back({root, s.integer(0), s.string(1), s.day(2)});
                    },
                    root);
        }
        std::erase_if(changes, [&](const Change& c) { return of_ranges(ranges, c.id); });
        for (const auto& range : ranges) turn_rows(r, range);
        std::vector<std::int64_t> touched;
        for (const auto& c : changes) {
            if (c.effective > beginning) require_open(r, c.id, c.effective);
            if (touched.empty() || touched.back() != c.id) touched.push_back(c.id);
        }
        for (const auto root : roots_) {
            std::int64_t rows = 0;
            for (const auto& x : ranges)
                if (x.operation == root) rows = x.last - x.first + 1;
            const auto changed =
                std::count_if(changes.begin(), changes.end(), [&](const Change& c) { return c.operation == root; });
            if (rows + changed > 0) add_line(root, r.noun, rows, changed);
        }
        // What must hold is judged when every fact has turned.
        settle_.push_back([this, &r, ranges, touched] {
            for (const auto& x : ranges)
                back_ ? refuse_dependents(r, x.first, x.last, false) : require_targets(r, x.first, x.last);
            for (const auto id : touched) {
                refuse_taken_back(r, id);
                find_row(db_, r, id, {})->voided_on ? refuse_dependents(r, id, id, true) : require_targets(r, id, id);
            }
            for (const auto& x : ranges) require_no_circle(db_, r, x.first, x.last, {});
            require_no_circle(db_, r, 0, 0, touched);
            if (!r.settle) return;
            for (const auto& x : ranges) r.settle(op_, x.first, x.last, {});
            if (!touched.empty()) r.settle(op_, 0, 0, touched);
        });
    }
    static bool of_ranges(const std::vector<Range>& ranges, std::int64_t id) {
        return std::any_of(ranges.begin(), ranges.end(), [&](const Range& x) { return id >= x.first && id <= x.last; });
    }

    void turn_rows(const Record& r, const Range& x) {
        if (!r.counts_from.empty() && closed_)
            db_.each(
                "SELECT id, " + std::string(r.counts_from) + " FROM " + std::string(r.noun) +
                    " WHERE id BETWEEN $1 AND $2 AND " + std::string(r.counts_from) + " <= $3 ORDER BY id LIMIT 1",
                [&](db::Statement& s) { require_open(r, s.integer(0), s.day(1)); }, x.first, x.last,
                to_string(closed_->last()));
        if (back_) {
            refuse_later_changes(r, x);
            return take_back(op_, r, x.first, x.last);
        }
        const std::string key(r.key), noun(r.noun);
        if (const auto taken =
                db_.text("SELECT n." + key + " FROM " + noun + " AS n JOIN " + noun + " AS o ON o." + key + " = n." +
                             key + " WHERE o.id BETWEEN $1 AND $2 AND n.undone = 0 ORDER BY n.id LIMIT 1",
                         x.first, x.last))
            throw Error(
                Exit::conflict,
                say("{noun} {number} was entered again since", fmt::arg("noun", called(r)), fmt::arg("number", *taken)),
                tr("take that back first; agency op list shows the operations"))
                .with_ref(*taken);
        bring_back(op_, r, x.first, x.last);
    }

    void require_open(const Record& r, std::int64_t id, Date day) {
        const auto why = period::closed_message(closed_, day);
        if (why.empty()) return;
        const auto number = told_as(db_, r, id);
        throw Error(
            Exit::refused, std::string(called(r)) + " " + number + ": " + why,
            say("reopen the month first: agency period reopen {month}", fmt::arg("month", to_string(month_of(day)))))
            .with_rule("PER-001")
            .with_ref(number);
    }

    [[noreturn]] void stands_on(std::string message, std::int64_t operation) {
        throw Error(Exit::refused, std::move(message),
                    say("take that back first: agency undo {id}", fmt::arg("id", operation)))
            .with_ref(std::to_string(operation));
    }
    void refuse_later_changes(const Record& r, const Range& x) {
        if (!r.has_changes()) return;
        std::optional<std::pair<std::int64_t, std::int64_t>> found;
        db_.each(
            "SELECT id, operation FROM " + std::string(r.noun) +
                "_change WHERE id BETWEEN $1 AND $2 AND operation > $3 ORDER BY id, operation",
            [&](db::Statement& s) {
                if (!found && !silent_.contains(s.integer(1))) found = {s.integer(0), s.integer(1)};
            },
            x.first, x.last, x.operation);
        if (found)
            stands_on(say("{noun} {number} was changed since, by {operation}", fmt::arg("noun", called(r)),
                          fmt::arg("number", told_as(db_, r, found->first)),
                          fmt::arg("operation", operation_name(db_, found->second))),
                      found->second);
    }
    /// What is not there any more must not be referred to; what is only void, not by what is not void itself.
    void refuse_dependents(const Record& r, std::int64_t first, std::int64_t last, bool void_only) {
        for (const Record* q : records_)
            for (const Field& f : q->fields) {
                if (!f.target || &f.target() != &r || (void_only && !q->voidable)) continue;
                const std::string noun(q->noun), key(f.key);
                std::optional<std::pair<std::int64_t, std::int64_t>> found;
                const auto look = [&](db::Statement& s) {
                    if (!found) found = {s.integer(0), s.integer(1)};
                };
                db_.each("SELECT id, operation FROM " + noun + " AS q WHERE " + key +
                             " BETWEEN $1 AND $2 AND undone = 0" + (void_only ? standing_only(*q) : "") +
                             " ORDER BY id LIMIT 1",
                         look, first, last);
                if (!found && f.change != agency::Change::never && q->has_changes())
                    db_.each(
                        "SELECT q.id, c.operation FROM " + noun + "_change AS c JOIN " + noun +
                            " AS q ON q.id = c.id WHERE c.field = $3 AND CAST(c.value AS BIGINT) BETWEEN $1 AND "
                            "$2 AND q.undone = 0" +
                            (void_only ? standing_only(*q) : "") + " ORDER BY q.id, c.operation",
                        [&](db::Statement& s) {
                            if (!silent_.contains(s.integer(1))) look(s);
                        },
                        first, last, f.key);
                if (found)
                    stands_on(say("{noun} {number} stands on it, entered by {operation}", fmt::arg("noun", called(*q)),
                                  fmt::arg("number", told_as(db_, *q, found->first)),
                                  fmt::arg("operation", operation_name(db_, found->second))),
                              found->second);
            }
    }
    static std::string standing_only(const Record& q) {
        if (!q.voidable) return {};
        return " AND NOT " + is_void(q.noun, "q.id");
    }
    /// A value of a record that is not there does not turn.
    void refuse_taken_back(const Record& r, std::int64_t id) {
        const auto by = db_.integer("SELECT undone FROM " + std::string(r.noun) + " WHERE id = $1", id).value_or(0);
        if (by == 0) return;
        const auto number = told_as(db_, r, id);
        throw Error(
            Exit::refused,
            say("{noun} {number} was taken back itself", fmt::arg("noun", called(r)), fmt::arg("number", number)),
            say("agency undo {by} brings it back", fmt::arg("by", by)))
            .with_ref(number);
    }
    /// What is there again refers to what is there.
    void require_targets(const Record& r, std::int64_t first, std::int64_t last) {
        for (const Field& f : r.fields) {
            if (!f.target) continue;
            const Record& t = f.target();
            const std::string key(f.key), target(t.noun);
            std::optional<std::int64_t> missing;
            db_.each(
                "SELECT t.id FROM " + std::string(r.noun) + " AS r JOIN " + target + " AS t ON t.id = r." + key +
                    " WHERE r.id BETWEEN $1 AND $2 AND (t.undone <> 0" +
                    (t.voidable ? " OR " + is_void(t.noun, "t.id") : "") + ") ORDER BY t.id LIMIT 1",
                [&](db::Statement& s) { missing = s.integer(0); }, first, last);
            if (missing)
                throw Error(Exit::refused,
                            say("{noun} {number}, to which it refers, is not there any more",
                                fmt::arg("noun", called(t)), fmt::arg("number", told_as(db_, t, *missing))))
                    .with_ref(told_as(db_, t, *missing));
        }
    }

    void prepare_report() {
        report_.name = "undone";
        report_.rows.columns = {{"operation", CellType::integer, "Operation", "操作号"},
                                {"command", CellType::text, "Command", "命令"},
                                {"noun", CellType::word, "Noun", "对象"},
                                {"records", CellType::integer, "Records", "记录数"},
                                {"changes", CellType::integer, "Changes", "变更数"},
                                {"written", CellType::flag, "Written", "已写入"}};
    }
    void add_line(std::int64_t root, std::string_view noun, std::int64_t records, std::int64_t changes) {
        report_.rows.add_integer(root);
        report_.rows.add_text(db_.text("SELECT command FROM operation WHERE id = $1", root).value_or(""));
        report_.rows.add_text(noun);
        report_.rows.add_integer(records);
        report_.rows.add_integer(changes);
        report_.rows.add_flag(!op_.workspace().dry_run);
        op_.audit(back_ ? "undo" : "redo", noun, 0, "",
                  json_of({{"operation", std::to_string(root)},
                           {"records", std::to_string(records)},
                           {"changes", std::to_string(changes)}}));
    }

    Operation& op_;
    db::Session& db_;
    std::span<const Record* const> records_;
    std::vector<std::int64_t> targets_, roots_;
    bool back_ = true;
    std::unordered_set<std::int64_t> silent_;  ///< operations on which nothing stands: undos, and what was taken back
    std::optional<Month> closed_;
    std::vector<std::function<void()>> settle_;
    Report report_;
};

}  // namespace

Report undo(Workspace& w, std::span<const Record* const> records, std::vector<std::int64_t> targets,
            std::string_view command) {
    std::string named;
    for (const auto id : targets) named += (named.empty() ? "" : " ") + std::to_string(id);
    Operation op(w, "op.undo", named, command);
    auto report = Undo(op, records, std::move(targets)).run();
    op.commit();
    return report;
}

std::int64_t last_standing(db::Session& db) {
    if (const auto id =
            db.integer("SELECT MAX(id) FROM operation AS o WHERE id > 1 AND undone_by IS NULL AND NOT EXISTS "
                       "(SELECT 1 FROM operation_undo AS u WHERE u.operation = o.id)"))
        return *id;
    throw Error(Exit::not_found, tr("there is nothing to take back"));
}

std::vector<std::int64_t> standing_of_batch(db::Session& db, std::string_view batch) {
    std::vector<std::int64_t> ids;
    db.each(
        "SELECT DISTINCT i.operation FROM import AS i JOIN operation AS o ON o.id = i.operation WHERE i.batch = $1 AND "
        "o.undone_by IS NULL ORDER BY i.operation DESC",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, batch);
    if (ids.empty())
        throw Error(Exit::not_found, say("no import of a batch {batch} stands", fmt::arg("batch", batch)),
                    tr("agency import list shows the imports and their batches"))
            .with_ref(std::string(batch));
    return ids;
}

}  // namespace agency::op
