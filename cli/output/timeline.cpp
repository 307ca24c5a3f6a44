#include "output/timeline.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"

namespace agency::output {
namespace {

std::optional<std::size_t> column(const Grid& grid, const char* key) {
    const int c = grid.find(key);
    return c < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(c));
}

/// The key, then a name.
std::vector<std::size_t> label_columns(const Grid& grid) {
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < grid.columns.size() && out.empty(); ++c)
        if (!is_number(grid.columns[c].type)) out.push_back(c);
    for (const char* key : {"name", "title", "client_name"})
        if (const auto c = column(grid, key); c && out.size() == 1 && *c != out[0]) out.push_back(*c);
    return out;
}

/// Of `1.2SS+1` its code, kind and lag; the whole text is a code where a row has it.
struct LinkText {
    std::string_view code;
    bool leaves_start = false, enters_finish = false;
    std::int64_t lag = 0;
};

using Codes = std::map<std::string, std::size_t, std::less<>>;

LinkText read_link(std::string_view text, const Codes& rows) {
    LinkText l{text};
    if (rows.contains(text)) return l;
    if (const auto sign = text.find_last_of("+-"); sign != text.npos && sign > 0) {
        std::from_chars(text.data() + sign + 1, text.data() + text.size(), l.lag);
        if (text[sign] == '-') l.lag = -l.lag;
        text = text.substr(0, sign);
    }
    const auto kind = text.substr(text.size() - std::min<std::size_t>(2, text.size()));
    if (kind == "FS" || kind == "SS" || kind == "FF" || kind == "SF") {
        l.leaves_start = kind[0] == 'S';
        l.enters_finish = kind[1] == 'F';
        text.remove_suffix(2);
    }
    l.code = text;
    return l;
}

void add_links(Timeline& t, const Grid& grid, std::size_t wbs) {
    Codes rows;
    for (std::size_t r = 0; r < grid.rows(); ++r) rows.emplace(grid.cell(r, wbs).text(), r);
    const auto es = column(grid, "es"), ef = column(grid, "ef");
    for (std::size_t r = 0; r < grid.rows(); ++r)
        for (std::string_view rest = t.bars[r].after; !rest.empty();) {
            const auto text = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(rest.size(), text.size() + 1));
            const auto l = read_link(text, rows);
            const auto from = rows.find(l.code);
            if (from == rows.end() || !t.bars[from->second].from || !t.bars[r].from) continue;
            bool tight = t.bars[from->second].critical && t.bars[r].critical;
            if (tight && es && ef)
                tight = grid.cell(r, l.enters_finish ? *ef : *es).n ==
                        grid.cell(from->second, l.leaves_start ? *es : *ef).n + l.lag;
            t.links.push_back({from->second, r, l.leaves_start, l.enters_finish, tight, std::string(text)});
        }
}

Date next(Date d, int months, int days) {
    return months > 0 ? add_months(d, months) : d + days;
}

/// Monday of that week: 1970-01-01 was a Thursday.
Date monday(Date d) {
    return d + -((d.days + 3) % 7 + 7) % 7;
}

}  // namespace

bool has_days(const Grid& grid) {
    return column(grid, "starts_on") && column(grid, "ends_on");
}

std::optional<Timeline> timeline_of(const Grid& grid) {
    const auto starts = column(grid, "starts_on"), ends = column(grid, "ends_on");
    if (!starts || !ends) return std::nullopt;
    const auto wbs = column(grid, "wbs"), duration = column(grid, "duration"), critical = column(grid, "critical"),
               after = column(grid, "after");
    const auto labels = label_columns(grid);
    Timeline t;
    t.first = last_day;
    t.last = beginning;
    t.has_critical = critical.has_value();
    for (std::size_t r = 0; r < grid.rows(); ++r) {
        TimelineBar& b = t.bars.emplace_back();
        for (const auto c : labels) {
            const auto text = escape_controls(for_people(grid.cell(r, c), grid.columns[c].type));
            if (!text.empty()) b.label += (b.label.empty() ? "" : " ") + text;
        }
        const auto day = [&](std::size_t c) {
            const Cell& cell = grid.cell(r, c);
            return cell.null ? std::nullopt : std::optional(Date{static_cast<std::int32_t>(cell.n)});
        };
        b.from = day(*starts);
        b.to = day(*ends);
        if (!b.from) b.from = b.to;
        if (!b.to || *b.to < *b.from) b.to = b.from;
        if (b.from) {
            t.first = std::min(t.first, *b.from);
            t.last = std::max(t.last, *b.to);
        }
        b.milestone = duration && !grid.cell(r, *duration).null && grid.cell(r, *duration).n == 0;
        b.critical = critical && grid.cell(r, *critical).n != 0;
        if (after) b.after = escape_controls(grid.cell(r, *after).text());
        if (!wbs) continue;
        const auto code = grid.cell(r, *wbs).text();
        b.level = static_cast<int>(std::count(code.begin(), code.end(), '.'));
        b.group = r + 1 < grid.rows() && grid.cell(r + 1, *wbs).text().starts_with(std::string(code) + ".");
    }
    if (t.last < t.first) return std::nullopt;
    if (wbs && after) add_links(t, grid, *wbs);
    return t;
}

std::vector<Tick> ticks_of(const Timeline& t, int marks) {
    struct Step {
        int months, days;
    };
    std::vector<Tick> out;
    for (const Step s : {Step{0, 1}, {0, 7}, {0, 14}, {1, 0}, {3, 0}, {12, 0}, {60, 0}, {240, 0}}) {
        const std::int32_t each = s.months > 0 ? s.months * 30 : s.days;
        if (t.days() / each > marks) continue;
        Date d = s.months >= 12  ? Date::from_ymd(t.first.year() / (s.months / 12) * (s.months / 12), 1, 1)
                 : s.months == 3 ? Date::from_ymd(t.first.year(), (t.first.month() - 1) / 3 * 3 + 1, 1)
                 : s.months == 1 ? t.first.first_of_month()
                 : s.days == 1   ? t.first
                                 : monday(t.first);
        for (; d <= t.last; d = next(d, s.months, s.days)) {
            if (d < t.first) continue;
            const auto text = to_string(d);
            out.push_back({d, s.months >= 12 ? text.substr(0, 4) : s.months > 0 ? text.substr(0, 7) : text.substr(5)});
        }
        return out;
    }
    return out;
}

}  // namespace agency::output
