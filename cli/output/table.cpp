#include <algorithm>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

constexpr int gap = 2, narrowest = 12;

std::string shown(const Cell& c, const GridColumn& column) {
    return column.type == CellType::text ? escape_controls(c.text()) : for_people(c, column);
}

/// Which columns are shown, and how wide.
struct Layout {
    std::vector<std::size_t> columns;
    std::vector<int> widths;  ///< by column of the grid
};

int least_width(const Grid& grid, std::size_t column, int natural) {
    return is_text(grid.columns[column].type) && column > 0 ? std::min(natural, narrowest) : natural;
}

bool is_money(const Grid& grid, std::size_t column) {
    return grid.columns[column].type == CellType::money;
}

/// The columns in the order in which they get room, in groups of which all are shown or none: the first, which says
/// what a row is about, the wanted ones, the others; the currency before any amount. Amounts side by side of which none
/// is wanted (the buckets of an aging) are one group, for some of them would pass for all.
std::vector<std::vector<std::size_t>> groups_of(const Grid& grid, const std::vector<std::string>& wanted) {
    std::vector<std::size_t> order{0};
    const auto add = [&](int c) {
        if (c > 0 && std::find(order.begin(), order.end(), c) == order.end())
            order.push_back(static_cast<std::size_t>(c));
    };
    const auto add_all = [&](int c) {
        if (c > 0 && is_money(grid, static_cast<std::size_t>(c))) add(grid.find("currency"));
        add(c);
    };
    for (const auto& key : wanted) add_all(grid.find(key));
    const auto others = order.size();
    for (std::size_t c = 1; c < grid.columns.size(); ++c) add_all(static_cast<int>(c));
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool beside =
            i > others && order[i] == order[i - 1] + 1 && is_money(grid, order[i]) && is_money(grid, order[i - 1]);
        if (!beside) groups.emplace_back();
        groups.back().push_back(order[i]);
    }
    return groups;
}

/// All columns at their natural widths where there is room. Else as many groups as have room at their least, no amount
/// without its currency; then the widest texts give way. The first column is never cut.
Layout lay_out(const Grid& grid, const Grid& totals, int width, const std::vector<std::string>& wanted) {
    Layout out;
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        int w = cells(heading(grid.columns[c], spoken()));
        for (const Grid* g : {&grid, &totals})
            for (std::size_t r = 0; r < g->rows(); ++r) w = std::max(w, cells(shown(g->cell(r, c), grid.columns[c])));
        out.widths.push_back(w);
        out.columns.push_back(c);
    }
    if (width <= 0) return out;
    const auto total = [&] {
        int sum = -gap;
        for (const auto c : out.columns) sum += out.widths[c] + gap;
        return sum;
    };
    if (total() <= width) return out;

    std::vector<std::size_t> kept;
    int used = -gap;
    const int currency = grid.find("currency");
    for (const auto& group : groups_of(grid, wanted)) {
        int least = 0;
        for (const auto c : group) least += least_width(grid, c, out.widths[c]) + gap;
        const bool said = currency < 0 || !is_money(grid, group.front()) ||
                          std::find(kept.begin(), kept.end(), currency) != kept.end();
        if (!kept.empty() && (used + least > width || !said)) continue;
        kept.insert(kept.end(), group.begin(), group.end());
        used += least;
    }
    std::sort(kept.begin(), kept.end());
    out.columns = kept;
    for (int over = total() - width; over > 0; --over) {
        const auto room = [&](std::size_t c) { return out.widths[c] - least_width(grid, c, out.widths[c]); };
        const auto widest = *std::max_element(kept.begin(), kept.end(), [&](auto a, auto b) {
            return std::pair(room(a) > 0, out.widths[a]) < std::pair(room(b) > 0, out.widths[b]);
        });
        if (room(widest) <= 0) break;
        --out.widths[widest];
    }
    return out;
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

/// In lines of at most `width` cells; 0: one line.
void write_wrapped(Sink& sink, const std::string& text, int width) {
    if (width <= 0) return sink.write(text + "\n");
    for (const auto& line : wrap_cells(text, width)) sink.write(line + "\n");
}

void write_grid(Sink& sink, const Grid& grid, const Grid& totals, const Style& style,
                const std::vector<std::string>& wanted = {}) {
    const auto layout = lay_out(grid, totals, style.width, wanted);
    std::string line, rule;
    const auto add = [&](std::size_t c, std::string text) {
        add_cell(line, std::move(text), layout.widths[c], is_number(grid.columns[c].type), c == layout.columns.front());
    };
    for (const auto c : layout.columns) {
        add(c, heading(grid.columns[c], spoken()));
        if (!rule.empty()) rule.append(gap, ' ');
        rule.append(static_cast<std::size_t>(layout.widths[c]), '-');
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    sink.write(style.color ? "\033[1m" + line + "\033[0m\n" : line + "\n");
    write_line(sink, rule);
    for (const Grid* g : {&grid, &totals}) {
        if (g == &totals && g->rows()) write_line(sink, rule);
        for (std::size_t r = 0; r < g->rows(); ++r) {
            line.clear();
            for (const auto c : layout.columns) add(c, shown(g->cell(r, c), grid.columns[c]));
            write_line(sink, line);
        }
    }
    if (layout.columns.size() == grid.columns.size() || !style.notes) return;
    std::string left_out;
    for (std::size_t c = 0; c < grid.columns.size(); ++c)
        if (std::find(layout.columns.begin(), layout.columns.end(), c) == layout.columns.end())
            left_out += (left_out.empty() ? "" : " ") + grid.columns[c].key;
    const auto keys = fmt::arg("keys", left_out);
    const auto note = style.choice ? say("No room for: {keys}. Choose with --columns.", keys)
                                   : say("No room for: {keys}. --format json has them.", keys);
    sink.write("\n");
    write_wrapped(sink, note, style.width);
}

void write_pairs(Sink& sink, const Grid& grid) {
    int width = 0;
    for (std::size_t c = 0; c < grid.columns.size(); ++c)
        if (!grid.cell(0, c).null) width = std::max(width, cells(heading(grid.columns[c], spoken())));
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        if (grid.cell(0, c).null) continue;
        std::string line;
        add_cell(line, heading(grid.columns[c], spoken()), width, false, true);
        write_line(sink, line + "  " + shown(grid.cell(0, c), grid.columns[c]));
    }
}

}  // namespace

void write_table(Sink& sink, const Report& report, const Style& style) {
    if (!report.title.empty()) sink.write(report.title + "\n");
    if (const auto line = parameters_line(report); !line.empty()) {
        write_wrapped(sink, line, style.width);
        sink.write("\n");
    }
    if (report.shape == Report::Shape::record && report.rows.rows())
        write_pairs(sink, report.rows);
    else if (!report.rows.columns.empty()) {
        const bool same = totals_fit(report);
        write_grid(sink, report.rows, same ? report.totals : Grid{}, style, report.narrow);
        if (!same && report.totals.rows()) {
            sink.write("\n");
            write_grid(sink, report.totals, {}, style);
        }
    }
    for (const auto& [key, grid] : report.parts) {
        if (grid.rows() == 0) continue;
        sink.write(std::string("\n") + tr(key.c_str()) + "\n");
        write_grid(sink, grid, {}, style);
    }
    for (const auto& c : report.checks)
        if (!c.ok) sink.write(escape_controls(c.name + ": " + c.message) + "\n");
}

}  // namespace agency::output
