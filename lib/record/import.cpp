#include "record/import.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"
#include "record/pass.hpp"

namespace agency {
namespace {

std::int64_t last_operation(db::Session& db) {
    return db.integer("SELECT COALESCE(MAX(id), 0) FROM operation").value_or(0);
}

/// One transaction's rows. The import's own row of the trail stands for all of them, updates too.
void write_rows(Operation& op, const Record& r, Pass& pass, const ImportOptions& options) {
    std::vector<Value> values(r.fields.size());
    std::vector<std::array<char, 10>> days(r.fields.size());
    const auto effective = options.effective.value_or(op.workspace().today());
    const auto update = [&](std::uint32_t id) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const Field& f = r.fields[i];
            if (options.bytes && (values[i] || options.clear.contains(std::string(f.key))))
                add_change(op, r, id, f, values[i], effective);  // by hand: each with its row of the trail
            else if (values[i])
                write_change(op, r, id, f, values[i], effective);
        }
    };
    std::int64_t written = 0;
    const auto all = pass.result.inserted + pass.result.updated;
    pass.spool.rewind();
    std::vector<std::string> names;
    std::vector<std::size_t> used;
    for (std::size_t k = 0; k < r.fields.size(); ++k)
        if (pass.used()[k]) {
            used.push_back(k);
            names.emplace_back(r.fields[k].key);
        }
    names.emplace_back("operation");
    op.db().load(r.noun, names, [&](db::Parameters& into) {
        std::uint32_t id = 0;
        while (pass.spool.get(id, values)) {
            pass.resolve(values);
            if (options.progress && ++written % rows_between_progress == 0)
                options.progress(ImportStage::writing, written, all);
            if (id != 0) {
                update(id);
                continue;
            }
            int column = 0;
            for (const auto k : used)
                if (++column; values[k]) bind_view(into, column, r.fields[k], values[k], days[k].data());
            into.bind(column + 1, op.id());
            return true;
        }
        return false;
    });
}

}  // namespace

void note_import(Operation& op, std::string_view noun, const ImportOptions& options, const ImportResult& done,
                 const std::string& hash) {
    op.db().execute(
        "INSERT INTO import (operation, noun, source, batch, row_count, inserted, updated, unchanged, rejected, "
        "rows_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        op.id(), noun, options.path, options.batch.empty() ? std::nullopt : std::optional(options.batch), done.read,
        done.inserted, done.updated, done.unchanged, done.rejected, hash);
    nlohmann::ordered_json after{{"source", options.path},
                                 {"rows", done.read},
                                 {"inserted", done.inserted},
                                 {"updated", done.updated},
                                 {"rows_hash", hash}};
    for (const Problem& p : done.accepted)
        after["accepted"].push_back({{"row", p.row}, {"rule", p.rule}, {"message", p.message}});
    op.audit("import", noun, 0, "", after.dump());
}

