#include "output/writers.hpp"

namespace agency::output {
namespace {

void add_csv(std::string& line, std::string_view s) {
    if (s.find_first_of(",\"\r\n") == s.npos) {
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

void add_tsv(std::string& line, std::string_view s) {
    for (const char c : s) {
        if (c == '\t')
            line += "\\t";
        else if (c == '\n')
            line += "\\n";
        else if (c == '\r')
            line += "\\r";
        else if (c == '\\')
            line += "\\\\";
        else
            line += c;
    }
}

template <class Add>
void write_lines(Sink& sink, const Grid& grid, Headers headers, char between, Add add) {
    std::string line;
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        if (c) line += between;
        add(line, heading(grid.columns[c], headers));
    }
    sink.write(line + "\n");
    for (std::size_t r = 0; r < grid.rows(); ++r) {
        line.clear();
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            if (c) line += between;
            const Cell& cell = grid.cell(r, c);
            if (cell.null) continue;
            if (grid.columns[c].type == CellType::text)
                add(line, cell.text());
            else
                line += plain(cell, grid.columns[c].type);
        }
        line += '\n';
        sink.write(line);
    }
}

}  // namespace

void write_csv(Sink& sink, const Report& report, const Style& style) {
    write_lines(sink, report.rows, style.headers, ',', add_csv);
}
void write_tsv(Sink& sink, const Report& report, const Style& style) {
    write_lines(sink, report.rows, style.headers, '\t', add_tsv);
}

}  // namespace agency::output
