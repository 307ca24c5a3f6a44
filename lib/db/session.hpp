// THE SEAM: the only door to a database engine. One SQL text serves every engine; schema/README.md has the list of
// what such a text may use. Days, instants and money are bound as text and integers; nothing is computed by SQL's
// clock.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"

namespace agency::db {

/// What takes values by number: a statement, or a row that is loaded.
class Parameters {
public:
    virtual ~Parameters() = default;

    virtual void bind_null(int n) = 0;  ///< n is the number in `$n`, or of the column, from 1 on
    virtual void bind(int n, std::int64_t value) = 0;
    /// Not copied: must live until the run has ended, or the next row is asked for.
    virtual void bind_view(int n, std::string_view value) = 0;
};

/// A prepared statement, kept by its text in the session. `$1`, `$2` … are bound by name, so the order of first
/// appearance in the text does not matter.
class Statement : public Parameters {
public:
    using Parameters::bind;
    virtual void bind(int n, std::string_view value) = 0;  ///< copied

    /// True when a row is there. The first call after reset() runs the statement. Throws Error.
    virtual bool step() = 0;
    virtual void reset() = 0;

    virtual bool is_null(int column) const = 0;           ///< column counts from 0
    virtual std::int64_t integer(int column) const = 0;   ///< 0 for NULL
    virtual std::string_view text(int column) const = 0;  ///< valid until the next step() or reset(); empty for NULL
    virtual int columns() const = 0;
    virtual std::int64_t changes() const = 0;  ///< rows changed by the last run

    std::optional<std::int64_t> maybe_integer(int c) const {
        return is_null(c) ? std::nullopt : std::optional(integer(c));
    }
    std::optional<Date> maybe_day(int c) const { return is_null(c) ? std::nullopt : parse_iso_date(text(c)); }
    Date day(int c) const { return parse_iso_date(text(c)).value_or(Date{}); }
    std::string string(int c) const { return std::string(text(c)); }
};

class Session {
public:
    virtual ~Session() = default;

    /// The statement of this text, reset and ready to bind; prepared once per session. A statement that is still
    /// running may not be asked for again (throws Error(bug)).
    virtual Statement& prepare(std::string_view sql) = 0;
    virtual void run_script(std::string_view sql) = 0;  ///< several statements, no parameters

    virtual void begin_read() = 0;   ///< one snapshot for all reads until rollback()
    virtual void begin_write() = 0;  ///< throws Error(busy) when the lock is not obtained
    /// begin_write() for a change of the schema: tables may be made anew under their names. commit() throws
    /// Error(data_file) when a reference is left dangling.
    virtual void begin_migration() = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;  ///< harmless outside a transaction
    virtual bool in_transaction() const = 0;
    /// How another thread opens a session that only reads and sees what this one sees; nothing where there cannot be
    /// one: this session writes. It answers nullptr when somebody wrote meanwhile.
    virtual std::function<std::unique_ptr<Session>()> twin() = 0;

    /// Like begin_write(), for a transaction that will load about `rows` rows into `table`: references are the caller's
    /// until it ends. `in_order`: they come by their key, after all that are there.
    virtual void begin_load(std::string_view table, std::int64_t rows, bool in_order) = 0;
    /// Inside it, inserts rows: `next` binds the next one's columns, in the order in which they are named, and answers
    /// true, or false when there is none; what it does not bind is NULL. The caller has checked every row and resolved
    /// every reference, so the engine may leave CHECKs out and build the secondary indexes afterwards; unique indexes
    /// hold.
    virtual void load(std::string_view table, const std::vector<std::string>& columns,
                      const std::function<bool(Parameters&)>& next) = 0;

    virtual bool has_table(std::string_view name) = 0;
    virtual void set_version_copy(int version) = 0;  ///< the engine's own note of the schema version

    /// Every problem that the engine itself finds in the file (integrity, foreign keys); empty when sound.
    virtual std::vector<std::string> self_check() = 0;
    virtual std::string engine_version() const = 0;

    // Conveniences over prepare().
    template <class... P>
    Statement& bound(std::string_view sql, const P&... params) {
        Statement& s = prepare(sql);
        int n = 0;
        (bind_one(s, ++n, params), ...);
        return s;
    }
    /// Runs a statement that returns no rows; answers how many rows it changed.
    template <class... P>
    std::int64_t execute(std::string_view sql, const P&... params) {
        Statement& s = bound(sql, params...);
        s.step();
        const auto n = s.changes();
        s.reset();
        return n;
    }
    /// Calls on_row(Statement&) for every row.
    template <class F, class... P>
    void each(std::string_view sql, F&& on_row, const P&... params) {
        Statement& s = bound(sql, params...);
        while (s.step()) on_row(s);
        s.reset();
    }
    /// The first column of the first row; nothing when there is no row or it is NULL.
    template <class... P>
    std::optional<std::int64_t> integer(std::string_view sql, const P&... params) {
        Statement& s = bound(sql, params...);
        std::optional<std::int64_t> out;
        if (s.step() && !s.is_null(0)) out = s.integer(0);
        s.reset();
        return out;
    }
    template <class... P>
    std::optional<std::string> text(std::string_view sql, const P&... params) {
        Statement& s = bound(sql, params...);
        std::optional<std::string> out;
        if (s.step() && !s.is_null(0)) out = s.string(0);
        s.reset();
        return out;
    }

private:
    static void bind_one(Statement& s, int n, std::nullopt_t) { s.bind_null(n); }
    static void bind_one(Statement& s, int n, std::int64_t v) { s.bind(n, v); }
    static void bind_one(Statement& s, int n, int v) { s.bind(n, static_cast<std::int64_t>(v)); }
    static void bind_one(Statement& s, int n, const std::string& v) { s.bind(n, std::string_view(v)); }
    static void bind_one(Statement& s, int n, std::string_view v) { s.bind(n, v); }
    static void bind_one(Statement& s, int n, Date v) { s.bind(n, std::string_view(to_string(v))); }
    static void bind_one(Statement& s, int n, const char* v) { s.bind(n, std::string_view(v)); }
    template <class T>
    static void bind_one(Statement& s, int n, const std::optional<T>& v) {
        if (v)
            bind_one(s, n, *v);
        else
            s.bind_null(n);
    }
};

}  // namespace agency::db
