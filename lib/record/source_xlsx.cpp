#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <pugixml.hpp>

#include "base/date.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/archive.hpp"
#include "record/encoding.hpp"
#include "record/sheet_number.hpp"
#include "record/source_private.hpp"

namespace agency {
namespace {

constexpr std::size_t MiB = 1u << 20;
constexpr std::size_t largest_file = 256 * MiB;
constexpr std::size_t most_kept = 128 * MiB;     // of a part that is kept in memory: styles, texts
constexpr std::size_t most_passed = 2048 * MiB;  // of a sheet, which goes by row by row
constexpr std::size_t longest_element = 16 * MiB;
constexpr int last_column = 16384;
constexpr unsigned parse_flags = pugi::parse_default | pugi::parse_ws_pcdata_single;

/// Producers differ in prefixes: `x:row` is `row`.
std::string_view local(std::string_view name) {
    return name.substr(name.find(':') + 1);
}
pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    for (auto n : parent)
        if (local(n.name()) == name) return n;
    return {};
}
std::string_view attribute(pugi::xml_node node, std::string_view name) {
    for (auto a : node.attributes())
        if (local(a.name()) == name) return a.value();
    return {};
}
int integer(std::string_view text, int otherwise) {
    int n = 0;
    const auto [p, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
    return ec == std::errc{} && p == text.data() + text.size() ? n : otherwise;
}

/// The elements of one name in a part, one after another; the part itself is never whole in memory.
class Elements {
public:
    Elements(Archive& archive, const std::string& part, std::string_view name, std::size_t most)
        : archive_(archive), name_(name), most_(most), ended_(!archive.open(part)) {}

    /// Parses the next one into `into`; what was parsed before is gone.
    bool next(pugi::xml_document& into) {
        for (;;) {
            const auto open = text_.find('<', at_);
            if (open == text_.npos) {
                at_ = text_.size();
                if (!more()) return false;
                continue;
            }
            at_ = open;
            const auto end = text_.find_first_of(" \t\r\n/>", open + 1);
            if (end == text_.npos) {
                if (!more()) return false;
                continue;
            }
            const std::string tag = text_.substr(open + 1, end - open - 1);
            at_ = end;
            if (local(tag) != name_) continue;
            at_ = open;
            const auto stop = close(tag);
            if (!into.load_buffer_inplace(text_.data() + at_, stop - at_, parse_flags, pugi::encoding_utf8))
                archive_.damaged();
            at_ = stop;
            return true;
        }
    }

private:
    /// Behind the end of the element that begins at `at_`.
    std::size_t close(const std::string& tag) {
        const std::string closing = "</" + tag;
        for (std::size_t from = tag.size();;) {
            const auto start_ends = text_.find('>', at_);
            if (start_ends != text_.npos) {
                if (text_[start_ends - 1] == '/') return start_ends + 1;
                const auto hit = text_.find(closing, std::max(start_ends, at_ + from));
                const auto end = hit == text_.npos ? hit : text_.find('>', hit);
                if (end != text_.npos) return end + 1;
                from = std::max(from, text_.size() - at_ - std::min(text_.size() - at_, closing.size() + 1));
            }
            if (text_.size() - at_ > longest_element) archive_.too_large(longest_element);
            if (!more()) archive_.damaged();
        }
    }
    bool more() {
        if (ended_) return false;
        text_.erase(0, at_);
        at_ = 0;
        const auto have = text_.size();
        text_.resize(have + 64 * 1024);
        const auto n = archive_.read(text_.data() + have, 64 * 1024);
        text_.resize(have + n);
        ended_ = n == 0;
        if ((passed_ += n) > most_) archive_.too_large(most_);
        return n > 0;
    }

    Archive& archive_;
    std::string_view name_;
    std::size_t most_, passed_ = 0, at_ = 0;
    std::string text_;
    bool ended_;
};

/// The text of `si` or `is`: plain or in runs, without the readings (phonetic runs) beside it.
void append_text(pugi::xml_node node, std::string& out) {
    for (auto n : node) {
        const auto name = local(n.name());
        if (name == "r") append_text(n, out);
        if (name != "t") continue;
        std::string_view t = n.text().get();
        while (!t.empty()) {  // _x000D_ is a character that XML cannot hold
            unsigned code = 0;
            const bool escape = t.size() >= 7 && t[0] == '_' && t[1] == 'x' && t[6] == '_' &&
                                std::from_chars(t.data() + 2, t.data() + 6, code, 16).ptr == t.data() + 6;
            if (escape && code > 0 && code < 0x80)
                out += static_cast<char>(code);
            else
                out += t.substr(0, escape ? 7 : 1);
            t.remove_prefix(escape ? 7 : 1);
        }
    }
}

struct Merge {
    int row = 0, column = 0, last_row = 0, last_column = 0;
};

/// `BC12`: column from 0, row from 1; 0 or −1 where there is none.
void read_reference(std::string_view text, int& column, int& row) {
    std::size_t i = 0;
    column = 0;
    while (i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && column <= last_column)
        column = column * 26 + (text[i++] - 'A' + 1);
    --column;
    row = integer(text.substr(i), 0);
}

class SheetRecords final : public Records {
public:
    SheetRecords(ByteSource& source, const std::string& wanted)
        : name_(source.name()), bytes_(read_all(source)), archive_(bytes_, name_) {
        find_parts(wanted);
        read_styles();
        pugi::xml_document doc;
        for (Elements texts(archive_, texts_part_, "si", most_kept); texts.next(doc);) {
            append_text(doc.first_child(), texts_);
            text_ends_.push_back(texts_.size());
        }
        for (Elements merges(archive_, sheet_part_, "mergeCell", most_passed); merges.next(doc);) {
            const auto ref = attribute(doc.first_child(), "ref");
            Merge m;
            const auto colon = ref.find(':');
            if (colon == ref.npos) continue;
            read_reference(ref.substr(0, colon), m.column, m.row);
            read_reference(ref.substr(colon + 1), m.last_column, m.last_row);
            merges_.push_back(m);
        }
        rows_.emplace(archive_, sheet_part_, "row", most_passed);
    }
    std::string title() const override {
        return say("{name}, sheet {sheet}", fmt::arg("name", name_), fmt::arg("sheet", sheet_));
    }

    bool next(Record& record) override {
        if (!rows_->next(row_)) return false;
        const auto row = row_.first_child();
        number_ = integer(attribute(row, "r"), number_ + 1);
        faults_.clear();
        std::size_t width = 0;
        for (auto c : row) {
            if (local(c.name()) != "c") continue;
            int column = static_cast<int>(width), same = 0;
            if (const auto ref = attribute(c, "r"); !ref.empty()) read_reference(ref, column, same);
            if (column < static_cast<int>(width) || column >= last_column) archive_.damaged();
            const auto at = static_cast<std::size_t>(column);
            if (texts_of_row_.size() <= at) texts_of_row_.resize(at + 1);
            for (; width <= at; ++width) texts_of_row_[width].clear();
            read_cell(c, column + 1, texts_of_row_[at]);
        }
        while (width > 0 && trim(texts_of_row_[width - 1]).empty()) --width;
        record.row = number_;
        record.cells.assign(texts_of_row_.begin(), texts_of_row_.begin() + static_cast<std::ptrdiff_t>(width));
        record.blank = width == 0;
        record.faulty = !faults_.empty();
        return true;
    }
    std::vector<Problem> faults() const override { return faults_; }
    bool counted() const override { return false; }
    Encoding encoding() const override { return Encoding::utf8; }

    /// A header whose cells are merged downwards goes on to the last of their rows: a column is called as its lowest
    /// cell says, and where two would be called the same, by the cells above too.
    void take_header(std::vector<std::string>& header) override {
        int last = static_cast<int>(number_);
        for (const Merge& m : merges_)
            if (m.row == number_) last = std::max(last, m.last_row);
        if (last == number_) return;
        std::vector<std::string> above = header;
        for (const Merge& m : merges_)
            if (m.row == number_ && m.column >= 0 && static_cast<std::size_t>(m.column) < header.size())
                for (int c = m.column + 1; c <= m.last_column && c < last_column; ++c) {
                    if (above.size() <= static_cast<std::size_t>(c)) above.resize(static_cast<std::size_t>(c) + 1);
                    above[static_cast<std::size_t>(c)] = above[static_cast<std::size_t>(m.column)];
                }
        header.resize(std::max(header.size(), above.size()));
        Record record;
        while (number_ < last && next(record)) {
            header.resize(std::max(header.size(), record.cells.size()));
            above.resize(header.size());
            for (std::size_t i = 0; i < record.cells.size(); ++i)
                if (const auto text = trim(record.cells[i]); !text.empty()) header[i] = text;
        }
        const auto lowest = header;
        for (std::size_t i = 0; i < header.size(); ++i)
            if (!lowest[i].empty() && !above[i].empty() && above[i] != lowest[i] &&
                std::count(lowest.begin(), lowest.end(), lowest[i]) > 1)
                header[i] = above[i] + " " + lowest[i];
    }

private:
    std::string read_all(ByteSource& source) {
        std::string out;
        for (std::size_t have = 0;;) {
            out.resize(have + 64 * 1024);
            const auto n = source.read(out.data() + have, 64 * 1024);
            have += n;
            if (have > largest_file)
                throw Error(Exit::rejected,
                            say("{name} is larger than {limit} MiB", fmt::arg("name", name_),
                                fmt::arg("limit", largest_file / MiB)),
                            tr("save the sheet as CSV (UTF-8) and import that"));
            if (n > 0) continue;
            out.resize(have);
            break;
        }
        refuse_document(out, name_);
        if (out.empty()) throw Error(Exit::rejected, say("{name} is empty", fmt::arg("name", name_)));
        if (!out.starts_with("PK"))
            throw Error(Exit::rejected, say("{name} is no workbook", fmt::arg("name", name_)),
                        tr("a text of rows is read with --from csv, tsv or jsonl"));
        return out;
    }

    bool load(const std::string& part, pugi::xml_document& doc) {
        if (part.empty() || !archive_.open(part)) return false;
        const auto text = archive_.rest(most_kept);
        if (!doc.load_buffer(text.data(), text.size(), parse_flags)) archive_.damaged();
        return true;
    }
    /// The parts that `of` refers to, by id; the kind is the last word of their type.
    std::map<std::string, std::pair<std::string, std::string>> relations(const std::string& of) {
        std::map<std::string, std::pair<std::string, std::string>> out;
        const auto slash = of.rfind('/');
        const auto folder = slash == of.npos ? std::string() : of.substr(0, slash + 1);
        pugi::xml_document doc;
        load(folder + "_rels/" + of.substr(folder.size()) + ".rels", doc);
        for (auto r : doc.first_child()) {
            std::string target(attribute(r, "Target"));
            if (target.starts_with("/"))
                target.erase(0, 1);
            else
                target = folder + target;
            const auto type = attribute(r, "Type");
            out[std::string(attribute(r, "Id"))] = {std::string(type.substr(type.rfind('/') + 1)), target};
        }
        return out;
    }

    /// The sheet that is wanted, or the first that is not hidden.
    void find_parts(const std::string& wanted) {
        std::string book;
        for (const auto& [id, part] : relations(""))
            if (part.first == "officeDocument") book = part.second;
        pugi::xml_document doc;
        if (!book.ends_with(".xml") || !load(book, doc) || local(doc.document_element().name()) != "workbook")
            throw Error(Exit::rejected, say("{name} is an archive, but no workbook (.xlsx)", fmt::arg("name", name_)),
                        tr("unpack it, or open it in a spreadsheet and save it as .xlsx or as CSV (UTF-8)"));
        const auto root = doc.document_element();
        const auto from_1904 = attribute(child(root, "workbookPr"), "date1904");
        numbers_.from_1904 = from_1904 == "1" || from_1904 == "true";
        const auto parts = relations(book);
        std::vector<std::string> names;
        for (auto s : child(root, "sheets")) {
            const auto part = parts.find(std::string(attribute(s, "id")));
            if (part == parts.end() || part->second.first != "worksheet") continue;
            const std::string name(attribute(s, "name"));
            names.push_back(name);
            const auto state = attribute(s, "state");
            const bool shown = state.empty() || state == "visible";
            if (!sheet_part_.empty() || (wanted.empty() ? !shown : match_form(name) != match_form(wanted))) continue;
            sheet_ = name;
            sheet_part_ = part->second.second;
        }
        if (sheet_part_.empty())
            throw Error(wanted.empty() ? Exit::rejected : Exit::usage,
                        wanted.empty() ? say("{name} has no sheet that is shown", fmt::arg("name", name_))
                                       : say("{name} has no sheet \"{sheet}\"", fmt::arg("name", name_),
                                             fmt::arg("sheet", wanted)),
                        say("its sheets are: {sheets}", fmt::arg("sheets", fmt::join(names, ", "))))
                .with_field("sheet");
        for (const auto& [id, part] : parts) {
            if (part.first == "sharedStrings") texts_part_ = part.second;
            if (part.first == "styles") styles_part_ = part.second;
        }
    }

    void read_styles() {
        pugi::xml_document doc;
        if (!load(styles_part_, doc)) return;
        const auto root = doc.document_element();
        std::map<int, SheetFormat> own;
        for (auto f : child(root, "numFmts"))
            own[integer(attribute(f, "numFmtId"), -1)] = format_of(attribute(f, "formatCode"));
        for (auto x : child(root, "cellXfs")) {
            const int id = integer(attribute(x, "numFmtId"), 0);
            const auto it = own.find(id);
            formats_.push_back(it == own.end() ? builtin_format(id) : it->second);
        }
    }

    void fault(int column, std::string message) {
        faults_.push_back({number_, column, "", "", "", std::move(message)});
    }
    void read_cell(pugi::xml_node c, int column, std::string& out) {
        const auto type = attribute(c, "t");
        const std::string_view value = child(c, "v").text().get();
        if (type == "inlineStr") return append_text(child(c, "is"), out);
        if (value.empty()) {
            if (child(c, "f") && type != "str")
                fault(column,
                      tr("it has a formula without its result; open the workbook in a spreadsheet and save it"));
            return;
        }
        if (type == "s") {
            const auto i = static_cast<std::size_t>(integer(value, -1));
            if (i >= text_ends_.size()) archive_.damaged();
            const auto from = i == 0 ? 0 : text_ends_[i - 1];
            out = texts_.substr(from, text_ends_[i] - from);
        } else if (type == "b") {
            out = value == "1" || value == "true" ? "true" : "false";
        } else if (type == "e") {
            out = value;
            fault(column, say("its formula ends in the error {error}", fmt::arg("error", value)));
        } else if (type == "str") {
            out = value;
        } else if (type == "d") {
            out = value.substr(0, value.ends_with("T00:00:00") || value.ends_with("T00:00:00Z") ? 10 : value.size());
        } else {
            const auto style = static_cast<std::size_t>(integer(attribute(c, "s"), 0));
            if (!numbers_.text_of(value, style < formats_.size() ? formats_[style] : SheetFormat{}, out))
                fault(column, tr("it has a number of more than 15 digits, of which a spreadsheet keeps no more; format "
                                 "the column as text and enter it again"));
        }
    }

    std::string name_, bytes_;
    Archive archive_;
    std::string sheet_, sheet_part_, texts_part_, styles_part_;
    std::vector<SheetFormat> formats_;  ///< by style
    SheetNumbers numbers_;
    std::string texts_;  ///< shared ones, one after another
    std::vector<std::size_t> text_ends_;
    std::vector<Merge> merges_;
    std::optional<Elements> rows_;
    pugi::xml_document row_;
    std::vector<std::string> texts_of_row_;
    std::vector<Problem> faults_;
    std::int64_t number_ = 0;
};

}  // namespace

std::unique_ptr<Records> open_xlsx(ByteSource& source, const ReadOptions& options) {
    return std::make_unique<SheetRecords>(source, options.sheet);
}

}  // namespace agency
