#include "output/output.hpp"

#include <unistd.h>

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/part_file.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

/// Gathers small pieces.
class BufferedSink : public Sink {
public:
    void write(std::string_view bytes) override {
        if (buffer_.size() + bytes.size() > limit) flush();
        if (bytes.size() > limit) return out(bytes);
        buffer_ += bytes;
    }
    void finish() override { flush(); }

protected:
    virtual void out(std::string_view bytes) = 0;
    void flush() {
        out(buffer_);
        buffer_.clear();
    }

private:
    static constexpr std::size_t limit = 64 * 1024;
    std::string buffer_;
};

class StdoutSink final : public BufferedSink {
protected:
    void out(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto n = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
            if (n >= 0)
                bytes.remove_prefix(static_cast<std::size_t>(n));
            else if (errno == EPIPE)
                throw Closed{};
            else if (errno != EINTR)
                throw Error(Exit::outside,
                            say("standard output cannot be written: {why}", fmt::arg("why", reason_of(errno))));
        }
    }
};

class FileSink final : public BufferedSink {
public:
    explicit FileSink(const std::string& path) : file_(path) {}
    void finish() override {
        flush();
        file_.finish();
    }

protected:
    void out(std::string_view bytes) override { file_.write(bytes); }

private:
    PartFile file_;
};

class StringSink final : public Sink {
public:
    explicit StringSink(std::string& out) : out_(out) {}
    void write(std::string_view bytes) override { out_ += bytes; }
    void finish() override {}

private:
    std::string& out_;
};

}  // namespace

Format parse_format(std::string_view name) {
    for (std::size_t i = 0; i < std::size(format_names); ++i)
        if (format_names[i] == name) return static_cast<Format>(i);
    const auto near = nearest(name, format_names);
    throw Error(Exit::usage, say("there is no format {name}", fmt::arg("name", name)),
                near.empty() ? say("the formats are: {all}", fmt::arg("all", fmt::join(format_names, ", ")))
                             : say("did you mean {near}?", fmt::arg("near", near)))
        .with_field("format");
}

std::string_view format_of_file(std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1);
    const auto dot = name.rfind('.');
    if (dot == name.npos) return {};
    const auto kind = fold(name.substr(dot + 1));
    if (kind == "htm") return "html";
    if (kind == "ndjson") return "jsonl";
    for (const auto known : format_names)
        if (known == kind && known != "table" && known != "chart" && known != "tree" && known != "gantt") return known;
    return {};
}

std::unique_ptr<Sink> stdout_sink() {
    return std::make_unique<StdoutSink>();
}
std::unique_ptr<Sink> file_sink(const std::string& path) {
    return std::make_unique<FileSink>(path);
}
std::unique_ptr<Sink> string_sink(std::string& out) {
    return std::make_unique<StringSink>(out);
}

const std::string& heading(const GridColumn& c, Headers headers) {
    return headers == Headers::zh ? c.zh : headers == Headers::en ? c.en : c.key;
}

Headers spoken() {
    return language() == "zh_CN" ? Headers::zh : Headers::en;
}

bool is_number(CellType t) {
    return t == CellType::integer || t == CellType::decimal || t == CellType::money || t == CellType::rate ||
           t == CellType::ratio;
}

std::string for_people(const Cell& c, const GridColumn& column) {
    return c.null && column.empty ? tr(column.empty) : for_people(c, column.type);
}

std::string for_people(const Cell& c, CellType type) {
    if (c.null) return {};
    if (type == CellType::money) return to_grouped(c.n, c.digits);
    if (type == CellType::word) return tr(std::string(c.text()).c_str());
    return plain(c, type);
}

std::string parameters_line(const Report& report) {
    std::string line;
    if (report.shape != Report::Shape::report) return line;
    const auto add = [&](const std::string& key, const std::string& value) {
        if (!value.empty()) line += (line.empty() ? "" : "  ") + key + " " + escape_controls(value);
    };
    if (report.as_of) add("as_of", to_string(*report.as_of));
    if (report.known_at) add("known_at", to_string(*report.known_at));
    for (const auto& [key, value] : report.parameters) add(key, value);
    return line;
}

std::string title_of(const Report& report, const Style& style) {
    if (!report.title.empty()) return report.title;
    if (report.shape == Report::Shape::record && report.rows.rows() && is_text(report.rows.columns[0].type))
        return tr(report.name.c_str()) + (" " + plain(report.rows.cell(0, 0), CellType::text));
    return style.title.empty() ? report.name : style.title;
}

bool totals_fit(const Report& report) {
    const auto &a = report.rows.columns, &b = report.totals.columns;
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x.key == y.key; });
}

void write(Sink& sink, const Report& report, Format format, const Style& style) {
    switch (format) {
        case Format::table:
            return write_table(sink, report, style);
        case Format::csv:
            return write_csv(sink, report, style);
        case Format::tsv:
            return write_tsv(sink, report, style);
        case Format::json:
            return write_json(sink, report, style);
        case Format::jsonl:
            return write_jsonl(sink, report, style);
        case Format::md:
            return write_markdown(sink, report, style);
        case Format::html:
            return write_html(sink, report, style);
        case Format::xlsx:
            return write_xlsx(sink, report, style);
        case Format::chart:
            return write_chart(sink, report, style);
        case Format::tree:
            return write_tree(sink, report, style);
        case Format::dot:
            return write_dot(sink, report);
        case Format::gantt:
            return write_gantt(sink, report, style);
        case Format::svg:
            report.tree ? write_tree_svg(sink, report) : write_svg(sink, report, style);
            return;
        case Format::ics:
            return write_ics(sink, report, style);
    }
}

}  // namespace agency::output
