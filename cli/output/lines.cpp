// Amounts along days as lines, one a column: rows of a grid whose first column is a day and whose others are amounts.
#include <fmt/format.h>

#include <algorithm>

#include "base/money.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

constexpr int width = 900, height = 420, left = 110, right = 20, top = 64, bottom = 40;
constexpr std::string_view strokes[] = {"#5c6370", "#2e7d4f", "#c8372d", "#4c7dbf", "#8a5fb0"};
constexpr std::string_view dashes[] = {"6 4", "", "2 3", "", "8 3 2 3"};  // told apart on black-and-white paper, too

bool is_curve(const Grid& g) {
    return g.rows() > 1 && g.columns.size() > 1 && g.columns[0].type == CellType::day &&
           std::all_of(g.columns.begin() + 1, g.columns.end(),
                       [](const GridColumn& c) { return c.type == CellType::money; });
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '&' ? std::string("&amp;") : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
}

class Lines {
public:
    explicit Lines(const Grid& g) : g_(g) {
        first_ = g.cell(0, 0).n;
        last_ = std::max(first_ + 1, g.cell(g.rows() - 1, 0).n);
        for (std::size_t r = 0; r < g.rows(); ++r)
            for (std::size_t c = 1; c < g.columns.size(); ++c)
                if (const Cell& cell = g.cell(r, c); !cell.null) {
                    low_ = std::min(low_, cell.n);
                    high_ = std::max(high_, cell.n);
                    digits_ = cell.digits;
                }
        if (high_ == low_) high_ = low_ + 1;
    }

    void write(Sink& sink, const std::vector<std::string>& headings) const {
        constexpr int steps = 4;
        for (int i = 0; i <= steps; ++i) {
            const auto amount = low_ + static_cast<std::int64_t>(static_cast<__int128>(high_ - low_) * i / steps);
            sink.write(
                fmt::format("<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" class=\"line\"/><text "
                            "x=\"{3}\" y=\"{4:.1f}\" class=\"soft\" text-anchor=\"end\">{5}</text>\n",
                            left, width - right, y(amount), left - 8, y(amount) + 4, to_grouped(amount, digits_)));
        }
        const auto every = std::max<std::size_t>(1, g_.rows() / 8);
        for (std::size_t r = 0; r < g_.rows(); r += every)
            sink.write(fmt::format("<text x=\"{:.1f}\" y=\"{}\" class=\"soft\" text-anchor=\"middle\">{}</text>\n",
                                   x(g_.cell(r, 0).n), height - bottom + 18,
                                   to_string(Date{static_cast<std::int32_t>(g_.cell(r, 0).n)})));
        for (std::size_t c = 1; c < g_.columns.size(); ++c) line(sink, c, headings[c]);
    }

private:
    double x(std::int64_t day) const {
        return left + static_cast<double>(day - first_) * (width - left - right) / static_cast<double>(last_ - first_);
    }
    double y(std::int64_t amount) const {
        return height - bottom -
               static_cast<double>(amount - low_) * (height - top - bottom) / static_cast<double>(high_ - low_);
    }
    void line(Sink& sink, std::size_t c, const std::string& name) const {
        const auto kind = (c - 1) % std::size(strokes);
        std::string points;
        for (std::size_t r = 0; r < g_.rows(); ++r)
            if (const Cell& cell = g_.cell(r, c); !cell.null)
                points += fmt::format("{:.1f},{:.1f} ", x(g_.cell(r, 0).n), y(cell.n));
        const auto look = fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{}\"",
                                      strokes[kind], dashes[kind]);
        sink.write(
            fmt::format("<polyline points=\"{}\" {}><title>{}</title></polyline>\n", points, look, escaped(name)));
        const int at = left + static_cast<int>(c - 1) * 150;
        sink.write(
            fmt::format("<line x1=\"{0}\" x2=\"{1}\" y1=\"50\" y2=\"50\" {2}/><text x=\"{3}\" y=\"54\" "
                        "class=\"ink\">{4}</text>\n",
                        at, at + 24, look, at + 30, escaped(name)));
    }

    const Grid& g_;
    std::int64_t first_ = 0, last_ = 1, low_ = 0, high_ = 0;
    int digits_ = 2;
};

}  // namespace

bool write_lines(Sink& sink, const Report& report, const Style& style, bool alone) {
    if (!is_curve(report.rows)) return false;
    std::vector<std::string> headings;
    for (const auto& c : report.rows.columns) headings.push_back(heading(c, spoken()));
    const auto title = escaped(title_of(report, style));
    sink.write(fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" "
        "style=\"max-width:100%;height:auto\" font-family=\"system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft "
        "YaHei', sans-serif\" font-size=\"12\">\n<title>{2}</title>\n<style>.page{{fill:#fff}}.ink{{fill:var(--ink,"
        "#1c1e21)}}.soft{{fill:var(--soft,#5c6370)}}.line{{stroke:var(--line,#d4d7dc)}}</style>\n",
        width, height, title));
    if (alone)
        sink.write(
            fmt::format("<rect width=\"{0}\" height=\"{1}\" class=\"page\"/>\n<text x=\"{2}\" y=\"20\" "
                        "class=\"ink\" font-size=\"15\" font-weight=\"600\">{3}</text>\n<text x=\"{2}\" "
                        "y=\"36\" class=\"soft\">{4}</text>\n",
                        width, height, 16, title, escaped(parameters_line(report))));
    Lines(report.rows).write(sink, headings);
    sink.write("</svg>\n");
    return true;
}

}  // namespace agency::output
