// Writers: one set turns any report or list into table, csv, tsv, json, jsonl, md, html, xlsx, ics or a drawing.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "record/grid.hpp"

namespace agency::output {

enum class Format { table, csv, tsv, json, jsonl, md, html, xlsx, chart, tree, gantt, svg, dot, ics };
constexpr std::string_view format_names[] = {"table", "csv",   "tsv",  "json",  "jsonl", "md",  "html",
                                             "xlsx",  "chart", "tree", "gantt", "svg",   "dot", "ics"};
/// -1 style lookup for --format; Error(usage) with the nearest name.
Format parse_format(std::string_view name);
/// What the name of a file says it is (`report.csv`, also `.htm`, `.ndjson`); empty when it says nothing.
std::string_view format_of_file(std::string_view path);

/// Of csv, tsv, md, html, xlsx. `usual`: keys where programs read, the session's language where people do; a table
/// always has the latter.
enum class Headers { usual, key, en, zh };

struct Style {
    int width = 0;  ///< cells of the terminal; 0: piped or a file, nothing is cut
    bool color = false;
    Headers headers = Headers::usual;
    bool excel = false;   ///< csv and tsv that a spreadsheet opens without changing anything
    bool plain = false;   ///< a terminal of ASCII only: a chart draws with letters
    bool notes = true;    ///< a table that has no room for all columns names those that it leaves out
    bool choice = true;   ///< the command has --columns: a table that has no room for all tells it
    bool chosen = false;  ///< the user named the columns: a chart draws the first number of them
    std::string title;    ///< above a page of a report that has none, translated
};

/// Where bytes go. write() throws Error(outside) when they cannot be written; a closed pipe (`| head`) throws Closed.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void write(std::string_view bytes) = 0;
    virtual void finish() = 0;  ///< flushes, and reports what only shows on close
};
struct Closed {};  ///< the reader has gone; the program ends quietly

std::unique_ptr<Sink> stdout_sink();
/// See PartFile.
std::unique_ptr<Sink> file_sink(const std::string& path);
std::unique_ptr<Sink> string_sink(std::string& out);

/// Whether the totals stand under the rows, column by column; else they are a table of their own.
bool totals_fit(const Report& report);

/// csv, tsv, jsonl and ics write the rows only (no totals), ics those that have a day; json the whole record; table,
/// md, html and xlsx rows, totals and details; table, html and xlsx failed checks too.
void write(Sink& sink, const Report& report, Format format, const Style& style);

}  // namespace agency::output
