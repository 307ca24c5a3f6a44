// Text as people write it: UTF-8, normal forms, display cells, nearest words.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace agency {

/// The offset of the first byte that is not valid UTF-8 (overlongs, surrogates, > U+10FFFF refused), or npos.
/// A NUL byte is valid here.
std::size_t first_invalid_utf8(std::string_view s);

/// Trimmed of ASCII blanks, U+3000 and U+00A0 at both ends; a view into `s`.
std::string_view trim(std::string_view s);

/// True when `s` certainly is NFC already (no code point that could compose or reorder); false means "look closer".
/// The fast path of imports: ASCII, CJK ideographs, full-width forms and CJK punctuation answer true.
bool surely_nfc(std::string_view s);
std::string to_nfc(std::string_view s);  ///< s must be valid UTF-8

/// The form in which names are compared: NFKC, case-folded, blanks removed: `ＡＢＣ（中国）` → `abc(中国)`.
std::string match_form(std::string_view s);
/// NFKC and case folding only (for `~` in conditions).
std::string fold(std::string_view s);

/// Display cells on a terminal: CJK and emoji two, combining marks none, grapheme clusters counted once; control
/// characters count as they are shown by escape_controls.
int cells(std::string_view s);
/// Cut to at most `width` cells at a grapheme boundary; when cut, it ends with `…` (one cell).
std::string truncate_cells(std::string_view s, int width);
/// Broken into lines of at most `width` cells, at blanks and beside CJK characters, else anywhere; closing marks begin
/// no line, opening ones end none.
std::vector<std::string> wrap_cells(std::string_view s, int width);
/// Control characters (C0, DEL, C1, bidi overrides) as `\n`, `\t`, `\x1b`, `\u202e`; the rest as it is.
std::string escape_controls(std::string_view s);
/// The same in a JSON text, as `\u001b`; line ends, which stand between its values, stay.
std::string escape_controls_in_json(std::string_view s);

/// Optimal string alignment distance in code points, case-folded; stops early and returns limit + 1 when it is above
/// limit.
int edit_distance(std::string_view a, std::string_view b, int limit);
/// The candidate nearest to `word`, at a distance of at most max(1, len/3) and 2 for words of 4 and more; a candidate
/// of which `word` is a prefix counts as near. Ties: the first. Empty if none.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace agency
