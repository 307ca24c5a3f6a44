#include <algorithm>
#include <deque>

#include <rapidjson/reader.h>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/encoding.hpp"
#include "record/header.hpp"
#include "record/source_private.hpp"

namespace agency {
namespace {

/// One flat object: keys in order, values as text as it was written. Its memory is used again for the next.
class FlatObject final : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, FlatObject> {
public:
    struct Member {
        std::string_view key, value;  ///< live until the next read()
    };
    std::string fault;  ///< why it cannot be read

    /// Of valid UTF-8 without NUL.
    bool read(std::string_view text) {
        members_.clear();
        depth_ = 0;
        fault.clear();
        text_ = text;
        escapes_ = text.find("\\u") != text.npos;
        rapidjson::InsituStringStream in(text_.data());
        const auto result =
            reader_.Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag>(in, *this);
        if (result.IsError() && fault.empty())
            fault = say("it is no JSON object (character {position})", fmt::arg("position", result.Offset() + 1));
        return !result.IsError();
    }
    const std::vector<Member>& members() const { return members_; }

    bool Null() { return value(""); }
    bool Bool(bool b) { return value(b ? "true" : "false"); }
    bool RawNumber(const char* s, rapidjson::SizeType size, bool) { return value({s, size}); }
    bool String(const char* s, rapidjson::SizeType size, bool) { return whole({s, size}) && value({s, size}); }
    bool StartObject() { return depth_++ == 0 || nested(); }
    bool EndObject(rapidjson::SizeType) {
        --depth_;
        return true;
    }
    bool StartArray() { return nested(); }
    bool Key(const char* s, rapidjson::SizeType size, bool) {
        const std::string_view key(s, size);
        if (!whole(key)) return false;
        for (const Member& m : members_)
            if (m.key == key) {
                fault = say("the key \"{key}\" stands twice", fmt::arg("key", key));
                return false;
            }
        members_.push_back({key, {}});
        return true;
    }

private:
    /// What an escape can bring in.
    bool whole(std::string_view s) {
        if (!escapes_) return true;
        if (s.find('\0') != s.npos)
            fault = tr("it has a NUL character");
        else if (first_invalid_utf8(s) != s.npos)
            fault = tr("it has half of a surrogate pair");
        return fault.empty();
    }
    bool value(std::string_view text) {
        if (depth_ == 0) {
            fault = tr("it is no JSON object");
            return false;
        }
        members_.back().value = text;
        return true;
    }
    bool nested() {
        fault = members_.empty() ? std::string(tr("it is no JSON object"))
                                 : say("the value of \"{key}\" is nested", fmt::arg("key", members_.back().key));
        return false;
    }
    rapidjson::Reader reader_;
    std::string text_;  ///< taken apart in place
    std::vector<Member> members_;
    bool escapes_ = false;  ///< the text has \u in it
    int depth_ = 0;
};

class JsonlRows final : public RowReader {
public:
    JsonlRows(ByteSource& source, const ReadOptions& options, std::function<void(Problem)> on_problem)
        : on_problem_(std::move(on_problem)), decoder_(source, options.encoding) {
        // The first object names the columns; one that a rejects file keeps as a text only where there is no other.
        std::vector<std::string> of_text;
        std::string fault;
        for (std::size_t kept = 0; header_.empty() && kept < longest && next_line();
             kept += early_.back().text.size()) {
            early_.push_back({row_, std::string(text_line_), faulty_});
            const bool good = read();
            if (!good && fault.empty())
                fault = say("row {row} of {name} cannot be read: {why}", fmt::arg("row", row_),
                            fmt::arg("name", source.name()), fmt::arg("why", object_.fault));
            auto& names = text_line_.data() == kept_.data() ? of_text : header_;
            if (!good || !names.empty()) continue;
            for (const auto& m : object_.members())
                if (!ours(m.key)) names.emplace_back(m.key);
        }
        if (header_.empty()) header_ = of_text;
        if (header_.empty() && !fault.empty())
            throw Error(Exit::rejected, fault, tr("JSONL has one flat object on each line"));
    }
    const std::vector<std::string>& header() override { return header_; }
    Encoding encoding() const override { return decoder_.encoding(); }
    std::int64_t header_row() const override { return 0; }
    std::int64_t skipped() const override { return 0; }

