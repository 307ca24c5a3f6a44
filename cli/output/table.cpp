#include <algorithm>

#include "base/money.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

constexpr int gap = 2, narrowest = 6;

Headers spoken() {
    return language() == "zh_CN" ? Headers::zh : Headers::en;
}

bool is_number(CellType t) {
    return t == CellType::integer || t == CellType::money || t == CellType::rate;
}

std::string shown(const Cell& c, CellType type) {
    if (c.null) return {};
    if (type == CellType::money) return to_grouped(c.n, c.digits);
    return type == CellType::text ? escape_controls(c.text()) : plain(c, type);
}

/// Widths of the columns, fitted to `width` cells by taking from the widest text columns; numbers, days and the first
/// column stay.
std::vector<int> fitted(const Grid& grid, const Grid& totals, int width) {
    std::vector<int> widths;
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        int w = cells(heading(grid.columns[c], spoken()));
        for (std::size_t r = 0; r < grid.rows(); ++r)
            w = std::max(w, cells(shown(grid.cell(r, c), grid.columns[c].type)));
        for (std::size_t r = 0; r < totals.rows(); ++r)
            w = std::max(w, cells(shown(totals.cell(r, c), grid.columns[c].type)));
        widths.push_back(w);
    }
    if (width <= 0) return widths;
    int over = gap * (static_cast<int>(widths.size()) - 1) - width;
    for (const int w : widths) over += w;
    while (over > 0) {
        std::size_t widest = 0;
        for (std::size_t c = 1; c < widths.size(); ++c)
            if (grid.columns[c].type == CellType::text && widths[c] > narrowest &&
                (widest == 0 || widths[c] > widths[widest]))
                widest = c;
        if (widest == 0) break;
        --widths[widest];
        --over;
    }
    return widths;
}

void add_cell(std::string& line, std::string text, int width, bool right, bool first) {
    if (!first) line.append(gap, ' ');
    if (cells(text) > width) text = truncate_cells(text, width);
    const auto pad = static_cast<std::size_t>(std::max(0, width - cells(text)));
    if (right) line.append(pad, ' ');
    line += text;
    if (!right) line.append(pad, ' ');
}

void write_line(Sink& sink, std::string line) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    sink.write(line + "\n");
}

void write_grid(Sink& sink, const Grid& grid, const Grid& totals, const Style& style) {
    const auto widths = fitted(grid, totals, style.width);
    std::string line, rule;
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        add_cell(line, heading(grid.columns[c], spoken()), widths[c], is_number(grid.columns[c].type), c == 0);
        if (c) rule.append(gap, ' ');
        rule.append(static_cast<std::size_t>(widths[c]), '-');
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    sink.write(style.color ? "\033[1m" + line + "\033[0m\n" : line + "\n");
    write_line(sink, rule);
    const auto rows = [&](const Grid& g) {
        for (std::size_t r = 0; r < g.rows(); ++r) {
            line.clear();
            for (std::size_t c = 0; c < grid.columns.size(); ++c)
                add_cell(line, shown(g.cell(r, c), grid.columns[c].type), widths[c], is_number(grid.columns[c].type),
                         c == 0);
            write_line(sink, line);
        }
    };
    rows(grid);
    if (!totals.rows()) return;
    write_line(sink, rule);
    rows(totals);
}

void write_pairs(Sink& sink, const Grid& grid) {
    int width = 0;
    for (std::size_t c = 0; c < grid.columns.size(); ++c)
        if (!grid.cell(0, c).null) width = std::max(width, cells(heading(grid.columns[c], spoken())));
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        if (grid.cell(0, c).null) continue;
        std::string line;
        add_cell(line, heading(grid.columns[c], spoken()), width, false, true);
        write_line(sink, line + "  " + shown(grid.cell(0, c), grid.columns[c].type));
    }
}

}  // namespace

void write_table(Sink& sink, const Report& report, const Style& style) {
    if (!report.title.empty()) sink.write(report.title + "\n");
    if (report.shape == Report::Shape::report) {
        std::string line;
        if (report.as_of) line = "as_of " + to_string(*report.as_of);
        if (report.known_at) line += "  known_at " + to_string(*report.known_at);
        for (const auto& [key, value] : report.parameters)
            if (!value.empty()) line += (line.empty() ? "" : "  ") + key + " " + escape_controls(value);
        if (!line.empty()) sink.write(line + "\n\n");
    }
    if (report.shape == Report::Shape::record && report.rows.rows())
        write_pairs(sink, report.rows);
    else if (!report.rows.columns.empty()) {
        const bool same = report.totals.columns.size() == report.rows.columns.size();
        write_grid(sink, report.rows, same ? report.totals : Grid{}, style);
        if (!same && report.totals.rows()) {
            sink.write("\n");
            write_grid(sink, report.totals, {}, style);
        }
    }
    for (const auto& [key, grid] : report.parts) {
        if (grid.rows() == 0) continue;
        sink.write("\n" + key + "\n");
        write_grid(sink, grid, {}, style);
    }
    for (const auto& c : report.checks)
        if (!c.ok) sink.write(c.name + ": " + c.message + "\n");
}

}  // namespace agency::output
