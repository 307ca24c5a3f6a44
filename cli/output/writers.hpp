// One function a format; see output.hpp.
#pragma once
#include "output/output.hpp"

namespace agency::output {

void write_table(Sink& sink, const Report& report, const Style& style);
void write_csv(Sink& sink, const Report& report, const Style& style);
void write_tsv(Sink& sink, const Report& report, const Style& style);
void write_json(Sink& sink, const Report& report);
void write_jsonl(Sink& sink, const Report& report);
void write_markdown(Sink& sink, const Report& report, const Style& style);

/// What stands above a column.
const std::string& heading(const GridColumn& c, Headers headers);

}  // namespace agency::output
