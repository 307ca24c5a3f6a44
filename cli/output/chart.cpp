#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

constexpr int piped_width = 80, gap = 2, shortest_bar = 8;

/// What a bar is about, and what it says.
struct Choice {
    std::vector<std::size_t> labels;  ///< the key, then a name
    std::size_t value = 0;
    std::optional<std::size_t> part, currency;
};

struct Bar {
    std::string label, figure, share;  ///< share: the part's figure
    std::int64_t value = 0, part = 0;
    bool null = false;
};

/// The column that is drawn: of columns that the user chose the first number; else `total`, `outstanding`, `open` or
/// `amount`, else the first amount, else the first number.
std::optional<std::size_t> value_column(const Grid& grid, bool chosen) {
    if (!chosen)
        for (const char* key : {"total", "outstanding", "open", "amount"})
            if (const int c = grid.find(key); c >= 0 && is_number(grid.columns[static_cast<std::size_t>(c)].type))
                return static_cast<std::size_t>(c);
    for (const bool any : {chosen, true})
        for (std::size_t c = 0; c < grid.columns.size(); ++c)
            if (grid.columns[c].type == CellType::money || (any && is_number(grid.columns[c].type))) return c;
    return std::nullopt;
}

std::optional<Choice> choose(const Grid& grid, bool chosen) {
    const auto value = value_column(grid, chosen);
    if (!value) return std::nullopt;
    Choice out;
    out.value = *value;
    const auto take = [&](const char* key) -> std::optional<std::size_t> {
        const int c = grid.find(key);
        return c < 0 || static_cast<std::size_t>(c) == *value ? std::nullopt : std::optional<std::size_t>(c);
    };
    if (grid.columns[*value].type == CellType::money) out.part = take("overdue");
    if (out.part && grid.columns[*out.part].type != CellType::money) out.part.reset();
    out.currency = take("currency");
    for (std::size_t c = 0; c < grid.columns.size() && out.labels.empty(); ++c)
        if (!is_number(grid.columns[c].type)) out.labels.push_back(c);
    for (const char* key : {"client_name", "name", "title"})
        if (const auto c = take(key); c && out.labels.size() == 1 && *c != out.labels[0]) out.labels.push_back(*c);
    return out;
}

std::string label_of(const Grid& grid, std::size_t row, const Choice& choice) {
    std::string out;
    for (const auto c : choice.labels) {
        const auto text = escape_controls(for_people(grid.cell(row, c), grid.columns[c].type));
        if (!text.empty()) out += (out.empty() ? "" : " ") + text;
    }
    return out.empty() ? "-" : out;
}

std::string padded(const std::string& text, int width, bool right) {
    const auto cut = cells(text) > width ? truncate_cells(text, width) : text;
    const std::string blank(static_cast<std::size_t>(std::max(0, width - cells(cut))), ' ');
    return right ? blank + cut : cut + blank;
}

std::string repeated(const char* mark, std::int64_t n) {
    std::string out;
    for (; n > 0; --n) out += mark;
    return out;
}

/// The bars of one currency: one scale, zero where the longest negative bar needs it.
class Block {
public:
    Block(const std::vector<Bar>& bars, bool has_part, int width, const Style& style)
        : bars_(bars), style_(style), has_part_(has_part) {
        for (const Bar& b : bars) {
            label_ = std::max(label_, cells(b.label));
            figure_ = std::max(figure_, cells(b.figure));
            share_ = std::max(share_, cells(b.share));
            most_ = std::max(most_, b.value);
            least_ = std::min(least_, b.value);
        }
        axis_ = least_ < 0 ? 1 : 0;
        // What gives way where there is no room: the share's figure, then the label down to a third, then the bars.
        if (fixed() + std::min(label_, width / 3) + shortest_bar > width) share_ = 0;
        label_ = std::min(label_, std::max(4, width / 3));
        room_ = width - fixed() - label_;
        if (room_ < 3) {
            room_ = 0;
            label_ = std::max(1, width - figure_ - gap);
        }
        const auto span = static_cast<long double>(most_) - static_cast<long double>(least_);
        if (room_ > 0 && least_ < 0 && span > 0)
            left_ = std::clamp(
                static_cast<int>(static_cast<long double>(room_ - axis_) * -static_cast<long double>(least_) / span +
                                 0.5L),
                1, room_ - axis_ - (most_ > 0 ? 1 : 0));
        right_ = std::max(0, room_ - axis_ - left_);
    }

    void write(Sink& sink) const {
        for (const Bar& b : bars_) {
            std::string line = padded(b.label, label_, false) + std::string(gap, ' ');
            if (room_ > 0) line += drawn(b) + std::string(gap, ' ');
            line += padded(b.figure, figure_, true);
            if (share_ > 0) line += std::string(gap, ' ') + padded(b.share, share_, true);
            while (line.ends_with(' ')) line.pop_back();
            sink.write(line + "\n");
        }
    }

private:
    int fixed() const { return gap + gap + figure_ + (share_ > 0 ? gap + share_ : 0); }

