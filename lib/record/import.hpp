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
    bool again = false;                          ///< a file of the same rows may come a second time
    std::string command;                         ///< recorded on the operation
    std::optional<std::string> bytes;            ///< instead of the file: one record typed by hand (see add_record)
    std::function<void(std::int64_t)> progress;  ///< rows read so far; may be empty
};

struct ImportResult {
    std::int64_t read = 0, inserted = 0, updated = 0, unchanged = 0, rejected = 0, skipped = 0;
    std::vector<Problem> problems;  ///< in file order
    Encoding encoding = Encoding::utf8;
    bool written = false;
    std::int64_t first_id = 0;  ///< of the inserted rows
};

/// A row on its way in: values in field order, and where to say what is wrong with it.
class ImportRow {
public:
    std::vector<Value> values;
    std::uint32_t id = 0;     ///< that it will have
    std::int64_t number = 0;  ///< row in the file
    bool bad = false;

    /// The field is wrong; `field` may be a key of the record, or empty for the row as a whole.
    std::function<void(std::string_view field, std::string_view rule, std::string message, bool warning)> report;
    void problem(std::string_view field, std::string_view rule, std::string message) {
        report(field, rule, std::move(message), false);
    }
    void warning(std::string_view field, std::string_view rule, std::string message) {
        report(field, rule, std::move(message), true);
    }
};

/// What a noun adds to the generic import. One object lives for one import.
class RowRules {
public:
    virtual ~RowRules() = default;
    /// Called before the first row of a pass (which may happen twice), inside a read or the write transaction.
    virtual void begin(Workspace&, const ImportOptions&) {}
    /// The id that a reference means; 0 when there is none. Called with text as it stands in the file.
    virtual std::uint32_t resolve(const Field& f, std::string_view text) = 0;
    /// Of an amount without a currency; asked when the references of the row are known.
    virtual Currency default_currency(const ImportRow&) { return {}; }
    /// Fills defaults and reports what breaks a rule. Values of references are ids.
    virtual void check(ImportRow& row) = 0;
    /// The row is good: it will be written with row.id.
    virtual void take(const ImportRow&) {}
    /// Before the rows are inserted (new clients), and after (kept balances). `first` is the first new id.
    virtual void before_insert(Operation&) {}
    virtual void after_insert(Operation&, std::uint32_t /*first*/) {}
};

/// Throws Error: rejected (exit 9) is not thrown but told by the result (written = false and problems that are no
/// warnings). Throws conflict when the same rows came before and `again` is not set (records without a number),
/// outside, busy.
ImportResult import_file(Workspace& workspace, const Record& record, RowRules& rules, const ImportOptions& options);

/// One record from texts by field key, through the same checks as a file. Answers its id; the first problem is thrown
/// as Error (usage, not_found, conflict or refused), warnings are given to `warn`.
std::int64_t add_record(Workspace& workspace, const Record& record, RowRules& rules,
                        const std::vector<std::pair<std::string, std::string>>& texts, ImportOptions options,
                        const std::function<void(const Problem&)>& warn);

/// Reads one cell as a value of the field; a fault is a sentence. `digits` of money; texts that had to change are kept
/// in `texts`.
std::optional<std::string> parse_value(const Field& f, std::string_view text, const ColumnMap* map, int digits,
                                       Value& out, std::deque<std::string>& texts);

}  // namespace agency
