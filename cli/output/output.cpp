#include "output/output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

constexpr std::array<std::string_view, 6> names{"table", "csv", "tsv", "json", "jsonl", "md"};

class DescriptorSink : public Sink {
public:
    DescriptorSink(int fd, std::string name) : fd_(fd), name_(std::move(name)) { buffer_.reserve(limit); }
    void write(std::string_view bytes) override {
        if (buffer_.size() + bytes.size() > limit) flush();
        if (bytes.size() > limit) return out(bytes);
        buffer_ += bytes;
    }
    void finish() override { flush(); }

protected:
    void flush() {
        out(buffer_);
        buffer_.clear();
    }
    void out(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto n = ::write(fd_, bytes.data(), bytes.size());
            if (n >= 0)
                bytes.remove_prefix(static_cast<std::size_t>(n));
            else if (errno == EPIPE)
                throw Closed{};
            else if (errno != EINTR)
                throw Error(Exit::outside, say("{name} cannot be written: {why}", fmt::arg("name", name_),
                                               fmt::arg("why", std::strerror(errno))));
        }
    }
    static constexpr std::size_t limit = 64 * 1024;
    int fd_;
    std::string name_, buffer_;
};

class FileSink final : public DescriptorSink {
public:
    explicit FileSink(const std::string& path)
        : DescriptorSink(-1, path), part_(path + ".part-" + std::to_string(::getpid())) {
        fd_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (fd_ < 0)
            throw Error(Exit::outside, say("{name} cannot be written: {why}", fmt::arg("name", path),
                                           fmt::arg("why", std::strerror(errno))));
    }
    ~FileSink() override {
        if (fd_ < 0) return;
        ::close(fd_);
        ::unlink(part_.c_str());
    }
    void finish() override {
        flush();
        const bool ok = ::fsync(fd_) == 0 && std::rename(part_.c_str(), name_.c_str()) == 0;
        if (!ok)
            throw Error(Exit::outside, say("{name} cannot be written: {why}", fmt::arg("name", name_),
                                           fmt::arg("why", std::strerror(errno))));
        ::close(fd_);
        fd_ = -1;
    }

private:
    std::string part_;
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
    return std::make_unique<DescriptorSink>(STDOUT_FILENO, tr("standard output"));
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
