// A timeline as a drawing for paper and screen: one SVG that fetches nothing.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/timeline.hpp"

namespace agency::output {
namespace {

constexpr int row = 20, axis = 18, heading = 40, margin = 16, chart = 760, character = 7, widest_label = 340,
              half_diamond = 6;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '&'   ? std::string("&amp;")
               : c == '<' ? "&lt;"
               : c == '>' ? "&gt;"
               : c == '"' ? "&quot;"
                          : std::string(1, c);
    return out;
}

class Drawing {
public:
    Drawing(const Timeline& t, bool alone) : t_(t), top_(axis + (alone ? heading : 0)) {
        for (const auto& b : t.bars) label_ = std::max(label_, character * (2 * b.level + cells(b.label)) + 8);
        label_ = std::min(label_, widest_label);
        height_ = top_ + row * static_cast<int>(t.bars.size()) + margin;
    }

    void write(Sink& sink, const std::string& title, const std::string& under, bool alone) const {
        const int width = 2 * margin + label_ + chart;
        sink.write(
            fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
                        "height=\"{1}\" role=\"img\" style=\"max-width:100%;height:auto\" font-family=\"system-ui, "
                        "'Noto Sans CJK SC', 'PingFang SC', "
                        "'Microsoft YaHei', sans-serif\" font-size=\"12\">\n<title>{2}</title>\n",
                        width, height_, escaped(title)));
        sink.write(style);
        if (alone) sink.write(fmt::format("<rect width=\"{}\" height=\"{}\" class=\"page\"/>\n", width, height_));
        if (alone)
            sink.write(
                fmt::format("<text x=\"{0}\" y=\"18\" class=\"ink\" font-size=\"15\" font-weight=\"600\">{1}</text>\n"
                            "<text x=\"{0}\" y=\"34\" class=\"soft\">{2}</text>\n",
                            margin, escaped(title), escaped(under)));
        grid(sink);
        for (const auto& l : t_.links) link(sink, l);
        int y = top_;
        for (const auto& b : t_.bars) {
            bar(sink, b, y);
            y += row;
        }
        sink.write("</svg>\n");
    }

private:
    static constexpr std::string_view style =
        "<style>.page{fill:#fff}.ink{fill:var(--ink,#1c1e21)}.soft{fill:var(--soft,#5c6370)}.line{stroke:var(--line,#"
        "d4d7dc)}"
        ".task{fill:#4c7dbf}.critical{fill:#c8372d}.group{fill:var(--soft,#3a3f47)}"
        ".link{fill:none;stroke:#8a919c}.link-head{fill:#8a919c}.critical-link{fill:none;stroke:#c8372d;stroke-width:1."
        "5}"
        ".critical-link-head{fill:#c8372d}"
        "@media "
        "print{.page{fill:none}.task{fill:#888}.critical{fill:#000}.soft{fill:#333}.critical-link{stroke:#000}."
        "critical-link-head{fill:#000}}</style>\n";

    double x(Date d) const { return margin + label_ + static_cast<double>(d - t_.first) * chart / t_.days(); }