namespace {

/// A pass that trusted came upon something: it is made again with every key looked for.
struct Distrusted {};

/// Passes over the file until no row is found wrong only after the last one; a row that is rejected so may leave others
/// without what they refer to.
std::unique_ptr<Pass> check_rows(Workspace& w, const Record& r, RowRules& rules, const ImportOptions& options,
                                 ByteSource& source, Condemned& condemned, bool may_trust) {
    for (;;) {
        auto pass = std::make_unique<Pass>(w, r, rules, options, condemned, may_trust);
        pass->run(source);
        if (pass->trusts() && pass->result.rejected > 0) throw Distrusted();
        if (pass->stopped() || pass->late().empty()) return pass;
        for (const auto& [row, problems] : pass->late()) condemned.emplace(row, problems);
        if (!source.rewind())
            throw Error(Exit::rejected, pass->late().begin()->second.front().message,
                        tr("such a row cannot be rejected from standard input; give a file"));
    }
}

ImportResult import_once(Workspace& w, const Record& r, RowRules& rules, const ImportOptions& options, bool may_trust) {
    auto& db = w.db();
    const auto source = options.bytes     ? memory_source(*options.bytes, options.path)
                        : options.content ? memory_source(*options.content, options.path)
                                          : open_source(options.path);
    const bool alone = !db.in_transaction();               // else a part of a batch
    if (alone) db.begin_read();                            // one state for the whole pass
    may_trust = may_trust && alone && source->size() > 0;  // else there is no second time
    const auto seen = last_operation(db);
    Condemned condemned;
    auto pass = check_rows(w, r, rules, options, *source, condemned, may_trust);
    if (alone) db.rollback();
    const auto refuse_repeat = [&](Spool& rows) {
        const std::string earlier =
            "SELECT 1 FROM import JOIN operation ON operation.id = import.operation WHERE noun = $1 AND undone_by IS "
            "NULL";
        if (options.again || r.field(r.key).never_null || !db.integer(earlier, r.noun)) return;
        if (db.integer(earlier + " AND rows_hash = $2", r.noun, rows.hash()))
            throw Error(Exit::conflict,
                        say("the same rows of {path} were imported before", fmt::arg("path", options.path)),
                        tr("if they are to count a second time, add --again"));
    };
    const auto is_work = [&](Pass& checked) {
        if (checked.repeated && checked.result.rejected > 0) refuse_repeat(*checked.repeated);
        if (checked.stopped()) return false;
        if (checked.result.inserted + checked.result.updated > 0) return true;
        if (checked.rejects && !w.dry_run) checked.rejects->finish(checked.result.problems);
        return false;
    };
    if (!is_work(*pass)) return std::move(pass->result);
    const char* act = !options.bytes ? ".import" : pass->result.updated ? ".edit" : ".add";
    Operation op(w, std::string(r.noun) + act, options.path, options.command,
                 Operation::Load{r.noun, pass->result.inserted, pass->in_order()});
    if (last_operation(db) != seen) {  // keys and references are resolved again, under the lock
        if (!source->rewind())
            throw Error(Exit::conflict, tr("the data file was changed while standard input was read"),
                        tr("run the command again"));
        condemned.clear();
        pass = check_rows(w, r, rules, options, *source, condemned, may_trust);
        if (!is_work(*pass)) return std::move(pass->result);
    }
    refuse_repeat(pass->spool);
    const auto& done = pass->result;
    rules.before_insert(op);
    try {
        write_rows(op, r, *pass, options);
    } catch (const Error& e) {
        if (pass->trusts() && e.code == Exit::conflict) throw Distrusted();
        throw;
    }
    const auto hash = pass->spool.hash();
    rules.after_insert(op, pass->first());
    // What was written is counted again before it counts (a lost row would be found here, not at the year's end).
    const auto counted = db.integer("SELECT COUNT(*) FROM " + std::string(r.noun) + " WHERE id >= $1",
                                    static_cast<std::int64_t>(pass->first()))
                             .value_or(0);
    if (counted != done.inserted)
        throw Error(
            Exit::bug,
            say("{want} {want:row was|rows were} to be written, {have} {have:is|are} there; nothing was written",
                fmt::arg("want", Count(done.inserted)), fmt::arg("have", Count(counted))));
    if (options.seed) {
        op.audit("seed", r.noun, 0, "", json_of({{"source", options.path}, {"rows_hash", hash}}));
    } else if (options.bytes && done.inserted) {
        const auto row = find_row(db, r, static_cast<std::int64_t>(pass->first()), AsOf{Date{INT32_MAX / 2}});
        op.audit("add", r.noun, row->id, "", json_of(db, r, row->values));
    } else if (!options.bytes) {
        note_import(op, r.noun, options, done, hash);
    }
    if (pass->rejects && !w.dry_run) pass->rejects->finish(pass->result.problems);
    op.commit();
    pass->result.written = !w.dry_run;
    pass->result.first_id = pass->first();
    return std::move(pass->result);
}

}  // namespace

ImportResult import_file(Workspace& w, const Record& r, RowRules& rules, const ImportOptions& options) {
    try {
        return import_once(w, r, rules, options, true);
    } catch (const Distrusted&) {
        w.db().rollback();
    }
    return import_once(w, r, rules, options, false);
}

