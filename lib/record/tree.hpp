// References of a record to itself that make a tree: in a file their rows come in any order.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.hpp"
#include "record/source.hpp"
#include "record/store.hpp"

namespace agency {

/// Of one pass: what later rows are called, and who stands under whom.
class Tree {
public:
    /// What is wrong with a row that was good until then.
    using Report = std::function<void(Problem)>;
    explicit Tree(const Record& r);

    /// Stands for the row of this key, which may come later: below zero.
    Value later(std::size_t field, std::string_view key, std::int64_t row);
    /// A good row: its parents count. `values` as the record would be, placeholders included; `stored`: a record that
    /// is there had others.
    void add(std::uint32_t id, std::int64_t row, const std::vector<Value>& values, bool stored);
    bool used() const { return !rows_.empty(); }

    /// After the last row: finds what was called, reports who is nowhere, and circles among the rows and the records
    /// stored as of `when`, on that day and on every later one on which somebody moves.
    void finish(db::Session& db, const AsOf& when, const std::function<std::uint32_t(std::string_view)>& holder,
                const Report& report);
    /// The id for what later() answered.
    std::int64_t resolve(const Value& v) const { return v.n < 0 ? static_cast<std::int64_t>(ids_[index(v)]) : v.n; }

private:
    struct Called {
        std::size_t field;
        std::string key;
        std::int64_t row;
    };
    struct Known {
        std::int64_t row = 0;  ///< of the file; 0: stored
        std::string key;
        std::vector<Value> parents;  ///< by tree field
    };
    using Rows = std::unordered_map<std::int64_t, Known>;
    static constexpr std::size_t none = SIZE_MAX;
    struct Later {
        Date day;
        std::int64_t id;
        std::size_t field;  ///< index in fields_; none: it is void from then on
        Value parent;
    };
    static std::size_t index(const Value& v) { return static_cast<std::size_t>(-v.n - 1); }
    std::vector<Later> changes_after(db::Session& db, Date day) const;
    bool apply(Rows& rows, std::size_t which, const Later& l) const;
    void find_circles(const Rows& rows, std::size_t which, std::optional<Date> from, const Report& report);

    const Record& r_;
    std::vector<std::size_t> fields_;  ///< indexes of the tree fields
    std::vector<Called> called_;
    std::vector<std::uint32_t> ids_;
    Rows rows_;
    std::set<std::pair<std::int64_t, std::size_t>> told_;  ///< row and field of a circle
};

/// After an undo: Error(refused, by the field's rule) where one of these records stands under itself, on any day.
void require_no_circle(db::Session& db, const Record& r, std::int64_t first, std::int64_t last,
                       std::span<const std::int64_t> touched);

}  // namespace agency