    void grid(Sink& sink) const {
        for (const auto& tick : ticks_of(t_, chart / 60)) {
            sink.write(
                fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2}\" class=\"line\"/>"
                            "<text x=\"{0:.1f}\" y=\"{3}\" class=\"soft\" font-size=\"10\">{4}</text>\n",
                            x(tick.day), top_ - 4, height_ - margin + 4, top_ - 8, tick.text));
        }
    }

    /// Where a line leaves or enters a bar: its start on the left, its finish on the right.
    double end_of(const TimelineBar& b, bool start) const {
        if (b.milestone) return x(*b.to + 1) + (start ? -half_diamond : half_diamond);
        return start ? x(*b.from) : std::max(x(*b.from) + 1.5, x(*b.to + 1));
    }

    /// Along days and rows; where there is no room between the ends, around through the gap between two rows.
    void link(Sink& sink, const TimelineLink& l) const {
        const auto middle = [&](std::size_t bar) { return top_ + row * static_cast<int>(bar) + row / 2; };
        const double x1 = end_of(t_.bars[l.from], l.leaves_start), x2 = end_of(t_.bars[l.to], !l.enters_finish);
        const int y1 = middle(l.from), y2 = middle(l.to);
        const double out = l.leaves_start ? -4 : 4, in = l.enters_finish ? 6 : -6;
        std::string path = fmt::format("M{:.1f} {}", x1, y1);
        const double turn = l.leaves_start == l.enters_finish ? x1 + out
                            : l.leaves_start                  ? std::min(x1 + out, x2 + in)
                                                              : std::max(x1 + out, x2 + in);
        const bool room = l.leaves_start != l.enters_finish || (l.leaves_start ? turn >= x2 + 6 : turn <= x2 - 6);
        if (room)
            path += fmt::format("H{:.1f}V{}", turn, y2);
        else
            path += fmt::format("H{:.1f}V{}H{:.1f}V{}", x1 + out, y1 + (y2 > y1 ? row / 2 : -row / 2), x2 + in, y2);
        const char* kind = l.critical ? "critical-link" : "link";
        sink.write(
            fmt::format("<path d=\"{0}H{1:.1f}\" class=\"{2}\"><title>{3}</title></path>"
                        "<path d=\"M{1:.1f} {4}l{5} -3v6z\" class=\"{2}-head\"/>\n",
                        path, x2, kind, escaped(l.text), y2, l.enters_finish ? 5 : -5));
    }

    void bar(Sink& sink, const TimelineBar& b, int y) const {
        const int indent = 2 * b.level * character;
        const auto text = truncate_cells(b.label, std::max(4, (label_ - indent - 8) / character));
        std::string out = fmt::format("<text x=\"{}\" y=\"{}\" class=\"ink\"{}>{}</text>", margin + indent, y + 14,
                                      b.group ? " font-weight=\"600\"" : "", escaped(text));
        if (b.from) {
            const double from = x(*b.from), to = x(*b.to + 1);
            const char* kind = b.group ? "group" : b.critical ? "critical" : "task";
            if (b.milestone)
                out += fmt::format("<path d=\"M{0:.1f} {1}l6 6l-6 6l-6 -6z\" class=\"{2}\">", to, y + 4, kind);
            else
                out += fmt::format("<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" rx=\"2\" class=\"{}\">",
                                   from, y + (b.group ? 7 : 4), std::max(1.5, to - from), b.group ? 5 : 12, kind);
            out += fmt::format("<title>{} {} – {}</title></{}>", escaped(b.label), to_string(*b.from), to_string(*b.to),
                               b.milestone ? "path" : "rect");
        }
        sink.write(out + "\n");
    }

    const Timeline& t_;
    const int top_;  ///< of the first row
    int label_ = 80, height_ = 0;
};

}  // namespace

bool write_drawing(Sink& sink, const Report& report, const Style& style, bool alone) {
    const auto t = timeline_of(report.rows);
    if (!t) return write_lines(sink, report, style, alone);
    Drawing(*t, alone).write(sink, title_of(report, style), alone ? parameters_line(report) : "", alone);
    return true;
}

void write_svg(Sink& sink, const Report& report, const Style& style) {
    if (write_drawing(sink, report, style, true)) return;
    if (!has_days(report.rows))
        throw Error(
            Exit::usage, tr("there is nothing in these rows that svg could draw"),
            tr("svg takes a tree (org chart), days from which to which (project schedule) or amounts along days "
               "(project curve)"))
            .with_field("format");
    sink.write(
        fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"480\" height=\"40\"><text x=\"8\" y=\"24\">{}"
                    "</text></svg>\n",
                    escaped(tr("There are no days to draw."))));
}

}  // namespace agency::output