namespace {

/// A file of one row.
std::string one_row(const std::vector<std::pair<std::string, std::string>>& texts) {
    std::string header, row;
    for (const auto& [key, text] : texts) {
        header += (header.empty() ? "" : ",") + key;
        row += (row.empty() ? "" : ",") + quoted_cell(text, ',');
    }
    if (row.empty()) row = "\"\"";
    return header + "\n" + row + "\n";
}

}  // namespace

void throw_problem(const ImportResult& result, const Record& record, const std::function<void(const Problem&)>& warn) {
    for (const Problem& p : result.problems) {
        if (p.warning) continue;
        throw Error(p.code, p.field.empty() ? p.message : p.field + ": " + p.message,
                    p.hint.empty() && p.code == Exit::usage
                        ? say("see: agency {noun} fields", fmt::arg("noun", typed(record)))
                        : p.hint)
            .with_rule(p.rule)
            .with_field(p.field);
    }
    for (const Problem& p : result.problems) warn(p);  // of what is written, and not beside what was refused
}

namespace {

/// A number that was voided cannot be edited either; what can be done is told. Nothing when its row is wrong elsewhere.
void require_unvoided(db::Session& db, const Record& r, const std::vector<std::pair<std::string, std::string>>& texts,
                      const ImportResult& result) {
    const auto bad = std::find_if(result.problems.begin(), result.problems.end(), [](auto& p) { return !p.warning; });
    if (bad == result.problems.end() || bad->code != Exit::conflict || bad->field != r.key) return;
    for (const auto& [key, text] : texts) {
        const auto row = key == r.key ? find_row(db, r, trim(text), {}) : std::nullopt;
        if (!row || !row->voided_on) continue;
        const auto by = db.integer("SELECT MAX(operation) FROM " + std::string(r.noun) +
                                       "_change WHERE id = $1 AND field = 'voided' AND value IS NOT NULL",
                                   row->id);
        const bool of_batch = db.in_transaction() && by == last_operation(db);  // goes with it when it fails
        throw Error(Exit::conflict, bad->field + ": " + bad->message,
                    of_batch ? std::string(tr("give it another number"))
                             : say("give it another number, or take the void back: agency undo {operation}",
                                   fmt::arg("operation", by.value_or(0))))
            .with_field(bad->field);
    }
}

}  // namespace

std::int64_t add_record(Workspace& workspace, const Record& record, RowRules& rules,
                        const std::vector<std::pair<std::string, std::string>>& texts, ImportOptions options,
                        const std::function<void(const Problem&)>& warn) {
    options.bytes = one_row(texts);
    options.again = true;
    const auto result = import_file(workspace, record, rules, options);
    if (!result.written) require_unvoided(workspace.db(), record, texts, result);
    throw_problem(result, record, warn);
    return result.first_id;
}

std::int64_t seed_records(Operation& op, const Record& record, RowRules& rules, std::string_view name,
                          std::string_view csv) {
    ImportOptions options;
    options.bytes = std::string(csv);
    options.path = name;
    options.on_conflict = OnConflict::skip;
    options.again = options.seed = true;
    op.join();
    const auto result = import_file(op.workspace(), record, rules, options);
    for (const Problem& p : result.problems)
        if (!p.warning)
            throw Error(Exit::rejected,
                        say("row {row} of {file}: {why}", fmt::arg("row", p.row), fmt::arg("file", name),
                            fmt::arg("why", p.message)),
                        tr("nothing was written"))
                .with_rule(p.rule);
    return result.inserted;
}

ImportResult edit_record(Workspace& workspace, const Record& record, RowRules& rules, const std::string& number,
                         const std::vector<std::pair<std::string, std::string>>& texts, const std::string& expected,
                         ImportOptions options) {
    std::vector<std::pair<std::string, std::string>> given{{std::string(record.key), number}};
    for (const auto& one : texts) {
        if (trim(one.second).empty())
            options.clear.insert(one.first);
        else
            given.push_back(one);
    }
    options.bytes = one_row(given);
    options.expected = expected;
    options.on_conflict = OnConflict::update;
    options.again = true;
    options.path = number;
    return import_file(workspace, record, rules, options);
}

}  // namespace agency
