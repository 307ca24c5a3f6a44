#include "base/text.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

void add_cell(std::string& line, std::string_view s, char between) {
    if (s.find_first_of("\"\r\n") == s.npos && s.find(between) == s.npos) {
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
    std::string line;
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        if (c) line += between;
        add_cell(line, heading(grid.columns[c], style.headers), between);
    }
    sink.write(line + "\n");
    for (std::size_t r = 0; r < grid.rows(); ++r) {
        line.clear();
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            if (c) line += between;
            const Cell& cell = grid.cell(r, c);
            if (cell.null) continue;
            if (!is_text(grid.columns[c].type))
                line += plain(cell, grid.columns[c].type);
            else if (style.width > 0)  // a terminal: nothing in the data may drive it
                add_cell(line, escape_controls(cell.text()), between);
            else
                add_cell(line, cell.text(), between);
        }
        line += '\n';
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
