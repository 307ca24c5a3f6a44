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

/// What stands above a column.
const std::string& heading(const GridColumn& c, Headers headers);

// What people read (table, html, xlsx, chart).

/// Headings in the language of the session.
Headers spoken();
bool is_number(CellType t);
/// `1,234.50`; a word in the session's language; a text as it is, control characters and all. Empty for null.
std::string for_people(const Cell& c, CellType type);
/// `as_of 2026-03-31  by client …`, control characters shown; empty but for a report.
std::string parameters_line(const Report& report);
/// The report's own title; of a record its noun and number; else that of the style.
std::string title_of(const Report& report, const Style& style);

}  // namespace agency::output
