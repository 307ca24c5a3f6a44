// Batch import of any record by its description: one pass validates every row outside the lock and spools what it
// understood to an unlinked temporary file; then all rows are written in one transaction.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "record/field.hpp"
#include "record/source.hpp"
#include "record/store.hpp"
#include "workspace/workspace.hpp"

namespace agency {

enum class OnConflict : std::uint8_t { fail, skip, update };

enum class ImportStage : std::uint8_t { checking, writing };
constexpr std::int64_t rows_between_progress = 5'000;

struct ImportOptions {
    std::string path;     ///< `-`: standard input
    FileMap map;          ///< empty: headers match fields by key, label or alias
    bool reject = false;  ///< --on-error reject: good rows are written, bad ones go to rejects_path
    std::string rejects_path;
    OnConflict on_conflict = OnConflict::fail;
    std::optional<Date> effective;  ///< of dated facts made by `update`; default today
    std::string batch;
    std::set<std::string> accept;  ///< rules whose problems become warnings (KYC-001)
    bool create_clients = false;
    bool again = false;                  ///< a file of the same rows may come a second time
    std::string command;                 ///< recorded on the operation
    std::optional<std::string> bytes;    ///< instead of the file: one record typed by hand (see add_record)
    std::optional<std::string> content;  ///< instead of the file: rows that were made of it
    bool seed = false;                   ///< the bytes are rows that a new file starts with
    std::set<std::string> clear;         ///< fields of it whose value is taken away (see edit_record)
    std::string expected;                ///< the stored record as it was read before, by json_of(); or empty
    /// Called now and then: so many rows of the stage are behind us, of so many (0: nobody knows). May be empty.
    std::function<void(ImportStage, std::int64_t rows, std::int64_t of)> progress;
};

struct ImportResult {
    std::int64_t read = 0, inserted = 0, updated = 0, unchanged = 0, rejected = 0, skipped = 0;
    std::vector<Problem> problems;  ///< in file order
    std::vector<Problem> accepted;  ///< those of them that --accept made warnings; kept in the trail
    Encoding encoding = Encoding::utf8;
    bool written = false;
    std::int64_t first_id = 0;  ///< of the inserted rows
};

/// A row on its way in: values in field order, and where to say what is wrong with it.
class ImportRow {
public:
    std::vector<Value> values;  ///< of a row that changes a record: as the record would be then
    const Row* old = nullptr;   ///< the record that it changes, as it is in force
    std::uint32_t id = 0;       ///< that it has or will have
    std::int64_t number = 0;    ///< row in the file
    bool bad = false;

    /// Set by the import, which adds the row and the column.
    std::function<void(Problem)> report;

    /// The field is wrong by a rule; `field` may be a key of the record, or empty for the row as a whole. KYC rules
    /// judge what was typed, all others what may be.
    void problem(std::string_view field, std::string_view rule, std::string message, std::string hint = {}) {
        report({.field = std::string(field),
                .rule = std::string(rule),
                .message = std::move(message),
                .hint = std::move(hint),
                .code = rule.empty() || rule.starts_with("KYC") ? Exit::usage : Exit::refused});
    }
    /// It could be right, but not here.
    void refuse(std::string_view field, std::string message) {
        report({.field = std::string(field), .message = std::move(message), .code = Exit::refused});
    }
    void warning(std::string_view field, std::string_view rule, std::string message) {
        report(
            {.field = std::string(field), .rule = std::string(rule), .message = std::move(message), .warning = true});
    }
};

/// What a noun adds to the generic import. One object lives for one import.
class RowRules {
public:
    static constexpr std::uint32_t ambiguous = UINT32_MAX, generic = UINT32_MAX - 2;

