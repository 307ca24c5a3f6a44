#include "record/rejects.hpp"

#include <sys/stat.h>

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
        }
    }
    static void join(std::string& to, std::string_view text) {
        if (text.empty()) return;
        if (!to.empty()) to += "; ";
        to += text;
    }
    std::string columns, rules, messages;
};

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
        auto object = nlohmann::ordered_json::parse(row.text, nullptr, false);
        if (!object.is_object()) object = nlohmann::ordered_json{{"_text", std::string(row.text)}};
        object["_row"] = row.row;
        object["_column"] = notes.columns;
        object["_rule"] = notes.rules;
        object["_message"] = notes.messages;
        return write(object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n", encoding);
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

void Rejects::finish() {
    if (!file_) return;
    file_->write(buffer_);
    file_->finish();
}

}  // namespace agency
