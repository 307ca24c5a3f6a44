// A report is a value: columns, rows, totals and self-checks, and knows nothing of terminals.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"

namespace agency {

/// A word is a text from a closed list: programs read it as it is, people in their language.
enum class CellType : std::uint8_t {
    text,
    word,
    integer,
    decimal,
    money,
    rate,   ///< as it is entered: 0.06, from 1 on 150%, so that it reads back
    ratio,  ///< computed, and may pass 1: 0.06, 1.5
    day,
    instant,
    flag
};
constexpr bool is_text(CellType t) {
    return t == CellType::text || t == CellType::word;
}

struct GridColumn {
    std::string key;  ///< JSON key = CSV header
    CellType type = CellType::text;
    std::string en, zh;                     ///< headings of the table
    std::vector<std::string_view> words{};  ///< of a choice: all that a cell may say
    const char* empty = nullptr;            ///< what people read where a cell is null, an msgid; nullptr: nothing
};
/// An index or forecast: where it would divide by zero the cell is null, and people read n/a (handbook 3.3).
GridColumn or_na(GridColumn c);

/// One cell; 24 bytes, trivially copyable. Money: `n` minor units with `digits` decimals. Rate and ratio: ppm. Day:
/// days since 1970. Instant: micros. Flag: 0 or 1. Text: a view kept alive by the grid (or by a constant).
struct Cell {
    const char* p = nullptr;
    std::int64_t n = 0;
    std::uint32_t size = 0;
    std::uint8_t digits = 0;
    bool null = true;

    std::string_view text() const { return {p, size}; }
};

/// Columns and rows. Rows are kept flat: cell(r, c).
class Grid {
public:
    std::vector<GridColumn> columns;

    std::size_t rows() const { return columns.empty() ? 0 : cells_.size() / columns.size(); }
    const Cell& cell(std::size_t row, std::size_t column) const { return cells_[row * columns.size() + column]; }
    int find(std::string_view key) const;  ///< index of a column, or -1

    // A row is appended cell by cell, left to right; exactly columns.size() calls make a row.
    void add_null() { cells_.push_back({}); }
    void add_text(std::string_view s);      ///< copied; an empty text is null
    void add_constant(std::string_view s);  ///< not copied: a literal or a description's text
    void add_integer(std::int64_t n) { cells_.push_back({nullptr, n, 0, 0, false}); }
    void add_money(std::int64_t minor, int digits) {
        cells_.push_back({nullptr, minor, 0, static_cast<std::uint8_t>(digits), false});
    }
    /// A plain number, not of money: n with `digits` decimals.
    void add_decimal(std::int64_t n, int digits) { add_money(n, digits); }
    void add_rate(std::int64_t ppm) { add_integer(ppm); }
    void add_day(Date d) { add_integer(d.days); }
    void add_instant(Instant t) { add_integer(t.micros); }
    void add_flag(bool b) { add_integer(b ? 1 : 0); }
    void add(const Cell& c) { cells_.push_back(c); }  ///< from a grid that lives as long (see adopt)

    void reserve(std::size_t rows) { cells_.reserve(rows * columns.size()); }
    void keep_rows(const std::vector<std::size_t>& order);     ///< new order and choice of rows
    void keep_columns(const std::vector<std::size_t>& order);  ///< new order and choice of columns

private:
    std::vector<Cell> cells_;
    std::shared_ptr<std::deque<std::string>> blocks_ =
        std::make_shared<std::deque<std::string>>();  ///< owned text; a block never moves, copies share it
};

/// What a cell says in csv, tsv and as a JSON string: `1234.50`, `2026-03-01`, `0.06`; empty for null.
std::string plain(const Cell& c, CellType type);
void append_plain(std::string& out, const Cell& c, CellType type);  ///< the same, at the end of a line

struct Check {
    std::string name;  ///< stable key, `buckets_equal_total`
    bool ok = true;
    std::string message;  ///< the difference when not ok, translated
};

/// How the rows of a report make a tree, by columns: a row stands under the row whose `id` its `parent` says.
struct TreeShape {
    std::string id, parent;
    std::vector<std::string> label;  ///< what is written on it
};

/// What a verb answers. Shapes in JSON:
///   list    {"contracts":[…]}
///   report  {"report":name,"as_of":…,"known_at":…,"parameters":{…},"rows":[…],"totals":[…],"checks":[…]}
///   record  {"contract":{…,"invoices":[…]}}, or with `parts_beside` {"import":{…},"problems":[…]}
struct Report {
    enum class Shape : std::uint8_t { list, report, record } shape = Shape::list;
    std::string name;  ///< `contracts`, `receivable.aging`, `contract`
    std::optional<Date> as_of;
    std::optional<Instant> known_at;  ///< null in JSON when it was not asked for
    std::vector<std::pair<std::string, std::string>> parameters;
    Grid rows;    ///< of a record: exactly one row
    Grid totals;  ///< same columns as rows; may be empty
    std::vector<Check> checks;
    std::vector<std::pair<std::string, Grid>> parts;  ///< of a record: its details, by JSON key
    bool parts_beside = false;
    bool drawn = false;               ///< an html page shows its days as a drawing too
    std::vector<std::string> hidden;  ///< columns that are shown only where --columns names them
    std::vector<std::string> narrow;  ///< columns to keep where a terminal has no room for all, most wanted first
    std::optional<TreeShape> tree;    ///< can be drawn as a tree
    std::string title;                ///< heading above a table for people, translated; may be empty
};

/// A condition on columns: `key (= | != | < | <= | > | >= | ~) value`, joined by `and`; facts.md has the whole rule.
class Condition {
public:
    /// Throws Error(usage) with the nearest key or the operators when `text` cannot be read against these columns.
    Condition(std::string_view text, const std::vector<GridColumn>& columns);
    bool holds(const Grid& grid, std::size_t row) const;

private:
    struct Term {
        std::size_t column;
        int op;
        bool null;
        std::int64_t n;
        int digits;
        std::string text;
        std::string decimal;
    };
    std::vector<Term> terms_;
    std::vector<CellType> types_;
};

/// --where, --sort `-a,b` (stable; nulls last ascending), --limit, --columns `a,b` or `+a,-b`, in this order. Throws
/// Error(usage) with the nearest column. Empty text or no limit leaves the grid as it is. `hidden` columns are dropped
/// unless --columns names them.
struct Shaping {
    std::string where, sort, columns;
    std::optional<std::size_t> limit;
};
void shape(Grid& grid, const Shaping& wish, const std::vector<std::string>& hidden = {});
/// Whether one of the keys is a word of the wish, so that it must be there to be shaped by. A value of --where that
/// reads the same counts too.
bool names_any(const Shaping& wish, const std::vector<std::string>& keys);

}  // namespace agency
