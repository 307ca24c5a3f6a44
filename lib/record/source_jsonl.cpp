#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/encoding.hpp"
#include "record/source_private.hpp"

namespace agency {
namespace {

/// One flat object: keys in order, values as text as it was written.
class FlatObject final : public nlohmann::json_sax<nlohmann::json> {
public:
    std::vector<std::pair<std::string, std::string>> members;
    std::string fault;

    bool null() override { return value(""); }
    bool boolean(bool b) override { return value(b ? "true" : "false"); }
    bool number_integer(number_integer_t n) override { return value(std::to_string(n)); }
    bool number_unsigned(number_unsigned_t n) override { return value(std::to_string(n)); }
    bool number_float(number_float_t, const string_t& raw) override { return value(raw); }
    bool string(string_t& s) override { return whole(s) && value(s); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return depth_++ == 0 || nested(); }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override { return nested(); }
    bool end_array() override { return true; }
    bool key(string_t& k) override {
        if (!whole(k)) return false;
        if (std::any_of(members.begin(), members.end(), [&](const auto& m) { return m.first == k; })) {
            fault = say("the key \"{key}\" stands twice", fmt::arg("key", k));
            return false;
        }
        members.emplace_back(k, "");
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        if (fault.empty()) fault = say("it is no JSON object (character {position})", fmt::arg("position", position));
        return false;
    }

private:
    bool whole(const std::string& s) {
        if (s.find('\0') == s.npos) return true;
        fault = tr("it has a NUL character");
        return false;
    }
    bool value(std::string text) {
        if (depth_ == 0) {
            fault = tr("it is no JSON object");
            return false;
        }
        members.back().second = std::move(text);
        return true;
    }
    bool nested() {
        fault = members.empty() ? std::string(tr("it is no JSON object"))
                                : say("the value of \"{key}\" is nested", fmt::arg("key", members.back().first));
        return false;
    }
    int depth_ = 0;
};

class JsonlRows final : public RowReader {
public:
    JsonlRows(ByteSource& source, const ReadOptions& options, std::function<void(Problem)> on_problem)
        : on_problem_(std::move(on_problem)), decoder_(source, options.encoding) {
        std::string_view text;
        while (header_.empty() && line(text)) {
            if (trim(text).empty()) continue;
            object_ = {};
            if (!nlohmann::json::sax_parse(text, &object_) || faulty_) {
                if (faulty_) object_.fault = tr("it is not UTF-8, or has a NUL byte");
                throw Error(Exit::rejected,
                            say("row {row} of {name} cannot be read: {why}", fmt::arg("row", row_),
                                fmt::arg("name", source.name()), fmt::arg("why", object_.fault)),
                            tr("JSONL has one flat object on each line"));
            }
            for (const auto& [key, value] : object_.members) header_.push_back(key);
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
            object_ = {};
            bad = !nlohmann::json::sax_parse(text, &object_) || faulty_;
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
        for (const auto& [key, value] : object_.members) {
            const auto at = std::find(header_.begin(), header_.end(), key);
            if (at == header_.end()) {
                on_problem_({row_, 0, key, "", "", say("the first object has no key \"{key}\"", fmt::arg("key", key))});
                bad = true;
            } else {
                row.cells[static_cast<std::size_t>(at - header_.begin())] = value;
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
