// The checking pass of an import: every row is understood, checked and, when good, spooled.
#pragma once
#include <memory>

#include "record/header.hpp"
#include "record/import.hpp"
#include "record/key_table.hpp"
#include "record/references.hpp"
#include "record/rejects.hpp"
#include "record/spool.hpp"
#include "record/stored_keys.hpp"
#include "record/tree.hpp"
#include "workspace/closed_months.hpp"

namespace agency {

/// Rows that only all rows together show to be wrong, by their number in the file.
using Condemned = std::map<std::int64_t, std::vector<Problem>>;

class Pass {
public:
    /// `condemned`: rows that an earlier pass over the same file found wrong after its last row. `may_trust`: see
    /// trusts().
    Pass(Workspace& w, const Record& r, RowRules& rules, const ImportOptions& options, const Condemned& condemned,
         bool may_trust);

    /// Reads to the end, whatever is wrong on the way. Error(outside) when the source or TMPDIR fails.
    void run(ByteSource& source);

    /// Nothing may be written: the file as a whole is no good, or a row is and rows are not to be rejected.
    bool stopped() const { return fatal_ || (!options_.reject && result.rejected > 0); }
    std::uint32_t first() const { return first_; }  ///< id of the first new row
    /// Fields of which some new row has a value.
    const std::vector<bool>& used() const { return used_; }
    /// New rows come by key, after all that are stored.
    bool in_order() const { return ascending_ && stored_.all_after(); }
    const Condemned& late() const { return late_; }  ///< found after the last row, so these rows are in the spool
    /// Keys of a large file in no order were not looked for among the stored ones: should one be there, the unique
    /// index refuses the load. Nothing is known of them then, nor beside any other problem: another pass is needed.
    bool trusts() const { return trusts_; }
    /// References of a spooled row that stood for later rows become ids.
    void resolve(std::vector<Value>& values) const;

    ImportResult result;
    Spool spool;
    std::unique_ptr<Rejects> rejects;  ///< nullptr: rows are not rejected
    /// Of a noun that nobody numbers, of which files were imported: all understood rows, for those of a file that comes
    /// again are refused where they do not fit twice. nullptr: none, or a row is none.
    std::unique_ptr<Spool> repeated;

private:
    void read(ByteSource& source);
    void expect(std::size_t rows);  ///< about so many, by the first rows and the size of the file
    void expect_keys(std::size_t rows);
    void one(const RawRow& raw, bool bad, Encoding encoding);
    void understand(const RawRow& raw);
    void parse(std::size_t k, const RawRow& raw, int digits);
    Currency currency_of_row();
    void find_old(const RawRow& raw);
    void compose_key(const RawRow& raw);
    std::uint32_t holder(std::string_view key);
    void remember_keys();
    void keep_keys_of_spool();
    void keep_key(std::string_view key, std::uint32_t id);
    bool can_trust() const;
    bool passes_void(bool understood);
    bool is_called(const Record& target, const Value& id, std::string_view name) const;
    void check_key();
    void check_open();
    void check_missing(bool defaulted);
    void overlay();
    void settle();
    void finish();
    void place(Problem& p) const;
    void note(Problem p);
    void fault(std::string_view field, Exit code, std::string message, std::string hint = {});
    void note_closed(std::string_view field, Date day);

    Workspace& w_;
    const Record& r_;
    RowRules& rules_;
    const ImportOptions& options_;
    std::size_t key_;
    int currency_ = -1;  ///< index of the field, or -1
    Date effective_;
    std::optional<Month> closed_;
    std::unordered_map<std::int64_t, Date> voids_;

    // Keys. As long as they come in ascending order none can stand twice, and the stored ones are gone through beside
    // them; the table is filled when the first one does not, or is stored.
    KeyedRows<char> known_;  ///< 1: changed by an earlier row of this file
    KeyTable of_file_;       ///< in place of `known_` once trusts_
    StoredKeys stored_;
    bool may_trust_, trusts_ = false;
    bool ascending_ = true;
    std::string last_key_;
    std::uint32_t first_ = 1, next_ = 1;
    std::size_t expected_ = 0;

    std::vector<std::string> header_;
    std::vector<Origin> origins_;
    std::vector<std::size_t> given_;       ///< fields that the file has, but for key and currency
    std::vector<bool> used_;               ///< by field, see used()
    std::vector<std::size_t> missing_[2];  ///< that must not be: without and with a default
    RowFilter filter_;

    // The row at hand.
    ImportRow row_;
    std::optional<Row> old_;
    bool changes_ = false;      ///< it changes a stored record
    std::vector<Value> typed_;  ///< as the file gives them
    std::vector<bool> faulty_;  ///< fields that could not be read
    std::vector<Problem> problems_;
    std::deque<std::string> texts_;
    int hints_left_ = 20;  ///< nearest keys are looked up for so many unknown references

    References references_;
    Tree tree_;
    const Condemned& condemned_;
    Condemned late_;
    bool fatal_ = false;
};

}  // namespace agency
