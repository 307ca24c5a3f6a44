// Cells of a CSV that a spreadsheet would change or obey (`--excel`), and the way back.
#pragma once
#include <string>
#include <string_view>

namespace agency {

/// The text as a cell that a spreadsheet shows as it is. Guarded as `="0012"`, a formula that is a text and nothing
/// else, is what would be obeyed (it begins with = + - @, full-width too, behind blanks and apostrophes too) and what
/// would become a number or a day (00123, 12 digits and more, 1-2, 1e5, 3月1日). Longer or with line ends, where a
/// formula cannot hold it, it is guarded by an apostrophe. Anything else stays.
std::string for_excel(std::string_view text);
/// A number as it is written: guarded when it has more than the 15 digits that a spreadsheet keeps.
std::string number_for_excel(std::string number);

/// Takes a guard off: true, and the text in `out`, when there was one. from_excel(for_excel(x)) is x for every x.
bool from_excel(std::string_view cell, std::string& out);

}  // namespace agency
