// Reading files of rows: XLSX, or CSV, TSV, JSONL in UTF-8, UTF-16 or GB18030, streamed, with the row of everything
// that is wrong.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace agency {

/// One thing wrong with one row. `row` counts records from 1, header and preamble lines included (0: the file as a
/// whole); `column` counts cells from 1 (0: the row as a whole); `header` is the header as it stands in the file.
struct Problem {
    std::int64_t row = 0;
    int column = 0;
    std::string header{};
    std::string field{};      ///< key of the field, or empty
    std::string rule{};       ///< code such as KYC-001, or empty
    std::string message{};    ///< translated, one sentence without a full stop
    std::string hint{};       ///< what to do next, where that is known; translated
    bool warning = false;     ///< reported, but the row counts
    Exit code = Exit::usage;  ///< with which a single `add` would end
};

enum class FileKind : std::uint8_t { csv, tsv, jsonl, xlsx };
/// The names that --from and maps know, in the order of the enumeration.
inline constexpr std::string_view kind_names[] = {"csv", "tsv", "jsonl", "xlsx"};
std::optional<FileKind> kind_named(std::string_view name);
enum class Encoding : std::uint8_t { detect, utf8, gb18030, utf16 };
/// The names that --encoding and maps know, in the order of the enumeration from utf8 on.
inline constexpr std::string_view encoding_names[] = {"utf-8", "gb18030", "utf-16"};
std::string_view name_of(Encoding e);                           ///< of what a file was read as, never of `detect`
std::optional<Encoding> encoding_named(std::string_view name);  ///< also utf8, gbk, utf16

/// Bytes of a file or of standard input.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    virtual std::size_t read(char* out, std::size_t size) = 0;  ///< 0 at the end; throws Error(outside)
    virtual bool rewind() = 0;                                  ///< false when the source cannot start again
    virtual void stop() {}                 ///< from another thread: read() waits no longer and ends
    virtual std::size_t size() const = 0;  ///< in bytes; 0 when it is not known (a pipe)
    virtual std::string name() const = 0;  ///< as the user wrote it, `-` for standard input
};
/// `-` is standard input. Error(outside) when it cannot be opened, or is a folder.
std::unique_ptr<ByteSource> open_source(const std::string& path);
/// The same bytes from memory, for tests and fuzzing.
std::unique_ptr<ByteSource> memory_source(std::string bytes, std::string name = "memory");

/// A record of a file: cells as views that live until the next call of next().
struct RawRow {
    std::int64_t row = 0;  ///< number of the record in the file, from 1
    std::vector<std::string_view> cells;
    std::string_view text;  ///< of JSONL: the line as it stands
};

struct ReadOptions {
    FileKind kind = FileKind::csv;
    Encoding encoding = Encoding::detect;
    char delimiter = 0;      ///< 0: `,` for csv, tab for tsv
    std::string sheet;       ///< of a workbook; empty: the first that is not hidden
    std::string skip_until;  ///< preamble: records before the first one of which a cell contains this text are skipped
    bool empty_end = false;  ///< rows may end in empty cells beyond the header
    std::string stop_at;     ///< footer: the first record of which the first cell begins with this text ends the data
};

/// Rows of one file. CSV follows RFC 4180: quotes, doubled quotes, newlines inside quotes; LF or CRLF, mixed too, or CR
/// alone where the first block has no LF outside quotes; a BOM is dropped, and with it the guards of `--excel`
/// (excel_text.hpp); a record of one cell without a text (blank line) is skipped but counted. Cells are valid UTF-8
/// without NUL. XLSX: `row` is the sheet's; formulas count by their stored results, dates by their formats
/// (sheet_number.hpp), an error in a cell is a problem; a header that is merged downwards is one; what a row lacks is
/// empty, and a column without a header is left out as long as it is empty. Error(rejected) when it unpacks beyond any
/// measure. JSONL: one object a line; header() is the keys of the first object; later objects are matched by key, new
/// keys are problems; numbers keep their text as written (12.30 stays 12.30); null and "" are empty; nested values are
/// problems. Problems of form (ragged row, open quote, text after a closing quote, NUL, bad UTF-8, repeated header row,
/// an HTML or JSON document named .csv, the mark U+FFFD of text that was damaged before) are given to `on_problem`; the
/// row is left out and reading goes on where that is possible.
class RowReader {
public:
    virtual ~RowReader() = default;
    /// The header cells, trimmed. Error(rejected) when the file is empty or no table at all.
    virtual const std::vector<std::string>& header() = 0;
    /// False at the end. A row with a problem of form is given too, with `row.cells` as far as they were read and `bad`
    /// set.
    virtual bool next(RawRow& row, bool& bad) = 0;
    virtual Encoding encoding() const = 0;        ///< what it was read as; final at the end
    virtual std::int64_t header_row() const = 0;  ///< number of the header's record; 0: it has none (JSONL)
    virtual std::int64_t skipped() const = 0;     ///< preamble and footer records left out
};
std::unique_ptr<RowReader> open_rows(ByteSource& source, const ReadOptions& options,
                                     std::function<void(Problem)> on_problem);
/// The same rows, read some blocks ahead by a second thread. `on_problem` is called by the thread that asks for rows,
/// as their turn comes; the source must outlive the reader.
std::unique_ptr<RowReader> open_rows_ahead(ByteSource& source, const ReadOptions& options,
                                           std::function<void(Problem)> on_problem);

/// A map from a file's columns to fields, from TOML (facts.md, "References and headers in files").
struct ColumnMap {
    std::vector<std::string> from;             ///< header in the file; of several, the first that it has
    std::string text_template;                 ///< `{a}-{b}` of headers; instead of from
    std::optional<std::string> value;          ///< a constant; instead of from
    std::string date;                          ///< pattern of parse_date
    std::string unit;                          ///< `percent`, `万元` (10,000), `千元`, `元`, `分`; empty
    std::map<std::string, std::string> words;  ///< file's word → ours
    std::vector<std::string> nulls;            ///< texts that mean "not given"
    bool round = false;                        ///< too many decimals are rounded half up in magnitude
};
/// Whether a row counts, by one of its cells: `x` or `=x`, `!=x`, `~x` (contains, whatever its case), `!~x`, or an
/// amount with `<`, `<=`, `>`, `>=` before it (a cell that is no amount counts, an empty one or `-` does not).
struct RowCondition {
    enum class Operation : std::uint8_t {
        equal,
        unequal,
        contains,
        lacks,
        less,
        at_most,
        at_least,
        more
    } operation = Operation::equal;
    std::string text;
    std::int64_t number = 0;  ///< with six decimals
    bool holds(std::string_view cell) const;
};
struct FileMap {
    ReadOptions read;
    std::map<std::string, RowCondition> where;  ///< by header; rows that do not hold are left out
    std::map<std::string, ColumnMap> columns;   ///< by field key
    std::vector<std::string> ignore;            ///< headers that are not imported
};
/// Error(usage) with file:line:column when the TOML is malformed or has a key that a map does not know (with the
/// nearest).
FileMap load_map(const std::string& path);
FileMap parse_map(std::string_view toml, const std::string& name);

}  // namespace agency
