#include <algorithm>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/header.hpp"
#include "record/source_private.hpp"

namespace agency {
namespace {

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// A header and its rows, out of records. The notes of a rejects file, its last columns, are no part of them.
class TableRows final : public RowReader {
public:
    TableRows(std::unique_ptr<Records> records, const ReadOptions& options, std::function<void(Problem)> on_problem)
        : stop_at_(options.stop_at),
          empty_end_(options.empty_end),
          on_problem_(std::move(on_problem)),
          records_(std::move(records)) {
        const auto name = records_->title();
        bool found = false;
        while (!found && records_->next(record_)) {
            found = !record_.blank && wanted_header(options.skip_until);
            if (!found) ++skipped_;
        }
        if (!found)
            throw Error(Exit::rejected,
                        options.skip_until.empty()
                            ? say("{name} is empty", fmt::arg("name", name))
                            : say("{name} has no row with \"{text}\", where its table should begin",
                                  fmt::arg("name", name), fmt::arg("text", options.skip_until)),
                        tr("a table begins with a header row"));
        header_row_ = record_.row;
        for (const auto c : record_.cells) header_.emplace_back(trim(c));
        const auto written = header_.size();
        drop_empty_end();
        const bool faulty = record_.faulty;
        const auto faults = faulty ? records_->faults() : std::vector<Problem>();
        records_->take_header(header_);
        drop_empty_end();
        loose_ = written - std::min(written, header_.size());
        if (faulty)
            throw Error(Exit::rejected, say("the header of {name} cannot be read: {why}", fmt::arg("name", name),
                                            fmt::arg("why", faults[0].message)));
        for (std::size_t i = 0; i < header_.size(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                if (!header_[i].empty() && header_[i] == header_[k])
                    throw Error(
                        Exit::rejected,
                        say("columns {a} and {b} of {name} have the same header \"{text}\"", fmt::arg("a", k + 1),
                            fmt::arg("b", i + 1), fmt::arg("name", name), fmt::arg("text", header_[i])),
                        tr("rename or remove one"));
        width_ = header_.size();
        const auto notes = std::size(rejects_notes);
        if (width_ > notes && std::equal(rejects_notes, rejects_notes + notes, header_.data() + width_ - notes))
            header_.resize(width_ - notes);
    }
    const std::vector<std::string>& header() override { return header_; }
    Encoding encoding() const override { return records_->encoding(); }
    std::int64_t header_row() const override { return header_row_; }
    std::int64_t skipped() const override { return skipped_; }

    bool next(RawRow& row, bool& bad) override {
        while (records_->next(record_)) {
            if (record_.blank) continue;
            if (!stop_at_.empty() && trim(record_.cells[0]).starts_with(stop_at_)) {
                do ++skipped_;
                while (records_->next(record_));
                return false;
            }
            row.row = record_.row;
            row.cells.swap(record_.cells);
            bad = true;
            if (!records_->counted()) fill(row.cells);
            const bool moved = take_notes_off(row.cells);
            if (record_.faulty) {
                for (auto& p : records_->faults()) {
                    if (p.column > 0 && static_cast<std::size_t>(p.column) <= header_.size())
                        p.header = header_[static_cast<std::size_t>(p.column) - 1];
                    on_problem_(std::move(p));
                }
            } else if (moved || row.cells.size() != header_.size()) {
                problem(0, say("it has {have} {have:cell|cells}, the header has {want}",
                               fmt::arg("have", Count(row.cells.size())),
                               fmt::arg("want", moved ? header_.size() : width_)));
            } else if (const int column = headless(row.cells)) {
                problem(column, say("\"{text}\" stands in a column without a header",
                                    fmt::arg("text", trim(row.cells[static_cast<std::size_t>(column) - 1]))));
            } else if (repeats_header(row.cells)) {
                problem(0, tr("it repeats the header"));
            } else {
                bad = false;
            }
            return true;
        }
        return false;
    }

private:
    void problem(int column, std::string message) {
        on_problem_({record_.row, column, "", "", "", std::move(message)});
    }
    void drop_empty_end() {
        while (header_.size() > 1 && header_.back().empty()) header_.pop_back();
    }
    bool wanted_header(const std::string& text) const {
        return text.empty() ||
               std::any_of(record_.cells.begin(), record_.cells.end(), [&](auto c) { return c.find(text) != c.npos; });
    }
    bool repeats_header(const std::vector<std::string_view>& cells) const {
        const auto same = [](std::string_view h, std::string_view c) {
            return h.size() == trim(c).size() && match_form(h) == match_form(c);
        };
        return (cells[0].empty() || (cells[0][0] | 0x20) == (header_[0][0] | 0x20)) &&
               std::equal(header_.begin(), header_.end(), cells.begin(), same);
    }
    void fill(std::vector<std::string_view>& cells) const {
        while (cells.size() > width_ && trim(cells.back()).empty()) cells.pop_back();
        if (cells.size() < width_) cells.resize(width_);
    }
    /// Leaves the row's own cells. In one that had too many or too few, or that a spreadsheet filled up since, the
    /// notes are its last cells and stand under other headers: true. Empty cells beyond the header are let pass when
    /// the header had as many, or the map says so.
    bool take_notes_off(std::vector<std::string_view>& cells) const {
        if (width_ > header_.size()) {
            auto end = cells.size();
            while (end > 0 && trim(cells[end - 1]).empty()) --end;
            const auto notes = width_ - header_.size();  // a number, no column, no rule, a sentence
            if (end > notes && end != width_ && is_number(trim(cells[end - 4])) && trim(cells[end - 3]).empty() &&
                trim(cells[end - 2]).empty() && !is_number(trim(cells[end - 1]))) {
                cells.resize(end - notes);
                return true;
            }
        }
        while (cells.size() > width_ && (empty_end_ || cells.size() - width_ <= loose_) && trim(cells.back()).empty())
            cells.pop_back();
        if (cells.size() == width_) cells.resize(header_.size());
        return false;
    }
    /// Of records whose cells are not counted: the first column, from 1, with a text and without a header; or 0.
    int headless(const std::vector<std::string_view>& cells) const {
        if (records_->counted()) return 0;
        for (std::size_t i = 0; i < header_.size(); ++i)
            if (header_[i].empty() && !trim(cells[i]).empty()) return static_cast<int>(i) + 1;
        return 0;
    }

    std::string stop_at_;
    bool empty_end_;
    std::function<void(Problem)> on_problem_;
    std::unique_ptr<Records> records_;
    Records::Record record_;
    std::vector<std::string> header_;
    std::int64_t header_row_ = 0, skipped_ = 0;
    std::size_t loose_ = 0, width_ = 0;  ///< width_: of the header, notes and all
};

}  // namespace

std::optional<FileKind> kind_named(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kind_names); ++i)
        if (kind_names[i] == name) return static_cast<FileKind>(i);
    return std::nullopt;
}

std::unique_ptr<Records> open_records(ByteSource& source, const ReadOptions& options) {
    return options.kind == FileKind::xlsx ? open_xlsx(source, options) : open_csv(source, options);
}

std::unique_ptr<RowReader> open_rows(ByteSource& source, const ReadOptions& options,
                                     std::function<void(Problem)> on_problem) {
    if (options.kind == FileKind::jsonl) return open_jsonl(source, options, std::move(on_problem));
    return std::make_unique<TableRows>(open_records(source, options), options, std::move(on_problem));
}

}  // namespace agency
