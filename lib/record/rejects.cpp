#include "record/rejects.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/encoding.hpp"
#include "record/header.hpp"

namespace agency {
namespace {

/// What is wrong with a row, joined in the order of its columns.
struct Notes {
    explicit Notes(const std::vector<Problem>& problems) {
        for (const Problem& p : problems) {
            if (p.warning) continue;
            join(columns, p.header.empty() ? p.field : p.header);
            join(rules, p.rule);
            join(messages, p.message);
            join(messages, p.hint);
        }
    }
    static void join(std::string& to, std::string_view text) {
        if (text.empty()) return;
        if (!to.empty()) to += "; ";
        to += text;
    }
    std::string columns, rules, messages;
};

/// A JSON object written anew, each value as it stands there, without the notes of an earlier rejects file.
class ObjectCopy final : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, ObjectCopy> {
public:
    /// False: it is none, or cannot be kept whole (a key stands twice).
    bool read(std::string_view text) {
        rapidjson::MemoryStream in(text.data(), text.size());
        const auto result =
            rapidjson::Reader().Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag>(in,
                                                                                                              *this);
        return !result.IsError() && first_invalid_utf8(beginning()) == std::string_view::npos;
    }
    /// Without the closing brace.
    std::string_view beginning() const { return {out_.GetString(), out_.GetSize() - 1}; }
    bool has(std::string_view key) const { return std::find(keys_.begin(), keys_.end(), key) != keys_.end(); }

