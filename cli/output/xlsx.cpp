#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <tuple>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"
#include "output/xlsx_check.hpp"

namespace agency::output {
namespace {

constexpr std::int64_t largest_exact = std::int64_t{1} << 53;  ///< a double holds every whole number up to it
constexpr std::int32_t epoch = 25569;                          ///< 1970-01-01 as Excel counts days
constexpr std::int32_t first_day = -25508;  ///< 1900-03-01; before it Excel counts a day that never was
constexpr std::size_t most_rows = 1048576, longest_text = 32767, rows_in_memory = 20000;
constexpr std::time_t made = 946684800;  ///< 2000-01-01: the same report is the same bytes whenever it is written
constexpr const char* library_name = "libxlsxwriter.so.4";

/// Loaded when the first sheet is written: Debian has no static form, and a shared one would be loaded, with zlib, at
/// each start of a program that seldom needs it (DECISIONS.md has the figures).
struct Library {
#define AGENCY_XLSX(function) decltype(&::function) function = load<decltype(&::function)>(#function)
    void* handle = open();
    AGENCY_XLSX(workbook_new_opt);
    AGENCY_XLSX(workbook_add_worksheet);
    AGENCY_XLSX(workbook_add_format);
    AGENCY_XLSX(workbook_set_properties);
    AGENCY_XLSX(workbook_close);
    AGENCY_XLSX(worksheet_write_number);
    AGENCY_XLSX(worksheet_write_string);
    AGENCY_XLSX(worksheet_write_boolean);
    AGENCY_XLSX(worksheet_set_column);
    AGENCY_XLSX(worksheet_freeze_panes);
    AGENCY_XLSX(worksheet_autofilter);
    AGENCY_XLSX(worksheet_ignore_errors);
    AGENCY_XLSX(worksheet_set_landscape);
    AGENCY_XLSX(worksheet_set_paper);
    AGENCY_XLSX(worksheet_fit_to_pages);
    AGENCY_XLSX(worksheet_repeat_rows);
    AGENCY_XLSX(format_set_num_format);
    AGENCY_XLSX(format_set_bold);
    AGENCY_XLSX(format_set_align);
    AGENCY_XLSX(format_set_bottom);
    AGENCY_XLSX(format_set_top);
    AGENCY_XLSX(format_set_text_wrap);
#undef AGENCY_XLSX

private:
    [[noreturn]] static void missing() {
        const char* why = ::dlerror();
        throw Error(
            Exit::outside,
            say("{name} cannot be loaded: \"{why}\"", fmt::arg("name", library_name), fmt::arg("why", why ? why : "")),
            tr("install libxlsxwriter4, or use another --format"))
            .with_field("format");
    }
    static void* open() {
        void* const found = ::dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
        return found ? found : (missing(), nullptr);
    }
    template <class Function>
    Function load(const char* name) const {
        void* const found = ::dlsym(handle, name);
        return found ? reinterpret_cast<Function>(found) : (missing(), nullptr);
    }
};

/// What the library is given as a file, and we read back: a file without a name in memory.
class Memory {
public:
    Memory() : fd_(::memfd_create("agency.xlsx", MFD_CLOEXEC)), path_("/proc/self/fd/" + std::to_string(fd_)) {
        if (fd_ < 0) fail();
    }
    ~Memory() { ::close(fd_); }
    Memory(const Memory&) = delete;
    const char* path() const { return path_.c_str(); }
    std::string bytes() const {
        std::string out(static_cast<std::size_t>(std::max<off_t>(0, ::lseek(fd_, 0, SEEK_END))), '\0');
        for (std::size_t at = 0; at < out.size();) {
            const auto n = ::pread(fd_, out.data() + at, out.size() - at, static_cast<off_t>(at));
            if (n <= 0 && errno != EINTR) fail();
            if (n > 0) at += static_cast<std::size_t>(n);
        }
        return out;
    }
    [[noreturn]] static void fail() {
        throw Error(Exit::outside, say("the sheet cannot be made: {why}", fmt::arg("why", reason_of(errno))));
    }

private:
    int fd_;
    std::string path_;
};

/// The same as it stands; what XML or Excel would turn into something else is shown instead: control characters as on a
/// terminal, `_x0041_` (which Excel reads as A) with its underscore written out.
std::string sheet_text(std::string_view text) {
    std::string out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find_first_of("\n\t", from), text.size());
        out += escape_controls(text.substr(from, end - from));
        if (end < text.size()) out += text[end];
        from = end + 1;
    }
    const auto hex = [](char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'); };
    for (auto at = out.find("_x"); at != out.npos; at = out.find("_x", at + 1))
        if (at + 6 < out.size() && out[at + 6] == '_' && std::all_of(&out[at + 2], &out[at + 6], hex)) {
            out.insert(at, "_x005F");
            at += 6;
        }
    return out;
}

std::size_t utf16_length(std::string_view s) {
    std::size_t n = 0;
    for (const char c : s) {
        const auto byte = static_cast<unsigned char>(c);
        n += (byte & 0xC0) != 0x80 ? 1 : 0;
        n += byte >= 0xF0 ? 1 : 0;
    }
    return n;
}

class Book {
public:
    Book(bool large, const std::string& title) {
        lxw_workbook_options options{};
        options.constant_memory = large;
        book_ = lib_.workbook_new_opt(memory_.path(), &options);
        if (!book_) Memory::fail();
        std::string copy(title);
        lxw_doc_properties properties{};
        properties.title = copy.data();
        properties.created = made;
        lib_.workbook_set_properties(book_, &properties);
    }
    ~Book() {
        if (book_) lib_.workbook_close(book_);  // after an error: only to free it
    }
    Book(const Book&) = delete;

