#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

/// Nothing is fetched: the page is whole by itself, and its policy says so to the browser.
constexpr std::string_view head = R"(<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
)";
constexpr std::string_view css = R"(<style>
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5c6370; --line: #d4d7dc; --page: #fff; --head: #f3f4f6; --bad: #b42318 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e9; --soft: #9aa1ac; --line: #3a3f47; --page: #17191c; --head: #22262b; --bad: #ff8a7a } }
body { margin: 2rem auto; padding: 0 1.5rem; width: fit-content; max-width: 100%; box-sizing: border-box; background: var(--page); color: var(--ink);
  font: 15px/1.45 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 1.3rem; margin: 0 0 .3rem } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem }
.parameters { color: var(--soft); margin: 0 0 1rem; white-space: pre-wrap } .failed { color: var(--bad); font-weight: 600 }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .28rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }
th { font-weight: 600 } thead th { background: var(--head); vertical-align: bottom }
.n { text-align: right; white-space: nowrap } .d { white-space: nowrap } .minus { color: var(--bad) }
tfoot td { font-weight: 600; border-bottom: 0 } tfoot tr:first-child td { border-top: 2px solid var(--ink) }
@media print { :root { --ink: #000; --soft: #333; --line: #999; --page: #fff; --head: #fff; --bad: #000 }
  @page { size: A4 landscape; margin: 12mm }
  body { margin: 0; padding: 0; width: auto; font-size: 8.5pt } .scroll { overflow: visible } th, td { padding: .15rem .35rem }
  thead { display: table-header-group } tfoot { display: table-row-group } tr { break-inside: avoid } h2 { break-after: avoid } }
</style>
)";

/// Line ends become <br>; other control characters are shown as a terminal shows them.
std::string escaped(std::string_view text) {
    std::string out;
    for (;;) {
        const auto end = text.find('\n');
        for (const char c : escape_controls(text.substr(0, end))) switch (c) {
                case '&':
                    out += "&amp;";
                    break;
                case '<':
                    out += "&lt;";
                    break;
                case '>':
                    out += "&gt;";
                    break;
                case '"':
                    out += "&quot;";
                    break;
                case '\'':
                    out += "&#39;";
                    break;
                default:
                    out += c;
            }
        if (end == text.npos) return out;
        out += "<br>";
        text.remove_prefix(end + 1);
    }
}

std::string class_of(const Cell& c, CellType type) {
    if (is_number(type)) return !c.null && c.n < 0 ? R"( class="n minus")" : R"( class="n")";
    return type == CellType::day || type == CellType::instant ? R"( class="d")" : "";
}

std::string cell_of(const Cell& c, const GridColumn& column) {
    return "<td" + class_of(c, column.type) + ">" + escaped(for_people(c, column)) + "</td>";
}

void write_rows(Sink& sink, const Grid& grid, const char* group) {
    sink.write(std::string("<") + group + ">\n");
    for (std::size_t r = 0; r < grid.rows(); ++r) {
        std::string line = "<tr>";
        for (std::size_t c = 0; c < grid.columns.size(); ++c) line += cell_of(grid.cell(r, c), grid.columns[c]);
        sink.write(line + "</tr>\n");
    }
    sink.write(std::string("</") + group + ">\n");
}

void write_grid(Sink& sink, const Grid& grid, const Grid& totals, Headers headers) {
    std::string line = "<div class=\"scroll\">\n<table>\n<thead>\n<tr>";
    for (const auto& c : grid.columns)
        line += "<th scope=\"col\"" + class_of({}, c.type) + ">" + escaped(heading(c, headers)) + "</th>";
    sink.write(line + "</tr>\n</thead>\n");
    write_rows(sink, grid, "tbody");
    if (totals.rows()) write_rows(sink, totals, "tfoot");
    sink.write("</table>\n</div>\n");
}

/// What is not given is left out, as in a table.
void write_pairs(Sink& sink, const Grid& grid, Headers headers) {
    sink.write("<table>\n<tbody>\n");
    for (std::size_t c = 0; c < grid.columns.size(); ++c)
        if (const Cell& cell = grid.cell(0, c); !cell.null)
            sink.write("<tr><th scope=\"row\">" + escaped(heading(grid.columns[c], headers)) + "</th><td>" +
                       escaped(for_people(cell, grid.columns[c].type)) + "</td></tr>\n");
    sink.write("</tbody>\n</table>\n");
}

}  // namespace

void write_html(Sink& sink, const Report& report, const Style& style) {
    const auto headers = style.headers == Headers::usual ? spoken() : style.headers;
    const auto title = escaped(title_of(report, style));
    sink.write(std::string("<!DOCTYPE html>\n<html lang=\"") + (language() == "zh_CN" ? "zh-CN" : "en") +
               "\">\n<head>\n");
    sink.write(head);
    sink.write("<title>" + title + "</title>\n");
    sink.write(css);
    sink.write("</head>\n<body>\n<h1>" + title + "</h1>\n");
    if (const auto line = parameters_line(report); !line.empty())
        sink.write("<p class=\"parameters\">" + escaped(line) + "</p>\n");
    for (const auto& c : report.checks)
        if (!c.ok) sink.write("<p class=\"failed\">" + escaped(c.name + ": " + c.message) + "</p>\n");
    if (report.drawn) {
        sink.write("<div class=\"scroll\">\n");
        write_drawing(sink, report, style, false);
        sink.write("</div>\n");
    }
    if (report.shape == Report::Shape::record && report.rows.rows())
        write_pairs(sink, report.rows, headers);
    else if (!report.rows.columns.empty())
        write_grid(sink, report.rows, totals_fit(report) ? report.totals : Grid{}, headers);
    if (!totals_fit(report) && report.totals.rows()) write_grid(sink, report.totals, {}, headers);
    for (const auto& [key, grid] : report.parts) {
        if (grid.rows() == 0) continue;
        sink.write("<section>\n<h2>" + escaped(tr(key.c_str())) + "</h2>\n");
        write_grid(sink, grid, {}, headers);
        sink.write("</section>\n");
    }
    sink.write("</body>\n</html>\n");
}

}  // namespace agency::output
