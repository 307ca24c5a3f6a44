// The rows that were not taken, as they were, with what is wrong with each.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/part_file.hpp"
#include "record/source.hpp"

namespace agency {

/// Rows are kept in the kind, delimiter and encoding of their source, so that the mended file is imported as it is.
/// finish() puts the file in place; without finish() nothing is left.
class Rejects {
public:
    /// `options` as the source is read; of a workbook the rows become CSV.
    Rejects(std::string path, const ReadOptions& options);

    void header(const std::vector<std::string>& cells);
    /// `encoding`: what the source turned out to be so far.
    void add(const RawRow& row, const std::vector<Problem>& problems, Encoding encoding);
    /// Without any row nothing is written, and the rows of an earlier import are removed: a warning among `problems`.
    void finish(std::vector<Problem>& problems);

private:
    void write(std::string_view text, Encoding encoding);
    bool is_old() const;
    std::string path_, header_, buffer_;
    FileKind kind_;
    char delimiter_;
    std::vector<std::string> keys_;   ///< of JSONL: those that every object has
    std::vector<bool> kept_;          ///< by column: no note of an earlier rejects file
    std::unique_ptr<PartFile> file_;  ///< with the first row
};

/// A cell of a delimited file, quoted where it has to be.
std::string quoted_cell(std::string_view text, char delimiter);

/// Error(usage) when `path` is one of `others` (the input, the data file, the map), no ordinary file, or named as
/// another kind than the source; of a workbook they are CSV.
void check_rejects_path(const std::string& path, FileKind kind, const std::vector<std::string>& others);

}  // namespace agency
