#include <algorithm>

#include <rapidjson/reader.h>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/encoding.hpp"
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
        std::string_view text;
        while (header_.empty() && line(text)) {
            if (trim(text).empty()) continue;
            if (!object_.read(text) || faulty_) {
                if (faulty_) object_.fault = tr("it is not UTF-8, or has a NUL byte");
                throw Error(Exit::rejected,
                            say("row {row} of {name} cannot be read: {why}", fmt::arg("row", row_),
                                fmt::arg("name", source.name()), fmt::arg("why", object_.fault)),
                            tr("JSONL has one flat object on each line"));
            }
            for (const auto& m : object_.members()) header_.emplace_back(m.key);
        }
        if (header_.empty())
            throw Error(Exit::rejected, say("{name} is empty", fmt::arg("name", source.name())),
                        tr("JSONL has one flat object on each line"));
        pending_ = true;
    }
    const std::vector<std::string>& header() override { return header_; }
    Encoding encoding() const override { return decoder_.encoding(); }
    std::int64_t header_row() const override { return 0; }
    std::int64_t skipped() const override { return 0; }

    bool next(RawRow& row, bool& bad) override {
        std::string_view text;
        if (!pending_) {
            do {
                if (!line(text)) return false;
            } while (trim(text).empty());
            bad = !object_.read(text) || faulty_;
            if (bad)
                on_problem_({row_, 0, "", "", "",
                             faulty_ ? std::string(tr("it is not UTF-8, or has a NUL byte")) : object_.fault});
        } else {
            bad = false;
        }
        pending_ = false;
        row.row = row_;
        row.text = text_line_;
        row.cells.assign(header_.size(), {});
        if (bad) return true;
        std::size_t next = 0;  // most objects have their keys in the order of the first
        for (const auto& [key, value] : object_.members()) {
            const auto at =
                next < header_.size() && header_[next] == key
                    ? next
                    : static_cast<std::size_t>(std::find(header_.begin(), header_.end(), key) - header_.begin());
            next = at + 1;
            if (at == header_.size()) {
                on_problem_({row_, 0, std::string(key), "", "",
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

    Error too_long() const {
        return Error(Exit::rejected, say("row {row} is longer than {limit} MiB; reading stops here",
                                         fmt::arg("row", row_ + 1), fmt::arg("limit", longest >> 20)));
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
        out = text_line_ = std::string_view(text_).substr(at_, end - at_);
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
    bool pending_ = false, faulty_ = false;
};

}  // namespace

std::unique_ptr<RowReader> open_jsonl(ByteSource& source, const ReadOptions& options,
                                      std::function<void(Problem)> on_problem) {
    return std::make_unique<JsonlRows>(source, options, std::move(on_problem));
}

}  // namespace agency
