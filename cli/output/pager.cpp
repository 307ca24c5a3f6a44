#include "output/pager.hpp"

#include <signal.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::output {
namespace {

class PagedSink final : public Sink {
public:
    PagedSink(std::string command, int rows) : command_(std::move(command)), rows_(rows) {}
    ~PagedSink() override {
        if (pipe_) close();
    }

    void write(std::string_view bytes) override {
        if (pipe_) return give(bytes);
        held_ += bytes;
        for (const char c : bytes) lines_ += c == '\n';
        if (lines_ >= rows_) start();
    }
    void finish() override {
        if (!pipe_) {
            const auto out = stdout_sink();
            out->write(held_);
            out->finish();
            return;
        }
        if (std::fflush(pipe_) != 0 && errno == EPIPE) {
            close();
            throw Closed{};
        }
        close();
    }

private:
    void start() {
        ::setenv("LESS", "FRX", 0);
        ::setenv("LV", "-c", 0);
        pipe_ = ::popen(command_.c_str(), "w");
        if (!pipe_)
            throw Error(Exit::outside,
                        say("the pager {pager} cannot be run: {why}", fmt::arg("pager", command_),
                            fmt::arg("why", reason_of(errno))),
                        tr("use --no-pager"));
        before_ = ::signal(SIGINT, SIG_IGN);  // the pager stops what it is doing, we wait for it
        give(held_);
        held_.clear();
    }
    void give(std::string_view bytes) {
        if (std::fwrite(bytes.data(), 1, bytes.size(), pipe_) == bytes.size()) return;
        close();
        throw Closed{};
    }
    void close() {
        ::pclose(pipe_);
        pipe_ = nullptr;
        ::signal(SIGINT, before_);
    }

    std::string command_, held_;
    int rows_, lines_ = 0;
    FILE* pipe_ = nullptr;
    void (*before_)(int) = SIG_DFL;
};

}  // namespace

std::unique_ptr<Sink> paged_sink(std::string command, int rows) {
    return std::make_unique<PagedSink>(std::move(command), rows);
}

}  // namespace agency::output
