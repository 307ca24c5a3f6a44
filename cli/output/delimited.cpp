#include <algorithm>

#include "base/text.hpp"
#include "output/writers.hpp"
#include "record/excel_text.hpp"

namespace agency::output {
namespace {

void add_cell(std::string& line, std::string_view s, char between) {
    if (std::none_of(s.begin(), s.end(), [&](char c) { return c == between || c == '"' || c == '\n' || c == '\r'; })) {
        line += s;
        return;
    }
    line += '"';
    for (const char c : s) {
        if (c == '"') line += '"';
        line += c;
    }
    line += '"';
}

/// Cells that hold the delimiter, a quote or a line's end are quoted, in tsv too, so that both read back the same.
void write_lines(Sink& sink, const Grid& grid, const Style& style, char between) {
    const char* const end = style.excel ? "\r\n" : "\n";
    std::string line = style.excel ? "\xEF\xBB\xBF" : "";
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        if (c) line += between;
        add_cell(line, heading(grid.columns[c], style.headers), between);
    }
    sink.write(line + end);
    for (std::size_t r = 0; r < grid.rows(); ++r) {
        line.clear();
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            if (c) line += between;
            const Cell& cell = grid.cell(r, c);
            if (cell.null) continue;
            const auto type = grid.columns[c].type;
            if (!is_text(type)) {
                if (style.excel)
                    add_cell(line, number_for_excel(plain(cell, type)), between);
                else
                    append_plain(line, cell, type);
                continue;
            }
            std::string changed;
            auto text = cell.text();
            if (style.excel) text = changed = for_excel(text);
            if (style.width > 0)
                text = changed = escape_controls(text);  // a terminal: nothing in the data may drive it
            add_cell(line, text, between);
        }
        line += end;
        sink.write(line);
    }
}

}  // namespace

void write_csv(Sink& sink, const Report& report, const Style& style) {
    write_lines(sink, report.rows, style, ',');
}
void write_tsv(Sink& sink, const Report& report, const Style& style) {
    write_lines(sink, report.rows, style, '\t');
}

}  // namespace agency::output
