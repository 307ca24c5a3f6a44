// Writers: one set turns any report or list into table, csv, tsv, json, jsonl or md.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "record/grid.hpp"

namespace agency::output {

enum class Format { table, csv, tsv, json, jsonl, md };
/// -1 style lookup for --format; Error(usage) with the nearest name.
Format parse_format(std::string_view name);

enum class Headers { key, en, zh };  ///< of csv, tsv and md; a table always has headings in the session's language

struct Style {
    int width = 0;  ///< cells of the terminal; 0: piped or a file, nothing is cut
    bool color = false;
    Headers headers = Headers::key;
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

/// csv, tsv and jsonl write the rows only (no totals); json the whole record; table and md rows, totals and failed
/// checks.
void write(Sink& sink, const Report& report, Format format, const Style& style);

}  // namespace agency::output
