#include "output/output.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "base/part_file.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

constexpr std::array<std::string_view, 6> names{"table", "csv", "tsv", "json", "jsonl", "md"};

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
                            say("{name} cannot be written: {why}", fmt::arg("name", tr("standard output")),
                                fmt::arg("why", std::strerror(errno))));
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
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<Format>(i);
    const auto near = nearest(name, names);
    throw Error(Exit::usage, say("there is no format {name}", fmt::arg("name", name)),
                near.empty() ? std::string(tr("the formats are: table, csv, tsv, json, jsonl, md"))
                             : say("did you mean {near}?", fmt::arg("near", near)))
        .with_field("format");
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
    return headers == Headers::key ? c.key : headers == Headers::zh ? c.zh : c.en;
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
            return write_json(sink, report);
        case Format::jsonl:
            return write_jsonl(sink, report);
        case Format::md:
            return write_markdown(sink, report, style);
    }
}

}  // namespace agency::output
