// Which column of a file feeds which field.
#pragma once
#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/field.hpp"
#include "record/source.hpp"

namespace agency {

/// Where a field's text comes from in a file.
struct Origin {
    int column = -1;  ///< of the file, from 0; -1: none
    const ColumnMap* map = nullptr;
    std::vector<std::pair<std::string, int>> parts;  ///< of a template: literal text, then a column (-1: none)

    bool given() const { return column >= 0 || !parts.empty() || (map && map->value); }
    /// The text that a row gives; one that is composed is kept in `texts`.
    std::string_view text_of(const std::vector<std::string_view>& cells, std::deque<std::string>& texts) const;
};

/// Headers match fields by key, label or alias in either language, or by the map. A header that means nothing, two that
/// mean the same field and a needed field without a column are problems of `row`; a file that may only change records
/// (`updates`) needs no more than the key. Error(usage) when the map does not fit.
std::vector<Origin> match_header(const Record& r, const std::vector<std::string>& header, std::int64_t row,
                                 const FileMap& map, bool updates, std::vector<Problem>& problems);

/// The match forms of all headers that mean a field: key, labels, aliases.
std::vector<std::string> spellings(const Field& f);

/// What a rejects file says of each of its rows.
inline constexpr std::string_view rejects_notes[] = {"_row", "_column", "_rule", "_message"};
/// The key under which a line of JSONL is kept that cannot be kept as an object.
inline constexpr std::string_view rejects_text = "_text";
inline bool is_note_of_rejects(std::string_view header) {
    return std::find(std::begin(rejects_notes), std::end(rejects_notes), header) != std::end(rejects_notes);
}

/// The `[where]` of a map: which rows count.
class RowFilter {
public:
    RowFilter() = default;
    /// The headers are there (match_header has looked).
    RowFilter(const FileMap& map, const std::vector<std::string>& header);
    bool holds(const std::vector<std::string_view>& cells) const;

private:
    std::vector<std::pair<std::size_t, RowCondition>> conditions_;
};

}  // namespace agency
