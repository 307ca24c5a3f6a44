// A first map for a file, from its header and its first rows.
#pragma once
#include <string>
#include <vector>

#include "record/field.hpp"
#include "record/source.hpp"

namespace agency {

struct DraftMap {
    std::string toml;                    ///< commented; what is doubtful stands in comments
    int matched = 0;                     ///< headers that feed a field
    std::vector<std::string> unmatched;  ///< headers that do not
    std::vector<std::string> missing;    ///< fields that every record needs and no header feeds
};

/// Each header is matched by key, label, alias, or, in Latin letters, the nearest spelling; units such as `（万元）`
/// behind it count. The header is the first record, or the one among the first 60 that means most. Days are read by
/// the patterns that fit all of the first rows; where day and month could be either, both stand in a comment.
/// `options` as the file shall be read. Error(rejected) as in open_rows; a source that cannot be read twice is kept in
/// memory.
DraftMap draft_map(const Record& r, ByteSource& source, ReadOptions options);

}  // namespace agency
