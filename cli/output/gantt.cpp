// A Gantt chart in cells of a terminal.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/timeline.hpp"

namespace agency::output {
namespace {

constexpr int piped_width = 100, gap = 2, narrowest = 12;

struct Marks {
    const char *task, *critical, *group, *milestone;
};
constexpr Marks fine{"▒", "█", "━", "◆"}, coarse{"=", "#", "-", "*"};

class Gantt {
public:
    /// `heading`: of the column that says what a task waits for.
    Gantt(const Timeline& t, int width, const Style& style, std::string heading)
        : t_(t), style_(style), heading_(std::move(heading)), marks_(style.plain ? coarse : fine) {
        for (const auto& b : t.bars) label_ = std::max(label_, 2 * b.level + cells(b.label));
        label_ = std::min(label_, std::max(4, width * 2 / 5));
        for (const auto& b : t.bars) after_ = std::max(after_, cells(b.after));
        if (after_ > 0) after_ = std::max(after_, cells(heading_));
        after_ = std::min(after_, width / 6);
        room_ = std::max(narrowest, width - label_ - gap - (after_ > 0 ? after_ + gap : 0));
        // A day is never wider than three cells: a short plan is a short drawing.
        room_ = std::min(room_, t.days() * 3);
    }

    void write(Sink& sink) const {
        sink.write(axis());
        for (const auto& b : t_.bars) {
            std::string line = label(b) + std::string(gap, ' ');
            if (after_ > 0) line += padded(b.after, after_) + std::string(gap, ' ');
            if (b.from) line += bar(b);
            while (line.ends_with(' ')) line.pop_back();
            sink.write(line + "\n");
        }
    }

    std::string legend() const {
        std::string out;
        const auto add = [&](const char* mark, const char* name) {
            out += (out.empty() ? "" : "  ") + std::string(mark) + " " + tr(name);
        };
        if (t_.has_critical) add(marks_.critical, N_("critical"));
        add(marks_.task, t_.has_critical ? N_("with float") : N_("from start to end"));
        const auto any = [&](bool TimelineBar::*m) {
            return std::any_of(t_.bars.begin(), t_.bars.end(), [&](const auto& b) { return b.*m; });
        };
        if (any(&TimelineBar::group)) add(marks_.group, N_("group"));
        if (any(&TimelineBar::milestone)) add(marks_.milestone, N_("milestone"));
        return out;
    }

private:
    /// The first cell of a day.
    int cell(Date d) const { return static_cast<int>(static_cast<std::int64_t>(d - t_.first) * room_ / t_.days()); }

    static std::string padded(std::string text, int width) {
        if (cells(text) > width) text = truncate_cells(text, width);
        return text + std::string(static_cast<std::size_t>(std::max(0, width - cells(text))), ' ');
    }
    std::string label(const TimelineBar& b) const {
        return padded(std::string(static_cast<std::size_t>(2 * b.level), ' ') + b.label, label_);
    }

    std::string bar(const TimelineBar& b) const {
        const int from = cell(*b.from), to = std::max(from + 1, cell(*b.to + 1));
        std::string out(static_cast<std::size_t>(b.milestone ? to - 1 : from), ' ');
        const char* mark = b.milestone  ? marks_.milestone
                           : b.group    ? marks_.group
                           : b.critical ? marks_.critical
                                        : marks_.task;
        const bool red = style_.color && b.critical && !b.group;
        if (red) out += "\033[31m";
        for (int i = b.milestone ? to - 1 : from; i < to; ++i) out += mark;
        return red ? out + "\033[0m" : out;
    }

    std::string axis() const {
        std::string marks;
        const auto& one = t_.days() > 365 ? 9 : 7;
        for (const auto& tick : ticks_of(t_, std::max(1, room_ / one))) {
            const auto at = static_cast<std::size_t>(cell(tick.day));
            if (at < marks.size() || (at == marks.size() && at > 0)) continue;
            if (at + tick.text.size() > static_cast<std::size_t>(room_)) break;
            marks += std::string(at - marks.size(), ' ') + tick.text;
        }
        auto line = std::string(static_cast<std::size_t>(label_ + gap), ' ');
        if (after_ > 0) line += padded(heading_, after_) + std::string(gap, ' ');
        return line + marks + "\n";
    }

    const Timeline& t_;
    const Style& style_;
    const std::string heading_;
    const Marks marks_;
    int label_ = 0, after_ = 0, room_ = 0;  ///< cells of the label, of what is waited for, of the days
};

}  // namespace

void write_gantt(Sink& sink, const Report& report, const Style& style) {
    if (!has_days(report.rows))
        throw Error(Exit::usage, tr("these rows have no days from which to which"),
                    tr("gantt takes a list with starts_on and ends_on, e.g. project schedule, contract list"))
            .with_field("format");
    const int width = style.width > 0 ? style.width : piped_width;
    const auto text = [&](const std::string& s) {
        for (const auto& line : wrap_cells(s, width)) sink.write(line + "\n");
    };
    if (!report.title.empty()) text(report.title);
    if (const auto line = parameters_line(report); !line.empty()) text(line);
    const auto t = timeline_of(report.rows);
    if (!t) return text(tr("There are no days to draw."));
    const int after = report.rows.find("after");
    const auto headers = style.headers == Headers::usual ? spoken() : style.headers;
    const Gantt gantt(*t, width, style,
                      after < 0 ? "" : heading(report.rows.columns[static_cast<std::size_t>(after)], headers));
    text(gantt.legend());
    gantt.write(sink);
    for (const auto& c : report.checks)
        if (!c.ok) text(c.name + ": " + c.message);
}

}  // namespace agency::output
