#include <algorithm>
#include <cstring>
#include <deque>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/excel_text.hpp"
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

void RawCsv::find_line_end() {
    line_end_ = '\n';
    if (at_end()) return;
    bool quoted = false, returned = false;
    for (std::size_t i = at_; i < text_.size(); ++i) {
        if (text_[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if (text_[i] == '\n') return;
        returned = returned || (text_[i] == '\r' && i + 1 < text_.size());
    }
    if (returned) line_end_ = '\r';
}

void RawCsv::too_long(Record& record) {
    record.fault = Fault::too_long;
    record.fault_offset = before_ + start_;
    ended_ = true;
    at_ = text_.size();
}

/// A cell in quotes, `at_` behind the opening one: doubled quotes are made single in place. False: the file ends
/// inside.
bool RawCsv::quoted_cell(Span& cell) {
    cell.from = at_ - start_;  // relative to the record: a refill moves the text
    std::size_t to = cell.from;
    for (;;) {
        const auto* hit = at_ < text_.size()
                              ? static_cast<const char*>(std::memchr(text_.data() + at_, '"', text_.size() - at_))
                              : nullptr;
        const std::size_t upto = hit ? static_cast<std::size_t>(hit - text_.data()) : text_.size();
        if (start_ + to != at_) std::memmove(text_.data() + start_ + to, text_.data() + at_, upto - at_);
        to += upto - at_;
        at_ = upto;
        cell.size = to - cell.from;
        if (!hit) {
            if (at_ - start_ <= longest_record && refill()) continue;
            return false;
        }
        ++at_;
        if (at_end() || text_[at_] != '"') return true;
        text_[start_ + to++] = '"';
        ++at_;
    }
}

/// A cell without quotes, up to a delimiter, a line's end or the file's.
void RawCsv::plain_cell(Span& cell) {
    cell.from = at_ - start_;
    for (;;) {
        const char* p = text_.data() + at_;
        const char* const end = text_.data() + text_.size();
        while (p != end && *p != delimiter_ && *p != line_end_) ++p;
        at_ = static_cast<std::size_t>(p - text_.data());
        if (at_ < text_.size() || at_ - start_ > longest_record || !refill()) break;
    }
    cell.size = at_ - start_ - cell.from;
    const bool line_ends = at_ >= text_.size() || text_[at_] == line_end_;
    if (cell.size > 0 && line_ends && text_[at_ - 1] == '\r') --cell.size;
}

/// At a delimiter, a line's end, or a carriage return that belongs to one.
bool RawCsv::cell_ends() {
    if (at_end() || text_[at_] == delimiter_ || text_[at_] == line_end_) return true;
    return text_[at_] == '\r' && (at_ + 1 >= text_.size() ? !refill() : true) &&
           (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n');
}

/// The cell as it was written, quotes and all, for somebody to mend; the mark of what is lost keeps it from being taken
/// for a text with quotes when it comes back as it is.
void RawCsv::keep_literal(const Span& cell, std::size_t tail, Record& record) {
    std::string literal = "\"";
    for (const char c : std::string_view(text_).substr(start_ + cell.from, cell.size))
        literal += c == '"' ? std::string("\"\"") : std::string(1, c);
    if (record.fault == Fault::after_quote) literal += '"' + text_.substr(start_ + tail, at_ - start_ - tail);
    literals_.emplace_back(spans_.size(), literal + "\xEF\xBF\xBD");
}

bool RawCsv::next(Record& record) {
    record.cells.clear();
    record.quoted = false;
    record.fault = Fault::none;
    start_ = at_;
    if (line_end_ == '\0') find_line_end();
    if (at_end()) return false;
    spans_.clear();
    literals_.clear();
    for (bool more = true; more;) {
        Span cell;
        if (at_ < text_.size() && text_[at_] == '"') {
            record.quoted = true;
            const std::size_t quote = at_++ - start_;
            if (!quoted_cell(cell) && record.fault == Fault::none && at_ - start_ <= longest_record) {
                record.fault = Fault::open_quote;
                record.fault_offset = before_ + start_ + quote;
                keep_literal(cell, 0, record);
            } else if (!cell_ends()) {
                record.fault = Fault::after_quote;
                record.fault_offset = before_ + at_;
                const std::size_t tail = at_ - start_;
                Span rest;
                plain_cell(rest);
                keep_literal(cell, tail, record);
            }
        } else {
            plain_cell(cell);
        }
        spans_.push_back(cell);
        if (at_ - start_ > longest_record) {
            too_long(record);
            break;
        }
        if (at_end()) {
            more = false;
        } else if (text_[at_] == delimiter_) {
            ++at_;
            if (at_end()) {
                spans_.push_back({at_ - start_, 0});
                more = false;
            }
        } else {
            at_ += text_[at_] == line_end_ ? 1 : 2;
            at_ = std::min(at_, text_.size());
            more = false;
        }
    }
    record.cells.resize(spans_.size());
    for (std::size_t i = 0; i < spans_.size(); ++i)
        record.cells[i] = std::string_view(text_.data() + start_ + spans_[i].from, spans_[i].size);
    for (const auto& [at, literal] : literals_) record.cells[at] = literal;
    auto& faults = decoder_.faults;
    while (!faults.empty() && faults.front().offset < before_ + at_) {
        if (record.fault == Fault::none) {
            record.fault = faults.front().kind == Decoder::FaultKind::nul       ? Fault::nul
                           : faults.front().kind == Decoder::FaultKind::damaged ? Fault::damaged
                                                                                : Fault::encoding;
            record.fault_offset = faults.front().offset;
        }
        faults.pop_front();
    }
    return true;
}

namespace {

std::string upper_name(Encoding encoding) {
    std::string name(name_of(encoding));
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return name;
}

std::string fault_text(const RawCsv::Record& r, Encoding encoding) {
    switch (r.fault) {
        case RawCsv::Fault::open_quote:
            return tr("a quote is opened and never closed");
        case RawCsv::Fault::after_quote:
            return tr("there is text after a closing quote; a quote inside a cell is written twice");
        case RawCsv::Fault::nul:
            return tr("it has a NUL byte; if the file is UTF-16, say so with --encoding utf-16");
        case RawCsv::Fault::damaged:
            return tr("it has the mark U+FFFD, where a character was lost before");
        case RawCsv::Fault::too_long:
            return say("it is longer than {limit} MiB; reading stops here",
                       fmt::arg("limit", RawCsv::longest_record >> 20));
        default:
            return say("it is not {encoding}; save the file anew, or say which encoding it is with --encoding",
                       fmt::arg("encoding", upper_name(encoding)));
    }
}

class CsvRecords final : public Records {
public:
    CsvRecords(ByteSource& source, const ReadOptions& options)
        : name_(source.name()),
          raw_(source, options.encoding,
               options.delimiter               ? options.delimiter
               : options.kind == FileKind::tsv ? '\t'
                                               : ',') {}
    bool next(Record& record) override {
        if (!raw_.next(record_)) return false;
        record.row = ++row_;
        record.blank = record_.cells.size() == 1 && trim(record_.cells[0]).empty() && !record_.quoted &&
                       record_.fault == RawCsv::Fault::none;
        record.faulty = record_.fault != RawCsv::Fault::none;
        record.cells.swap(record_.cells);
        if (raw_.bom()) take_guards_off(record.cells);
        return true;
    }
    std::vector<Problem> faults() const override {
        return {{row_, 0, "", "", "", fault_text(record_, raw_.encoding())}};
    }
    void take_header(std::vector<std::string>& header) override {
        if (header[0].starts_with("{") || header[0].starts_with("["))
            throw Error(Exit::rejected, say("{name} is a JSON document, not a table", fmt::arg("name", name_)),
                        tr("one object a line can be read with --from jsonl"));
    }
    bool counted() const override { return true; }
    Encoding encoding() const override { return raw_.encoding(); }
    std::string title() const override { return name_; }

private:
    /// Of a file made with --excel, or by a spreadsheet of one: only such begin with a BOM.
    void take_guards_off(std::vector<std::string_view>& cells) {
        unguarded_.clear();
        std::string text;
        for (auto& c : cells)
            if (!c.empty() && (c[0] == '=' || c[0] == '\'') && from_excel(c, text)) c = unguarded_.emplace_back(text);
    }

    std::string name_;
    RawCsv raw_;
    RawCsv::Record record_;
    std::int64_t row_ = 0;
    std::deque<std::string> unguarded_;
};

}  // namespace

std::unique_ptr<Records> open_csv(ByteSource& source, const ReadOptions& options) {
    return std::make_unique<CsvRecords>(source, options);
}

}  // namespace agency
