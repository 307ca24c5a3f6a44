#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "record/source.hpp"

namespace agency {
namespace {

// A block stays in the cache until its rows are asked for, and of a slow source few rows wait for the next ones.
constexpr std::size_t block_bytes = 64 * 1024, block_rows = 500, most_blocks = 4;

/// Rows with all that belongs to them, copied out of the reader's memory.
struct Block {
    struct Row {
        std::int64_t number = 0;
        bool bad = false;
        std::size_t cells_end = 0, problems_end = 0;  ///< in `ends` and `problems`
        std::size_t text_size = 0;                    ///< of RawRow::text, which stands behind the cells
    };
    std::vector<Row> rows;
    std::string text;               ///< cells and RawRow::text, one after the other
    std::vector<std::size_t> ends;  ///< of cells in `text`
    std::vector<Problem> problems;  ///< those beyond the last row's came after it
    Encoding encoding = Encoding::utf8;
    std::int64_t skipped = 0;

    bool full() const { return text.size() >= block_bytes || rows.size() >= block_rows; }
    void clear() {
        rows.clear();
        text.clear();
        ends.clear();
        problems.clear();
    }
    void add(const RawRow& row, bool bad) {
        for (const auto cell : row.cells) ends.push_back((text += cell).size());
        text += row.text;
        rows.push_back({row.row, bad, ends.size(), problems.size(), row.text.size()});
    }
};

class RowsAhead final : public RowReader {
public:
    RowsAhead(ByteSource& source, const ReadOptions& options, std::function<void(Problem)> on_problem)
        : source_(source),
          on_problem_(std::move(on_problem)),
          reader_(open_rows(source, options, [this](Problem p) { filled_.problems.push_back(std::move(p)); })),
          encoding_(reader_->encoding()),
          thread_([this] { fill(); }) {}
    ~RowsAhead() override {
        {
            const std::lock_guard lock(mutex_);
            stopped_ = true;
            if (!ended_) source_.stop();
            changed_.notify_all();
        }
        thread_.join();
    }
    const std::vector<std::string>& header() override { return reader_->header(); }
    Encoding encoding() const override { return encoding_; }
    std::int64_t header_row() const override { return reader_->header_row(); }
    std::int64_t skipped() const override { return skipped_; }

    bool next(RawRow& row, bool& bad) override {
        while (row_ == block_.rows.size()) {
            tell_problems(block_.problems.size());
            if (!take()) return false;
        }
        const auto& r = block_.rows[row_++];
        row.row = r.number;
        row.cells.resize(r.cells_end - cell_);
        const char* text = block_.text.data();
        for (auto& cell : row.cells) {
            const auto end = block_.ends[cell_++];
            cell = {text + at_, end - at_};
            at_ = end;
        }
        row.text = {text + at_, r.text_size};
        at_ += r.text_size;
        bad = r.bad;
        tell_problems(r.problems_end);
        return true;
    }

private:
    void tell_problems(std::size_t end) {
        while (problem_ < end) on_problem_(std::move(block_.problems[problem_++]));
    }
    /// The next block; false after the last.
    bool take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !ready_.empty() || ended_; });
        if (ready_.empty()) {
            if (fault_) std::rethrow_exception(fault_);
            return false;
        }
        block_.clear();
        spare_.push_back(std::move(block_));
        block_ = std::move(ready_.front());
        ready_.pop_front();
        encoding_ = block_.encoding;
        skipped_ = block_.skipped;
        row_ = cell_ = problem_ = at_ = 0;
        changed_.notify_all();
        return true;
    }
    /// The other thread. What ends it early is thrown where the rows are asked for, after those before it.
    void fill() {
        std::exception_ptr fault;
        bool more = true;
        while (more) {
            try {
                RawRow row;
                for (bool bad = false; !filled_.full() && (more = reader_->next(row, bad));) filled_.add(row, bad);
            } catch (...) {
                fault = std::current_exception();
                more = false;
            }
            filled_.encoding = reader_->encoding();
            filled_.skipped = reader_->skipped();
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return ready_.size() < most_blocks || stopped_; });
            ready_.push_back(std::move(filled_));
            filled_ = Block();
            if (!spare_.empty()) {
                filled_ = std::move(spare_.back());
                spare_.pop_back();
            }
            more = more && !stopped_;
            if (!more) {
                fault_ = fault;
                ended_ = true;
            }
            changed_.notify_all();
        }
    }

    ByteSource& source_;
    std::function<void(Problem)> on_problem_;
    Block filled_;                       ///< the other thread's
    std::unique_ptr<RowReader> reader_;  ///< the other thread's, but for the header

    // The block whose rows are asked for.
    Block block_;
    std::size_t row_ = 0, cell_ = 0, problem_ = 0, at_ = 0;
    Encoding encoding_;
    std::int64_t skipped_ = 0;

    std::mutex mutex_;  ///< of what follows
    std::condition_variable changed_;
    std::deque<Block> ready_;
    std::vector<Block> spare_;
    bool ended_ = false, stopped_ = false;
    std::exception_ptr fault_;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<RowReader> open_rows_ahead(ByteSource& source, const ReadOptions& options,
                                           std::function<void(Problem)> on_problem) {
    return std::make_unique<RowsAhead>(source, options, std::move(on_problem));
}

}  // namespace agency
