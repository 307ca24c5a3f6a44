#include <algorithm>
#include <cstring>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/raw_csv.hpp"
#include "record/source_private.hpp"

namespace agency {

bool RawCsv::refill() {
    if (ended_) return false;
    if (start_ > 0) {
        before_ += start_;
        text_.erase(0, start_);
        at_ -= start_;
        start_ = 0;
    }
    const auto size = text_.size();
    while (text_.size() == size)
        if (!decoder_.more(text_)) {
            ended_ = true;
            return false;
        }
    return true;
}

bool RawCsv::lone_cr() {
    if (at_end()) return false;
    return text_.find('\r') != text_.npos && text_.find('\n') == text_.npos && text_.find('\r') + 1 < text_.size();
}

bool RawCsv::next(Record& record) {
    record.cells.clear();
    record.quoted = false;
    record.fault = Fault::none;
    start_ = at_;
    if (at_end()) return false;
    // Cells are noted as offsets first: a refill moves the text.
    struct Span {
        std::size_t from, size;
    };
    thread_local std::vector<Span> spans;
    spans.clear();
    for (bool more = true; more;) {
        if (at_ - start_ > longest_record) {
            record.fault = Fault::too_long;
            record.fault_offset = before_ + start_;
            ended_ = true;
            at_ = text_.size();
            break;
        }
        if (at_ < text_.size() && text_[at_] == '"') {
            record.quoted = true;
            std::size_t from = ++at_ - start_, to = from;  // relative to the record
            for (;;) {
                const auto* hit =
                    at_ < text_.size()
                        ? static_cast<const char*>(std::memchr(text_.data() + at_, '"', text_.size() - at_))
                        : nullptr;
                const std::size_t upto = hit ? static_cast<std::size_t>(hit - text_.data()) : text_.size();
                if (start_ + to != at_) std::memmove(text_.data() + start_ + to, text_.data() + at_, upto - at_);
                to += upto - at_;
                at_ = upto;
                if (!hit) {
                    if (at_ - start_ <= longest_record && refill()) continue;
                    if (record.fault == Fault::none) {
                        record.fault = Fault::open_quote;
                        record.fault_offset = before_ + start_ + from - 1;
                    }
                    break;
                }
                ++at_;
                if (at_end()) break;
                if (text_[at_] != '"') break;
                text_[start_ + to++] = '"';
                ++at_;
            }
            spans.push_back({from, to - from});
            const auto cell_ends = [&] {
                return text_[at_] == delimiter_ || text_[at_] == '\n' ||
                       (text_[at_] == '\r' && (at_ + 1 < text_.size() || refill()) && text_[at_ + 1] == '\n');
            };
            if (!at_end() && !cell_ends()) {
                if (text_[at_] == '\r' && at_ + 1 >= text_.size()) {
                    ++at_;
                    more = false;
                    continue;
                }
                record.fault = Fault::after_quote;
                record.fault_offset = before_ + at_;
                while (!at_end() && text_[at_] != delimiter_ && text_[at_] != '\n') ++at_;
            }
        } else {
            const std::size_t from = at_ - start_;
            for (;;) {
                const char* p = text_.data() + at_;
                const char* const end = text_.data() + text_.size();
                while (p != end && *p != delimiter_ && *p != '\n') ++p;
                at_ = static_cast<std::size_t>(p - text_.data());
                if (at_ < text_.size() || at_ - start_ > longest_record || !refill()) break;
            }
            std::size_t to = at_ - start_;
            if (to > from && (at_ >= text_.size() || text_[at_] == '\n') && text_[start_ + to - 1] == '\r') --to;
            spans.push_back({from, to - from});
        }
        if (at_end()) {
            more = false;
        } else if (text_[at_] == delimiter_) {
            ++at_;
            if (at_end()) {
                spans.push_back({at_ - start_, 0});
                more = false;
            }
        } else {
            at_ += text_[at_] == '\r' ? 2 : 1;
            more = false;
        }
    }
    for (const Span& s : spans) record.cells.emplace_back(text_.data() + start_ + s.from, s.size);
    auto& faults = decoder_.faults;
    while (!faults.empty() && faults.front().offset < before_ + at_) {
        if (record.fault == Fault::none) {
            record.fault = faults.front().kind == Decoder::FaultKind::nul ? Fault::nul : Fault::encoding;
            record.fault_offset = faults.front().offset;
        }
        faults.pop_front();
    }
    return true;
}

namespace {

std::string fault_text(const RawCsv::Record& r, Encoding encoding) {
    switch (r.fault) {
        case RawCsv::Fault::open_quote:
            return tr("a quote is opened and never closed");
        case RawCsv::Fault::after_quote:
            return tr("there is text after a closing quote; a quote inside a cell is written twice");
        case RawCsv::Fault::nul:
            return tr("it has a NUL byte");
        case RawCsv::Fault::too_long:
            return say("it is longer than {limit} MiB; reading stops here",
                       fmt::arg("limit", RawCsv::longest_record >> 20));
        default:
            return say("byte {offset} of the text is not {encoding}; say which encoding it is with --encoding",
                       fmt::arg("offset", r.fault_offset),
                       fmt::arg("encoding", encoding == Encoding::gb18030 ? "GB18030" : "UTF-8"));
    }
}

class CsvRows final : public RowReader {
public:
    CsvRows(ByteSource& source, const ReadOptions& options, std::function<void(Problem)> on_problem)
        : options_(options),
          on_problem_(std::move(on_problem)),
          raw_(source, options.encoding,
               options.delimiter               ? options.delimiter
               : options.kind == FileKind::tsv ? '\t'
                                               : ',') {
        if (raw_.lone_cr())
            throw Error(Exit::rejected,
                        say("{name} ends its lines with a carriage return only", fmt::arg("name", source.name())),
                        tr("save it with line feeds (CSV for Windows or Unix) and import that"));
        while (raw_.next(record_)) {
            ++row_;
            if (blank() || !wanted_header()) {
                ++skipped_;
                continue;
            }
            for (const auto c : record_.cells) header_.emplace_back(trim(c));
            while (header_.size() > 1 && header_.back().empty()) header_.pop_back(), ++loose_;
            break;
        }
        if (header_.empty())
            throw Error(Exit::rejected,
                        options.skip_until.empty()
                            ? say("{name} is empty", fmt::arg("name", source.name()))
                            : say("{name} has no row with \"{text}\", where its table should begin",
                                  fmt::arg("name", source.name()), fmt::arg("text", options.skip_until)),
                        tr("a table begins with a header row"));
        if (header_[0].starts_with("{") || header_[0].starts_with("["))
            throw Error(Exit::rejected, say("{name} is a JSON document, not a table", fmt::arg("name", source.name())),
                        tr("one object a line can be read with --from jsonl"));
        if (record_.fault != RawCsv::Fault::none)
            throw Error(Exit::rejected,
                        say("the header of {name} cannot be read: {why}", fmt::arg("name", source.name()),
                            fmt::arg("why", fault_text(record_, raw_.encoding()))));
        for (std::size_t i = 0; i < header_.size(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                if (!header_[i].empty() && header_[i] == header_[k])
                    throw Error(
                        Exit::rejected,
                        say("columns {a} and {b} of {name} have the same header \"{text}\"", fmt::arg("a", k + 1),
                            fmt::arg("b", i + 1), fmt::arg("name", source.name()), fmt::arg("text", header_[i])),
                        tr("rename or remove one"));
    }
    const std::vector<std::string>& header() override { return header_; }
    Encoding encoding() const override { return raw_.encoding(); }
    std::int64_t skipped() const override { return skipped_; }

    bool next(RawRow& row, bool& bad) override {
        while (raw_.next(record_)) {
            ++row_;
            if (blank()) continue;
            if (!options_.stop_at.empty() && trim(record_.cells[0]).starts_with(options_.stop_at)) {
                ++skipped_;
                while (raw_.next(record_)) ++skipped_;
                return false;
            }
            row.row = row_;
            row.cells.swap(record_.cells);
            bad = true;
            if (record_.fault != RawCsv::Fault::none) {
                on_problem_({row_, 0, "", "", "", fault_text(record_, raw_.encoding())});
                row.cells.resize(header_.size());
            } else if (!fits(row.cells)) {
                on_problem_({row_, 0, "", "", "",
                             say("it has {have} cells, the header has {want}", fmt::arg("have", row.cells.size()),
                                 fmt::arg("want", header_.size()))});
            } else if (std::equal(header_.begin(), header_.end(), row.cells.begin(),
                                  [](const std::string& h, std::string_view c) { return h == trim(c); })) {
                on_problem_({row_, 0, "", "", "", tr("it repeats the header")});
            } else {
                bad = false;
            }
            return true;
        }
        return false;
    }

private:
    bool blank() const {
        return record_.cells.size() == 1 && record_.cells[0].empty() && !record_.quoted &&
               record_.fault == RawCsv::Fault::none;
    }
    bool wanted_header() const {
        return options_.skip_until.empty() || std::any_of(record_.cells.begin(), record_.cells.end(), [&](auto c) {
                   return c.find(options_.skip_until) != c.npos;
               });
    }
    /// Cells beyond the header are let pass when the header had as many empty ones and they are empty.
    bool fits(std::vector<std::string_view>& cells) const {
        while (cells.size() > header_.size() && cells.size() - header_.size() <= loose_ && trim(cells.back()).empty())
            cells.pop_back();
        return cells.size() == header_.size();
    }

    ReadOptions options_;
    std::function<void(Problem)> on_problem_;
    RawCsv raw_;
    RawCsv::Record record_;
    std::vector<std::string> header_;
    std::int64_t row_ = 0, skipped_ = 0;
    std::size_t loose_ = 0;
};

}  // namespace

std::unique_ptr<RowReader> open_csv(ByteSource& source, const ReadOptions& options,
                                    std::function<void(Problem)> on_problem) {
    return std::make_unique<CsvRows>(source, options, std::move(on_problem));
}

std::unique_ptr<RowReader> open_rows(ByteSource& source, const ReadOptions& options,
                                     std::function<void(Problem)> on_problem) {
    return options.kind == FileKind::jsonl ? open_jsonl(source, options, std::move(on_problem))
                                           : open_csv(source, options, std::move(on_problem));
}

}  // namespace agency