    virtual ~RowRules() = default;
    /// Whether unknown clients may be made of their names (--create-clients).
    virtual bool makes_clients() const { return false; }
    /// Rules that --accept may turn into warnings.
    virtual std::span<const std::string_view> acceptable() const { return {}; }
    /// Called before the first row of a pass (which may happen twice), outside or inside the write transaction.
    virtual void begin(Workspace&, const ImportOptions&) {}
    /// About so many rows are coming; told early where it can be guessed.
    virtual void expect(std::size_t /*rows*/) {}
    /// The id that a reference means; 0 when there is none, `ambiguous` when several are called so, `generic`: as for
    /// every record, by key, else by exact name. Called with text as it stands in the file; a reference to the record
    /// itself is the import's own matter.
    virtual std::uint32_t resolve(const Field& /*f*/, std::string_view /*text*/) { return generic; }
    /// Of an amount without a currency; asked when the references of the row are known.
    virtual Currency default_currency(const ImportRow&) { return {}; }
    /// Of a record whose key is made of its parts: fills those that the row leaves out, as check() will.
    virtual void complete_key(ImportRow& /*row*/) {}
    /// Fills defaults and reports what breaks a rule. Called for every row of good form, so any value may be missing,
    /// also one that could not be read; of a row that changes a record, only what may change is judged. References are
    /// ids; one of a tree is below zero when its row is still to come.
    virtual void check(ImportRow& /*row*/) {}
    /// The row is good and will be written; what later rows are compared with is remembered here. May fill values.
    virtual void take(ImportRow&) {}
    /// After the last row: what only all rows together show is told, each on its row of the file.
    using Late = std::function<void(Problem)>;
    /// What a reference of a tree became that stood for a later row; 0: nothing.
    using IdOf = std::function<std::int64_t(std::int64_t reference)>;
    virtual void finish(const Late&, const IdOf&) {}
    /// Before the rows are inserted (new clients), and after (kept balances). `first` is the first new id.
    virtual void before_insert(Operation&) {}
    virtual void after_insert(Operation&, std::uint32_t /*first*/) {}
};

/// Throws Error: rejected (exit 9) is not thrown but told by the result (written = false and problems that are no
/// warnings). Throws conflict when the same rows came before and `again` is not set (records without a number),
/// outside, busy.
ImportResult import_file(Workspace& workspace, const Record& record, RowRules& rules, const ImportOptions& options);

/// The memory of an import (`import list`) and its row of the trail; `hash`: over its rows as they were understood.
void note_import(Operation& op, std::string_view noun, const ImportOptions& options, const ImportResult& done,
                 const std::string& hash);

/// One record from texts by field key, through the same checks as a file. Answers its id; the first problem is thrown
/// as Error (usage, not_found, conflict or refused), warnings are given to `warn`.
std::int64_t add_record(Workspace& workspace, const Record& record, RowRules& rules,
                        const std::vector<std::pair<std::string, std::string>>& texts, ImportOptions options,
                        const std::function<void(const Problem&)>& warn);

/// The rows of an embedded file as a part of the operation at hand; the trail has one row for all of them. A key that
/// is there already is left as it is. Answers how many were added; Error(rejected) with the first problem of a row.
std::int64_t seed_records(Operation& op, const Record& record, RowRules& rules, std::string_view name,
                          std::string_view csv);

/// Changes fields of one record, by field key, through the same checks; an empty text takes the value away. Plain
/// fields have the new value from the beginning, dated ones from `options.effective` on (default today). The problems
/// are in the result. Error(conflict) when the record is not what `expected` says any more.
ImportResult edit_record(Workspace& workspace, const Record& record, RowRules& rules, const std::string& number,
                         const std::vector<std::pair<std::string, std::string>>& texts, const std::string& expected,
                         ImportOptions options);

/// The first problem of one record typed by hand, thrown; warnings are given to `warn`.
void throw_problem(const ImportResult& result, const Record& record, const std::function<void(const Problem&)>& warn);

/// Reads one cell as a value of the field; a fault is a sentence. Money has `digits` decimals and may name no other
/// currency than `currency` (empty: any). Texts that had to change are kept in `texts`.
std::optional<std::string> parse_value(const Field& f, std::string_view text, const ColumnMap* map, int digits,
                                       Value& out, std::deque<std::string>& texts, std::string_view currency = {});

}  // namespace agency