    bool next(RawRow& row, bool& bad) override {
        if (!early_.empty()) {
            first_ = std::move(early_.front());
            early_.pop_front();
            text_line_ = first_.text;
            faulty_ = first_.faulty;
        } else if (next_line()) {
            first_.row = row_;
        } else {
            return false;
        }
        bad = !read();
        row.row = first_.row;
        row.text = text_line_;
        row.cells.assign(header_.size(), {});
        if (bad) {
            on_problem_({row.row, 0, "", "", "", object_.fault});
            return true;
        }
        std::size_t next = 0;  // most objects have their keys in the order of the first
        for (const auto& [key, value] : object_.members()) {
            if (ours(key)) continue;
            const auto at =
                next < header_.size() && header_[next] == key
                    ? next
                    : static_cast<std::size_t>(std::find(header_.begin(), header_.end(), key) - header_.begin());
            next = at + 1;
            if (at == header_.size()) {
                on_problem_({row.row, 0, std::string(key), "", "",
                             say("the first object has no key \"{key}\"", fmt::arg("key", key))});
                bad = true;
            } else {
                row.cells[at] = value;
            }
        }
        return true;
    }

private:
    static constexpr std::size_t longest = 16u << 20;

    /// A key of rejects files.
    static bool ours(std::string_view key) {
        return key.starts_with('_') && (key == rejects_text || is_note_of_rejects(key));
    }
    Error too_long() const {
        return Error(Exit::rejected, say("row {row} is longer than {limit} MiB; reading stops here",
                                         fmt::arg("row", row_ + 1), fmt::arg("limit", longest >> 20)));
    }
    /// The line at hand; of a rejects file the line that it keeps as a text.
    bool read() {
        for (bool good = object_.read(text_line_);;) {
            if (faulty_)
                object_.fault = tr("it is not UTF-8, or has a NUL byte; say which encoding it is with --encoding");
            if (!good || faulty_) return false;
            const auto& m = object_.members();
            const auto kept = std::find_if(m.begin(), m.end(), [](const auto& one) { return one.key == rejects_text; });
            if (kept == m.end() || kept->value.empty()) return true;
            kept_ = kept->value;
            text_line_ = kept_;
            good = object_.read(text_line_);
        }
    }
    /// The next that is not blank.
    bool next_line() {
        do
            if (!line(text_line_)) return false;
        while (trim(text_line_).empty());
        return true;
    }
    bool line(std::string_view& out) {
        std::size_t end = 0;
        while ((end = text_.find('\n', at_)) == text_.npos) {
            const auto rest = text_.size() - at_;
            before_ += at_;
            text_.erase(0, at_);
            at_ = 0;
            if (rest > longest) throw too_long();
            if (!decoder_.more(text_)) {
                if (at_ >= text_.size()) return false;
                end = text_.size();
                break;
            }
        }
        if (end - at_ > longest) throw too_long();
        out = std::string_view(text_).substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
        ++row_;
        faulty_ = false;
        while (!decoder_.faults.empty() && decoder_.faults.front().offset < before_ + at_) {
            faulty_ = true;
            decoder_.faults.pop_front();
        }
        return true;
    }

    std::function<void(Problem)> on_problem_;
    Decoder decoder_;
    std::string text_;
    std::string_view text_line_;  ///< the line read last
    std::size_t at_ = 0;
    std::uint64_t before_ = 0;
    FlatObject object_;
    std::vector<std::string> header_;
    std::int64_t row_ = 0;
    bool faulty_ = false;
    std::string kept_;  ///< what the line at hand keeps of another
    struct Line {
        std::int64_t row = 0;
        std::string text;
        bool faulty = false;
    };
    std::deque<Line> early_;  ///< those that were read for the names of the columns
    Line first_;              ///< of them, the one that was given last
};

}  // namespace

std::unique_ptr<RowReader> open_jsonl(ByteSource& source, const ReadOptions& options,
                                      std::function<void(Problem)> on_problem) {
    return std::make_unique<JsonlRows>(source, options, std::move(on_problem));
}

}  // namespace agency
