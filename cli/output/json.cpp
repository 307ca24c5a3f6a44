#include "base/text.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

void add_string(std::string& out, std::string_view s) {
    static constexpr char hex[] = "0123456789abcdef";
    std::string repaired;
    if (first_invalid_utf8(s) != s.npos) {
        repaired = s;
        for (auto at = first_invalid_utf8(repaired); at != std::string::npos; at = first_invalid_utf8(repaired))
            repaired.replace(at, 1, "\uFFFD");
        s = repaired;
    }
    out += '"';
    for (const char c : s) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
                    out += "\\u00";
                    out += hex[c >> 4 & 15];
                    out += hex[c & 15];
                } else
                    out += c;
        }
    }
    out += '"';
}

void add_cell(std::string& out, const Cell& c, CellType type) {
    if (c.null) {
        out += "null";
        return;
    }
    if (type == CellType::integer || type == CellType::decimal || type == CellType::flag)
        out += plain(c, type);
    else if (is_text(type))
        add_string(out, c.text());
    else {
        out += '"';
        out += plain(c, type);
        out += '"';
    }
}

/// The members of a row without braces.
void add_row(std::string& out, const Grid& grid, std::size_t r) {
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        if (c) out += ',';
        add_string(out, grid.columns[c].key);
        out += ':';
        add_cell(out, grid.cell(r, c), grid.columns[c].type);
    }
}

void write_rows(Sink& sink, const Grid& grid) {
    std::string line;
    sink.write("[");
    for (std::size_t r = 0; r < grid.rows(); ++r) {
        line = r ? ",\n{" : "\n{";
        add_row(line, grid, r);
        line += '}';
        sink.write(line);
    }
    sink.write(grid.rows() ? "\n]" : "]");
}

void write_member(Sink& sink, std::string_view key, const std::string& value_json, bool first = false) {
    std::string out = first ? "" : ",";
    add_string(out, key);
    sink.write(out + ":" + value_json);
}

std::string as_string(std::string_view s) {
    std::string out;
    add_string(out, s);
    return out;
}

void write_moment(Sink& sink, const Report& report) {
    write_member(sink, "as_of", report.as_of ? as_string(to_string(*report.as_of)) : "null");
    write_member(sink, "known_at", report.known_at ? as_string(to_string(*report.known_at)) : "null");
}

void write_report(Sink& sink, const Report& report) {
    sink.write("{");
    write_member(sink, "report", as_string(report.name), true);
    write_moment(sink, report);
    std::string parameters = "{";
    for (const auto& [key, value] : report.parameters)
        parameters += (parameters.size() > 1 ? "," : "") + as_string(key) + ":" + as_string(value);
    write_member(sink, "parameters", parameters + "}");
    sink.write(",\"rows\":");
    write_rows(sink, report.rows);
    sink.write(",\"totals\":");
    write_rows(sink, report.totals);
    std::string checks = "[";
    for (const auto& c : report.checks)
        checks += std::string(checks.size() > 1 ? "," : "") + "{\"check\":" + as_string(c.name) +
                  ",\"ok\":" + (c.ok ? "true" : "false") +
                  ",\"message\":" + (c.message.empty() ? "null" : as_string(c.message)) + "}";
    write_member(sink, "checks", checks + "]");
    sink.write("}\n");
}

void write_record(Sink& sink, const Report& report) {
    std::string out = "{" + as_string(report.name) + ":{";
    if (report.rows.rows()) add_row(out, report.rows, 0);
    if (report.parts_beside) out += '}';
    sink.write(out);
    bool first = report.rows.columns.empty() && !report.parts_beside;
    for (const auto& [key, grid] : report.parts) {
        sink.write((first ? "" : ",") + as_string(key) + ":");
        write_rows(sink, grid);
        first = false;
    }
    if (!report.parts_beside) sink.write("}");
    if (report.as_of) write_moment(sink, report);
    sink.write("}\n");
}

/// To a terminal: what would drive it is written as \u escapes, which mean the same.
class TerminalSink final : public Sink {
public:
    explicit TerminalSink(Sink& sink) : sink_(sink) {}
    void write(std::string_view bytes) override { sink_.write(escape_controls_in_json(bytes)); }
    void finish() override { sink_.finish(); }

private:
    Sink& sink_;
};

}  // namespace

void write_json(Sink& to, const Report& report, const Style& style) {
    TerminalSink terminal(to);
    Sink& sink = style.width > 0 ? terminal : to;
    if (report.shape == Report::Shape::report) return write_report(sink, report);
    if (report.shape == Report::Shape::record) return write_record(sink, report);
    sink.write("{" + as_string(report.name) + ":");
    write_rows(sink, report.rows);
    if (report.as_of) write_moment(sink, report);
    sink.write("}\n");
}

void write_jsonl(Sink& to, const Report& report, const Style& style) {
    TerminalSink terminal(to);
    Sink& sink = style.width > 0 ? terminal : to;
    std::string line;
    for (std::size_t r = 0; r < report.rows.rows(); ++r) {
        line = "{";
        add_row(line, report.rows, r);
        for (const auto& [key, grid] : report.parts) {  // a record's details stay with it, on its line
            line += "," + as_string(key) + ":[";
            for (std::size_t k = 0; k < grid.rows(); ++k) {
                line += k ? ",{" : "{";
                add_row(line, grid, k);
                line += '}';
            }
            line += ']';
        }
        line += "}\n";
        sink.write(line);
    }
}

}  // namespace agency::output
