// One function a format; see output.hpp.
#pragma once
#include "output/output.hpp"

namespace agency::output {

void write_table(Sink& sink, const Report& report, const Style& style);
void write_csv(Sink& sink, const Report& report, const Style& style);
void write_tsv(Sink& sink, const Report& report, const Style& style);
void write_json(Sink& sink, const Report& report, const Style& style);
void write_jsonl(Sink& sink, const Report& report, const Style& style);
void write_markdown(Sink& sink, const Report& report, const Style& style);
void write_html(Sink& sink, const Report& report, const Style& style);
void write_xlsx(Sink& sink, const Report& report, const Style& style);
void write_chart(Sink& sink, const Report& report, const Style& style);
void write_tree(Sink& sink, const Report& report, const Style& style);
void write_dot(Sink& sink, const Report& report);
void write_tree_svg(Sink& sink, const Report& report);
void write_gantt(Sink& sink, const Report& report, const Style& style);
void write_svg(Sink& sink, const Report& report, const Style& style);
/// Lines of amounts along days, of a report whose first column is a day and whose others are amounts; else false.
bool write_lines(Sink& sink, const Report& report, const Style& style, bool alone);
/// The same drawing within a page (or `alone`); false when the report has no days to draw.
bool write_drawing(Sink& sink, const Report& report, const Style& style, bool alone);
void write_ics(Sink& sink, const Report& report, const Style& style);

/// What stands above a column.
const std::string& heading(const GridColumn& c, Headers headers);

// What people read (table, html, xlsx, chart, ics).

/// Headings in the language of the session.
Headers spoken();
bool is_number(CellType t);
/// `1,234.50`; a word in the session's language; a text as it is, control characters and all. Empty for null.
std::string for_people(const Cell& c, CellType type);
/// The same, and what the column says of an empty cell.
std::string for_people(const Cell& c, const GridColumn& column);
/// `as_of 2026-03-31  by client …`, control characters shown; empty but for a report.
std::string parameters_line(const Report& report);
/// The report's own title; of a record its noun and number; else that of the style.
std::string title_of(const Report& report, const Style& style);

}  // namespace agency::output
