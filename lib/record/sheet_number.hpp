// What a number of a sheet looks like to whoever reads it there.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace agency {

enum class SheetFormat : std::uint8_t { number, percent, day, time, instant };

/// By the number of a format that every spreadsheet knows, or by a code such as `yyyy"年"m"月"d"日"`, `[$-804]h:mm`.
SheetFormat builtin_format(int id);
SheetFormat format_of(std::string_view code);

struct SheetNumbers {
    bool from_1904 = false;  ///< days count from 1904-01-01, else from 1899-12-31 with a day 1900-02-29 that never was

    /// `value` as it stands in the file becomes `1234.56`, `6%`, `2026-03-01`, `09:30:00`, `2026-03-01 09:30:00`
    /// (midnight is left out). The binary rest of a sum is not seen: 1234.5600000000001 is 1234.56. False: a whole
    /// number of more than 15 digits, which the spreadsheet did not keep.
    bool text_of(std::string_view value, SheetFormat format, std::string& out) const;
};

}  // namespace agency
