#include "app/screen.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/core.h>
#include <cstdlib>

#include "app/programs.hpp"
#include "base/error.hpp"
#include "base/part_file.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/output.hpp"
#include "output/pager.hpp"

namespace agency::cli {
namespace {

std::string variable(const char* name) {
    const char* v = std::getenv(name);
    return v ? v : "";
}

std::string json_string(std::string_view s) {
    if (s.empty()) return "null";
    Report r;  // the one escaper there is
    r.rows.columns = {{"x", CellType::text, "", ""}};
    r.rows.add_text(s);
    std::string out;
    output::write(*output::string_sink(out), r, output::Format::jsonl, {});
    return out.substr(5, out.size() - 7);
}

/// To stderr, whatever becomes of it.
void tell(const std::string& text) {
    (void)!::write(STDERR_FILENO, text.data(), text.size());
}

bool wants_color(const std::string& when) {
    if (when != "auto") return when == "always";
    return ::isatty(STDOUT_FILENO);
}

bool writes_utf8() {
    if (variable("TERM") == "dumb") return false;
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (const auto locale = fold(variable(name)); !locale.empty())
            return locale.find("utf-8") != locale.npos || locale.find("utf8") != locale.npos;
    return false;
}

/// Rows of the terminal that standard output is; 0: it is none, or does not say.
int terminal_rows() {
    winsize size{};
    return ::isatty(STDOUT_FILENO) && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

/// Standard output, by way of a pager where one is wanted and there.
std::unique_ptr<output::Sink> screen(const Invocation& in) {
    auto pager = in.globals.pager;
    if (const char* given = std::getenv("PAGER"); pager.empty()) pager = !given ? "less" : *given ? given : "cat";
    const int rows = in.has("no_pager") || pager == "cat" || variable("TERM") == "dumb" ? 0 : terminal_rows();
    if (rows == 0 || find_program(first_word(pager)).empty()) return output::stdout_sink();
    return output::paged_sink(pager, rows);
}

}  // namespace

int terminal_width() {
    if (!::isatty(STDOUT_FILENO)) return 0;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const int columns = std::atoi(variable("COLUMNS").c_str());
    return columns > 0 ? columns : 80;
}

void print(std::string_view text) {
    const auto sink = output::stdout_sink();
    sink->write(text);
    sink->finish();
}

int report_error(const Error& e, bool json) {
    if (json) {
        auto line = fmt::format(
            "{{\"error\":{{\"code\":\"{}\",\"rule\":{},\"exit\":{},\"message\":{},\"hint\":{},\"ref\":{},\"field\":{},"
            "\"retryable\":{}}}}}\n",
            to_string(e.code), json_string(e.rule), static_cast<int>(e.code), json_string(e.what()),
            json_string(e.hint), json_string(e.ref), json_string(e.field), e.code == Exit::busy);
        tell(::isatty(STDERR_FILENO) ? escape_controls_in_json(line) : line);
    } else
        tell(fmt::format("agency: {}{}\n", escape_controls(e.what()), e.rule.empty() ? "" : " [" + e.rule + "]") +
             (e.hint.empty() ? std::string() : fmt::format("{} {}\n", tr("hint:"), escape_controls(e.hint))));
    return static_cast<int>(e.code);
}

void print_outcome(const Invocation& in, Outcome& outcome) {
    const bool file = !in.globals.output.empty() && in.globals.output != "-";
    if (outcome.empty && !(file && in.verb->needs == Needs::read)) {
        if (!outcome.text.empty()) print(outcome.text);
        return;
    }
    if (in.verb->lists && !outcome.empty) {
        const bool same = output::totals_fit(outcome.report);
        const auto& hidden = outcome.report.hidden;
        shape(outcome.report.rows, in.globals.shaping, hidden);
        if (same) shape(outcome.report.totals, {{}, {}, in.globals.shaping.columns, {}}, hidden);
    }
    const auto& db = in.globals.db;
    for (const auto& own : {db, db + ".lock", db + "-wal", db + "-shm"})
        if (file && same_file(own, in.globals.output))
            throw Error(Exit::usage, say("{path} is the data file", fmt::arg("path", in.globals.output)),
                        tr("name another with --output FILE"))
                .with_field("output");
    const auto sink = file ? output::file_sink(in.globals.output) : screen(in);
    if (outcome.empty) {
        sink->write(outcome.text);
        return sink->finish();
    }
    const auto headers = in.globals.headers == "zh"    ? output::Headers::zh
                         : in.globals.headers == "en"  ? output::Headers::en
                         : in.globals.headers == "key" ? output::Headers::key
                                                       : output::Headers::usual;
    const auto& columns = in.globals.shaping.columns;
    output::Style style{file ? 0 : terminal_width(), !file && wants_color(in.globals.color), headers};
    style.excel = in.globals.excel;
    style.plain = !writes_utf8();
    style.notes = !in.globals.quiet;
    style.choice = in.verb->lists;
    style.chosen = !columns.empty() && columns[0] != '+' && columns[0] != '-';
    style.title = tr(in.verb->summary);
    output::write(*sink, outcome.report, output::parse_format(in.globals.format), style);
    sink->finish();
}

}  // namespace agency::cli