    /// A table: its header frozen, with a filter over the rows but not over the totals.
    void add_table(const std::string& name, const Grid& grid, const Grid& totals, Headers headers) {
        if (grid.rows() + totals.rows() + 1 > most_rows)
            throw Error(Exit::usage,
                        say("a sheet has room for {most} rows, here are {count}", fmt::arg("most", most_rows - 1),
                            fmt::arg("count", grid.rows() + totals.rows())),
                        tr("use --format csv, or --where"))
                .with_field("format");
        sheet(name);
        const auto last = static_cast<lxw_col_t>(grid.columns.size() - 1);
        const auto rows = static_cast<lxw_row_t>(grid.rows());
        for (std::size_t c = 0; c <= last; ++c) {
            const auto& column = grid.columns[c];
            write_text(0, c, heading(column, headers), format({Kind::head, is_number(column.type)}));
            int width = cells(heading(column, headers)) + 3;  // the filter's button
            for (const Grid* g : {&grid, &totals})
                for (std::size_t r = 0; r < g->rows(); ++r)
                    width = std::max(width, cells(for_people(g->cell(r, c), column.type)) + 1);
            set_width(c, width);
            if (is_text(column.type) && rows)
                lib_.worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range(c, rows).c_str());
        }
        lxw_row_t at = 1;
        for (const Grid* g : {&grid, &totals})
            for (std::size_t r = 0; r < g->rows(); ++r, ++at)
                for (std::size_t c = 0; c <= last; ++c) {
                    const auto kind = g == &grid ? Kind::plain : r == 0 ? Kind::first_total : Kind::total;
                    write(at, c, g->cell(r, c), grid.columns[c].type, kind);
                }
        lib_.worksheet_freeze_panes(sheet_, 1, 0);
        lib_.worksheet_autofilter(sheet_, 0, 0, rows, last);
        lib_.worksheet_repeat_rows(sheet_, 0, 0);
    }

