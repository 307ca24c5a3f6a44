#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <random>

#include "record/source.hpp"

using namespace agency;

namespace {

using Open = std::unique_ptr<RowReader> (*)(ByteSource&, const ReadOptions&, std::function<void(Problem)>);

/// Everything that a reader tells, in its order.
std::string told(Open open, ByteSource& source, FileKind kind) {
    ReadOptions options;
    options.kind = kind;
    options.stop_at = "Total";
    std::string out;
    try {
        const auto reader = open(source, options, [&](const Problem& p) {
            out += "problem " + std::to_string(p.row) + ":" + std::to_string(p.column) + " " + p.message + "\n";
        });
        for (const auto& h : reader->header()) out += "header " + h + "\n";
        RawRow row;
        for (bool bad = false; reader->next(row, bad);) {
            out += "row " + std::to_string(row.row) + (bad ? " bad" : "");
            for (const auto cell : row.cells) out += "|" + std::string(cell);
            out += "|" + std::string(row.text) + "\n";
        }
        out += std::string(name_of(reader->encoding())) + " " + std::to_string(reader->header_row()) + " " +
               std::to_string(reader->skipped());
    } catch (const Error& e) {
        out += std::string("error ") + e.what() + e.hint;
    }
    return out;
}

std::string text_of(FileKind kind, int rows) {
    std::string out = kind == FileKind::csv ? "number,client,title\n" : "";
    for (int i = 0; i < rows; ++i) {
        const auto n = std::to_string(i);
        out += kind == FileKind::csv
                   ? "HT-" + n + ",甲公司,\"a, \"\"b\"\"\n" + n + "\"\n"
                   : R"({"number": "HT-)" + n + R"(", "client": "甲公司", "title": "a, \"b\" )" + n + "\"}\n";
    }
    return out + (kind == FileKind::csv ? "Total,,\n,,\n" : "");
}

/// Gives its text, then does something else.
class Fed : public ByteSource {
public:
    explicit Fed(std::string text) : text_(std::move(text)) {}
    std::size_t read(char* out, std::size_t size) override {
        const auto n = text_.copy(out, size, at_);
        at_ += n;
        return n > 0 ? n : after();
    }
    bool rewind() override { return false; }
    std::size_t size() const override { return 0; }
    std::string name() const override { return "-"; }

private:
    virtual std::size_t after() = 0;
    std::string text_;
    std::size_t at_ = 0;
};

/// Waits for more, as a pipe does that nobody closes.
class OpenPipe final : public Fed {
public:
    using Fed::Fed;
    void stop() override {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        stops_.notify_all();
    }
    bool stopped() const { return stopped_; }

private:
    std::size_t after() override {
        std::unique_lock lock(mutex_);
        stops_.wait(lock, [&] { return stopped_; });
        return 0;
    }
    std::mutex mutex_;
    std::condition_variable stops_;
    bool stopped_ = false;
};

class BrokenDisk final : public Fed {
public:
    using Fed::Fed;

private:
    std::size_t after() override { throw Error(Exit::outside, "the disk failed"); }
};

}  // namespace

TEST_CASE("rows read ahead are the same rows, with the same problems in the same order") {
    std::mt19937 random(20261127);
    for (const auto kind : {FileKind::csv, FileKind::jsonl})
        for (int i = 0; i < 400; ++i) {
            auto text = text_of(kind, i % 100 == 0 ? 20'000 : 4);  // many blocks, or one
            for (int k = i % 4; k > 0; --k) text[random() % text.size()] = static_cast<char>(random());
            const auto source = memory_source(text), again = memory_source(text);
            const auto plain = told(open_rows, *source, kind), ahead = told(open_rows_ahead, *again, kind);
            REQUIRE(plain == ahead);
        }
}

TEST_CASE("a failing source is told after the rows before it") {
    for (const auto kind : {FileKind::csv, FileKind::jsonl}) {
        BrokenDisk source(text_of(kind, 10'000)), again(text_of(kind, 10'000));
        const auto plain = told(open_rows, source, kind), ahead = told(open_rows_ahead, again, kind);
        CHECK(plain == ahead);
        CHECK(ahead.ends_with("error the disk failed"));
    }
}

TEST_CASE("who asks for no more rows does not wait for the rest") {
    for (const int rows : {5'000, 50'000}) {  // the other thread waits for more to read, or for room
        OpenPipe pipe(text_of(FileKind::jsonl, rows));
        {
            ReadOptions options;
            options.kind = FileKind::jsonl;
            const auto reader = open_rows_ahead(pipe, options, [](Problem) {});
            CHECK(reader->header().size() == 3);
        }
        CHECK(pipe.stopped());
    }
}