    /// Cells of a bar of that size; what is not nothing is seen.
    int length(std::int64_t value) const {
        const auto side = value < 0 ? left_ : right_;
        const auto most = value < 0 ? -static_cast<long double>(least_) : static_cast<long double>(most_);
        if (value == 0 || most == 0) return 0;
        const auto size = value < 0 ? -static_cast<long double>(value) : static_cast<long double>(value);
        return std::clamp(static_cast<int>(size / most * static_cast<long double>(side) + 0.5L), 1, side);
    }

    std::string drawn(const Bar& b) const {
        const int whole = b.null ? 0 : length(b.value);
        int dark = has_part_ ? 0 : whole;  // the part lies inside the whole, on the same side of zero
        if (has_part_ && b.part != 0 && (b.part < 0) == (b.value < 0)) dark = std::min(whole, length(b.part));
        if (has_part_ && dark == whole && b.part != b.value && whole > 1) --dark;
        const auto strong = repeated(style_.plain ? "#" : "█", dark),
                   weak = repeated(style_.plain ? "=" : "▒", whole - dark);
        const auto strong_shown = style_.color && has_part_ && dark ? "\033[31m" + strong + "\033[0m" : strong;
        const std::string before(static_cast<std::size_t>(left_ - (b.value < 0 ? whole : 0)), ' ');
        const std::string after(static_cast<std::size_t>(right_ - (b.value < 0 ? 0 : whole)), ' ');
        const std::string axis = axis_ ? (style_.plain ? "|" : "│") : "";
        return b.value < 0 ? before + weak + strong_shown + axis + after : before + axis + strong_shown + weak + after;
    }

    const std::vector<Bar>& bars_;
    const Style& style_;
    const bool has_part_;
    int label_ = 0, figure_ = 0, share_ = 0, room_ = 0, axis_ = 0, left_ = 0, right_ = 0;
    std::int64_t most_ = 0, least_ = 0;
};

std::string legend(const Grid& grid, const Choice& choice, const Style& style) {
    const auto name = [&](std::size_t c) { return heading(grid.columns[c], spoken()); };
    const std::string weak = style.plain ? "=" : "▒", strong = style.plain ? "#" : "█";
    return choice.part
               ? say("{bar} {value}, of it {mark} {part}", fmt::arg("bar", weak), fmt::arg("value", name(choice.value)),
                     fmt::arg("mark", strong), fmt::arg("part", name(*choice.part)))
               : strong + " " + name(choice.value);
}

void write_grid(Sink& sink, const Grid& grid, const Style& style, int width) {
    const auto choice = choose(grid, style.chosen);
    if (!choice) return sink.write(std::string(tr("There is no number to draw.")) + "\n");
    std::vector<std::string> currencies;
    const auto currency = [&](std::size_t r) {
        return choice->currency ? std::string(grid.cell(r, *choice->currency).text()) : std::string();
    };
    for (std::size_t r = 0; r < grid.rows(); ++r)
        if (std::find(currencies.begin(), currencies.end(), currency(r)) == currencies.end())
            currencies.push_back(currency(r));
    for (const auto& line : wrap_cells(legend(grid, *choice, style), width)) sink.write(line + "\n");
    for (const auto& code : currencies) {
        std::vector<Bar> bars;
        for (std::size_t r = 0; r < grid.rows(); ++r) {
            if (currency(r) != code) continue;
            const Cell& value = grid.cell(r, choice->value);
            Bar b{label_of(grid, r, *choice),
                  for_people(value, grid.columns[choice->value].type),
                  "",
                  value.n,
                  0,
                  value.null};
            if (choice->part) {
                const Cell& part = grid.cell(r, *choice->part);
                b.part = part.n;
                b.share = for_people(part, grid.columns[*choice->part].type);
            }
            bars.push_back(std::move(b));
        }
        // A currency has a scale of its own, so it has a heading of its own.
        sink.write("\n" + (code.empty() ? "" : code + "\n"));
        Block(bars, choice->part.has_value(), width, style).write(sink);
    }
}

}  // namespace

/// Totals are left out: beside them every row would be small.
void write_chart(Sink& sink, const Report& report, const Style& style) {
    const int width = style.width > 0 ? style.width : piped_width;
    const auto text = [&](const std::string& s) {
        for (const auto& line : wrap_cells(s, width)) sink.write(line + "\n");
    };
    if (!report.title.empty()) text(report.title);
    if (const auto line = parameters_line(report); !line.empty()) text(line);
    const bool record = report.shape == Report::Shape::record && report.rows.rows();
    if (record) text(escape_controls(title_of(report, style)));
    const bool alone = std::all_of(report.parts.begin(), report.parts.end(),
                                   [](const auto& part) { return part.second.rows() == 0; });
    if (!record || alone) write_grid(sink, report.rows, style, width);
    for (const auto& [key, grid] : report.parts) {
        if (grid.rows() == 0) continue;
        sink.write(std::string("\n") + tr(key.c_str()) + "\n");
        write_grid(sink, grid, style, width);
    }
    for (const auto& c : report.checks)
        if (!c.ok) text(c.name + ": " + c.message);
}

}  // namespace agency::output
