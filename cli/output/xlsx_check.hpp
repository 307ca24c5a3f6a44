// Whether a workbook came out whole.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace agency::output {

struct SheetSize {
    std::size_t rows = 0, cells = 0;  ///< that have something in them
};

/// libxlsxwriter gathers its parts in temporary files and does not look whether they could be written: with a full disk
/// it makes a well-formed archive with rows missing. So the archive is read again: every part ends with its root, every
/// sheet has the rows and cells that were given, the table of texts as many as it says.
bool is_whole_workbook(std::string_view bytes, const std::vector<SheetSize>& sheets);

}  // namespace agency::output