    bool Null() {
        return value([&] { writer_.Null(); });
    }
    bool Bool(bool b) {
        return value([&] { writer_.Bool(b); });
    }
    bool RawNumber(const char* s, rapidjson::SizeType size, bool) {
        return value([&] { writer_.RawValue(s, size, rapidjson::kNumberType); });
    }
    bool String(const char* s, rapidjson::SizeType size, bool) {
        return value([&] { writer_.String(s, size); });
    }
    bool StartObject() { return open(true) && writer_.StartObject(); }
    bool EndObject(rapidjson::SizeType) { return depth_-- > 0 && writer_.EndObject(); }
    bool StartArray() { return open(depth_ > 0) && writer_.StartArray(); }
    bool EndArray(rapidjson::SizeType) { return depth_-- > 0 && writer_.EndArray(); }
    bool Key(const char* s, rapidjson::SizeType size, bool) {
        if (depth_ == 1) {
            note_ = is_note_of_rejects({s, size});
            if (note_) return true;
            if (has({s, size})) return false;
            keys_.emplace_back(s, size);
        }
        return writer_.Key(s, size);
    }

private:
    template <class Write>
    bool value(Write write) {
        if (depth_ == 0) return false;
        if (!note_) write();
        note_ = false;
        return true;
    }
    bool open(bool may) {
        if (!may || note_) return false;
        ++depth_;
        return true;
    }
    rapidjson::StringBuffer out_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{out_};
    std::vector<std::string> keys_;
    int depth_ = 0;
    bool note_ = false;  ///< the value to come is one
};

std::string json_text(std::string_view text) {
    return nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string quoted_cell(std::string_view text, char delimiter) {
    if (text.find_first_of("\"\r\n") == text.npos && text.find(delimiter) == text.npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

void check_rejects_path(const std::string& path, FileKind kind, const std::vector<std::string>& others) {
    struct stat wanted {};
    if (::stat(path.c_str(), &wanted) == 0) {
        if (!S_ISREG(wanted.st_mode))
            throw Error(Exit::usage, say("{path} is no ordinary file", fmt::arg("path", path)),
                        tr("name another with --rejects FILE"))
                .with_field("rejects");
        for (const auto& o : others)
            if (same_file(o, path))
                throw Error(Exit::usage,
                            say("{path} is a file that this command reads or writes itself", fmt::arg("path", path)),
                            tr("name another with --rejects FILE"))
                    .with_field("rejects");
    }
    const auto name = fold(path);
    const bool book = kind == FileKind::xlsx;
    if (book) kind = FileKind::csv;
    const bool xlsx = name.ends_with(".xlsx"), tsv = name.ends_with(".tsv"), jsonl = name.ends_with(".jsonl"),
               csv = name.ends_with(".csv");
    if (xlsx || (tsv && kind != FileKind::tsv) || (jsonl && kind != FileKind::jsonl) || (csv && kind != FileKind::csv))
        throw Error(
            Exit::usage, say("{path} is named as another kind of file than the source", fmt::arg("path", path)),
            book ? tr("rejected rows of a workbook are CSV")
                 : tr("rejected rows keep the kind of their source, so that the mended file is imported as it is"))
            .with_field("rejects");
}

Rejects::Rejects(std::string path, const ReadOptions& options)
    : path_(std::move(path)),
      kind_(options.kind),
      delimiter_(options.delimiter               ? options.delimiter
                 : options.kind == FileKind::tsv ? '\t'
                                                 : ',') {}

void Rejects::header(const std::vector<std::string>& cells) {
    header_.clear();
    kept_.clear();
    keys_ = cells;
    for (const auto& c : cells) {
        kept_.push_back(!is_note_of_rejects(c));
        if (kept_.back()) header_ += quoted_cell(c, delimiter_) + delimiter_;
    }
    for (const char* note : {"_row", "_column", "_rule", "_message"}) header_ += std::string(note) + delimiter_;
    header_.back() = '\n';
}

void Rejects::add(const RawRow& row, const std::vector<Problem>& problems, Encoding encoding) {
    const Notes notes(problems);
    if (kind_ == FileKind::jsonl) {
        ObjectCopy object;
        std::string line = "{";
        if (object.read(row.text)) {
            line = object.beginning();
            // The first object that can be read names the columns of all.
            for (const auto& key : keys_)
                if (!object.has(key) && !object.has(rejects_text))
                    line += (line.size() > 1 ? "," : "") + json_text(key) + ":null";
        } else {
            line += json_text(rejects_text) + ":" + json_text(trim(row.text));
        }
        line += (line.size() > 1 ? ",\"_row\":" : "\"_row\":") + std::to_string(row.row) +
                ",\"_column\":" + json_text(notes.columns) + ",\"_rule\":" + json_text(notes.rules) +
                ",\"_message\":" + json_text(notes.messages) + "}\n";
        return write(line, encoding);
    }
    std::string line;
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        if (i >= kept_.size() || kept_[i]) line += quoted_cell(row.cells[i], delimiter_) + delimiter_;
    line += std::to_string(row.row) + delimiter_ + quoted_cell(notes.columns, delimiter_) + delimiter_ +
            quoted_cell(notes.rules, delimiter_) + delimiter_ + quoted_cell(notes.messages, delimiter_) + "\n";
    write(line, encoding);
}

void Rejects::write(std::string_view text, Encoding encoding) {
    if (!file_) {
        file_ = std::make_unique<PartFile>(path_);
        if (encoding == Encoding::utf16) buffer_ += "\xFF\xFE";
        if (kind_ != FileKind::jsonl) write(header_, encoding);
    }
    buffer_ += encoded(text, encoding);
    if (buffer_.size() < 64 * 1024) return;
    file_->write(buffer_);
    buffer_.clear();
}

/// Whether the file that stands there was written by an import: it begins with the notes, in whatever encoding.
bool Rejects::is_old() const {
    std::ifstream in(path_, std::ios::binary);
    std::string head(64 * 1024, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    std::erase(head, '\0');
    return std::all_of(std::begin(rejects_notes), std::end(rejects_notes),
                       [&](auto note) { return head.find(note) != head.npos; });
}

void Rejects::finish(std::vector<Problem>& problems) {
    if (!file_) {
        if (!is_old() || ::unlink(path_.c_str()) != 0) return;
        Problem told{
            0,  0,  "",
            "", "", say("{path} of an earlier import was removed: no row is rejected now", fmt::arg("path", path_))};
        told.warning = true;
        problems.push_back(std::move(told));
        return;
    }
    file_->write(buffer_);
    file_->finish();
}

}  // namespace agency