    /// A record: one line a field, without those that are not given.
    void add_pairs(const std::string& name, const Grid& grid, Headers headers) {
        sheet(name);
        lxw_row_t at = 0;
        int left = 0, right = 0;
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            const Cell& cell = grid.cell(0, c);
            if (cell.null) continue;
            const auto& label = heading(grid.columns[c], headers);
            write_text(at, 0, label, format({Kind::total, false}));
            write(at++, 1, cell, grid.columns[c].type, Kind::plain);
            left = std::max(left, cells(label) + 1);
            right = std::max(right, cells(for_people(cell, grid.columns[c].type)) + 1);
        }
        set_width(0, left);
        set_width(1, right);
    }

    void add_lines(const std::string& name, const std::vector<std::pair<std::string, std::string>>& lines) {
        sheet(name);
        lxw_row_t at = 0;
        int left = 0, right = 0;
        for (const auto& [label, text] : lines) {
            write_text(at, 0, label, format({Kind::total, false}));
            write_text(at++, 1, text, nullptr);
            left = std::max(left, cells(label) + 1);
            right = std::max(right, cells(text) + 1);
        }
        set_width(0, left);
        set_width(1, right);
    }

    void finish(Sink& sink) {
        const auto result = lib_.workbook_close(std::exchange(book_, nullptr));
        const auto bytes = memory_.bytes();
        if (result != LXW_NO_ERROR || !is_whole_workbook(bytes, sizes_))
            throw Error(Exit::outside, tr("the workbook did not come out whole"),
                        tr("is there room in the folder of temporary files? Another --format needs none"))
                .with_field("format");
        sink.write(bytes);
    }

private:
    enum class Kind : std::uint8_t { plain, head, first_total, total };
    struct Look {
        Kind kind = Kind::plain;
        bool right = false;
        const char* number = "";  ///< of a number: its format
        int digits = -1;          ///< decimals that the format is to show
        bool wraps = false;
    };

    void sheet(const std::string& name) {
        const auto times = ++names_[name];  // in some language two keys may be one word
        sheet_ = lib_.workbook_add_worksheet(book_, (times > 1 ? name + " " + std::to_string(times) : name).c_str());
        if (!sheet_) Memory::fail();
        sizes_.emplace_back();
        lib_.worksheet_set_landscape(sheet_);
        lib_.worksheet_set_paper(sheet_, 9);  // A4
        lib_.worksheet_fit_to_pages(sheet_, 1, 0);
    }
    /// A cell is about to be written; rows are written from the top.
    lxw_col_t at(lxw_row_t row, std::size_t column) {
        if (sizes_.back().cells++ == 0 || row != last_row_) ++sizes_.back().rows;
        last_row_ = row;
        return static_cast<lxw_col_t>(column);
    }
    void set_width(std::size_t column, int width) {
        const auto c = static_cast<lxw_col_t>(column);
        lib_.worksheet_set_column(sheet_, c, c, std::clamp(width, 6, 60), nullptr);
    }
    static std::string range(std::size_t column, lxw_row_t last) {
        std::string letters;
        for (auto n = column + 1; n; n = (n - 1) / 26) letters.insert(0, 1, static_cast<char>('A' + (n - 1) % 26));
        return letters + "2:" + letters + std::to_string(last + 1);
    }
    lxw_format* format(const Look& look) {
        auto& made_one = formats_[{look.kind, look.right, std::string(look.number), look.digits, look.wraps}];
        if (made_one) return made_one;
        made_one = lib_.workbook_add_format(book_);
        if (look.kind != Kind::plain) lib_.format_set_bold(made_one);
        if (look.kind == Kind::head) lib_.format_set_bottom(made_one, LXW_BORDER_THIN);
        if (look.kind == Kind::first_total) lib_.format_set_top(made_one, LXW_BORDER_THIN);
        if (look.right) lib_.format_set_align(made_one, LXW_ALIGN_RIGHT);
        if (look.wraps) lib_.format_set_text_wrap(made_one);
        std::string number = look.number;
        if (look.digits > 0) number += "." + std::string(static_cast<std::size_t>(look.digits), '0');
        if (!number.empty()) lib_.format_set_num_format(made_one, number.c_str());
        return made_one;
    }

    void write_text(lxw_row_t row, std::size_t column, std::string_view text, lxw_format* look) {
        const auto s = sheet_text(text);
        if (utf16_length(s) > longest_text)
            throw Error(Exit::usage,
                        say("a cell has room for {most} characters, row {row} has more", fmt::arg("most", longest_text),
                            fmt::arg("row", row + 1)),
                        tr("use --format csv, or leave the column out with --columns"))
                .with_field("format");
        if (!s.empty() || look) lib_.worksheet_write_string(sheet_, row, at(row, column), s.c_str(), look);
    }
    void write_number(lxw_row_t row, std::size_t column, double n, const Look& look) {
        lib_.worksheet_write_number(sheet_, row, at(row, column), n, format(look));
    }
    /// Numbers as numbers and days as days, as long as a sheet can hold them unchanged; else as text.
    void write(lxw_row_t row, std::size_t column, const Cell& c, CellType type, Kind kind) {
        const bool exact = c.n >= -largest_exact && c.n <= largest_exact;
        double tens = 1;
        for (int i = 0; i < c.digits; ++i) tens *= 10;
        const auto n = static_cast<double>(c.n);
        if (c.null) return write_text(row, column, "", kind == Kind::plain ? nullptr : format({kind, false}));
        if (type == CellType::money && exact)
            return write_number(row, column, n / tens, {kind, false, "#,##0", c.digits});
        if (type == CellType::decimal && exact)
            return write_number(row, column, n / tens, {kind, false, "0", c.digits});
        if (type == CellType::integer && exact) return write_number(row, column, n, {kind, false, "0"});
        if ((type == CellType::rate || type == CellType::ratio) && exact)
            return write_number(row, column, n / 1e6, {kind, false, c.n % 100 ? "0.0000%" : "0.00%"});
        if (type == CellType::day && c.n >= first_day)
            return write_number(row, column, n + epoch, {kind, false, "yyyy-mm-dd"});
        if (type == CellType::flag) {
            lib_.worksheet_write_boolean(sheet_, row, at(row, column), c.n != 0,
                                         kind == Kind::plain ? nullptr : format({kind, false}));
            return;
        }
        const auto text = for_people(c, type);
        write_text(row, column, text, format({kind, is_number(type), "", -1, text.find('\n') != text.npos}));
    }

    Library lib_;
    Memory memory_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    std::vector<SheetSize> sizes_;
    lxw_row_t last_row_ = 0;
    std::map<std::string, int> names_;
    std::map<std::tuple<Kind, bool, std::string, int, bool>, lxw_format*> formats_;
};

