// What every kind of file must keep: rows in order, as wide as the header or told, cells of UTF-8 without NUL.
#pragma once
#include "base/error.hpp"
#include "base/text.hpp"
#include "fuzz/target.hpp"
#include "record/source.hpp"

namespace agency::fuzz {

inline int read_rows(std::string bytes, FileKind kind) {
    const auto source = memory_source(std::move(bytes));
    ReadOptions options;
    options.kind = kind;
    std::size_t told = 0;
    try {
        const auto rows = open_rows(*source, options, [&](const Problem& p) { told += !p.message.empty(); });
        RawRow row;
        bool bad = false;
        for (std::int64_t last = 0; told = 0, rows->next(row, bad); last = row.row) {
            must(row.row > last);
            must(!bad || told > 0);
            if (!bad) must(row.cells.size() == rows->header().size());
            for (const auto cell : row.cells)
                if (!bad) must(cell.find('\0') == cell.npos && first_invalid_utf8(cell) == cell.npos);
        }
    } catch (const Error& e) {
        must(e.code == Exit::rejected);
    }
    return 0;
}

}  // namespace agency::fuzz
