#include "base/money.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

std::string shown(const Cell& c, const GridColumn& column) {
    const auto type = column.type;
    if (c.null) return column.empty ? column.empty : "";
    if (type == CellType::money) return to_grouped(c.n, c.digits);
    std::string out;
    for (const char ch : is_text(type) ? std::string(c.text()) : plain(c, type)) {
        if (ch == '|' || ch == '<')  // a name like <x> would vanish as a tag
            (out += '\\') += ch;
        else if (ch == '\n')
            out += "<br>";
        else
            out += ch;
    }
    return escape_controls(out);
}

void write_grid(Sink& sink, const Grid& grid, const Grid& totals, Headers headers) {
    std::string head = "|", rule = "|";
    for (const auto& c : grid.columns) {
        head += " " + heading(c, headers) + " |";
        rule += is_number(c.type) ? " ---: |" : " --- |";
    }
    sink.write(head + "\n" + rule + "\n");
    const auto rows = [&](const Grid& g, const char* mark) {
        for (std::size_t r = 0; r < g.rows(); ++r) {
            std::string line = "|";
            for (std::size_t c = 0; c < grid.columns.size(); ++c) {
                const auto text = shown(g.cell(r, c), grid.columns[c]);
                line += text.empty() ? " |" : " " + (mark + text + mark) + " |";
            }
            sink.write(line + "\n");
        }
    };
    rows(grid, "");
    rows(totals, "**");
}

}  // namespace

void write_markdown(Sink& sink, const Report& report, const Style& style) {
    write_grid(sink, report.rows, totals_fit(report) ? report.totals : Grid{}, style.headers);
    if (!totals_fit(report) && report.totals.rows()) {
        sink.write("\n");
        write_grid(sink, report.totals, {}, style.headers);
    }
    for (const auto& [key, grid] : report.parts) {
        const bool keys = style.headers == Headers::usual || style.headers == Headers::key;
        sink.write("\n**" + (keys ? key : std::string(tr(key.c_str()))) + "**\n\n");
        write_grid(sink, grid, {}, style.headers);
    }
}

}  // namespace agency::output