std::vector<std::pair<std::string, std::string>> about(const Report& report, const std::string& title) {
    std::vector<std::pair<std::string, std::string>> lines{{"report", title}};
    if (report.as_of) lines.emplace_back("as_of", to_string(*report.as_of));
    if (report.known_at) lines.emplace_back("known_at", to_string(*report.known_at));
    for (const auto& [key, value] : report.parameters)
        if (!value.empty()) lines.emplace_back(key, value);
    for (const auto& c : report.checks) lines.emplace_back(c.name, c.ok ? "ok" : c.message);
    return lines;
}

}  // namespace

/// Sheets are called by our keys, in the session's language where they have a translation.
void write_xlsx(Sink& sink, const Report& report, const Style& style) {
    const auto headers = style.headers == Headers::usual ? spoken() : style.headers;
    const auto title = title_of(report, style);
    Book book(report.rows.rows() > rows_in_memory, title);
    if (report.shape == Report::Shape::record && report.rows.rows())
        book.add_pairs(tr(report.name.c_str()), report.rows, headers);
    else if (!report.rows.columns.empty())
        book.add_table(tr(report.name.c_str()), report.rows, totals_fit(report) ? report.totals : Grid{}, headers);
    if (!totals_fit(report) && report.totals.rows()) book.add_table(tr(N_("totals")), report.totals, {}, headers);
    for (const auto& [key, grid] : report.parts)
        if (grid.rows()) book.add_table(tr(key.c_str()), grid, {}, headers);
    if (report.shape == Report::Shape::report) book.add_lines(tr(N_("about")), about(report, title));
    book.finish(sink);
}

}  // namespace agency::output
