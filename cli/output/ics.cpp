// RFC 5545: one whole-day event a row, on the row's day or from its start to its end.
#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

constexpr std::size_t longest_line = 75;  // octets, without the line's end

/// Folded between characters; never inside one.
void line(Sink& sink, std::string_view text) {
    for (std::size_t room = longest_line; text.size() > room; room = longest_line - 1) {
        auto cut = room;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
        sink.write(text.substr(0, cut));
        sink.write("\r\n ");
        text.remove_prefix(cut);
    }
    sink.write(text);
    sink.write("\r\n");
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t')
            out += c;
    }
    return out;
}

std::string basic(Date d) {
    std::string out;
    for (const char c : to_string(d))
        if (c != '-') out += c;
    return out;
}

/// `due_on`, else the first column of days.
std::size_t day_column(const Grid& grid) {
    if (const int c = grid.find("due_on"); c >= 0 && grid.columns[static_cast<std::size_t>(c)].type == CellType::day)
        return static_cast<std::size_t>(c);
    for (std::size_t c = 0; c < grid.columns.size(); ++c)
        if (grid.columns[c].type == CellType::day && grid.columns[c].key != "voided_on") return c;
    throw Error(Exit::usage, tr("there is no day in these rows that a calendar could show"),
                tr("ics takes a list with a day, e.g. docket list, invoice list"))
        .with_field("format");
}

/// What tells the event from every other, in the same words each time: the row's key, behind the project where the
/// rows are those of one. A key that comes again has its day behind it.
class Identities {
public:
    explicit Identities(const Report& report) : report_(report) {
        for (const auto& [key, value] : report.parameters)
            if (key == "project") whole_ = value + "/";
    }
    std::string of(std::size_t row, Date day) {
        const auto key = whole_ + plain(report_.rows.cell(row, 0), report_.rows.columns[0].type);
        auto id = key;
        for (int n = 1; !seen_.insert(id).second; ++n)
            id = key + "-" + basic(day) + (n > 1 ? "-" + std::to_string(n) : "");
        return id + "@" + report_.name + ".agency";
    }

private:
    const Report& report_;
    std::string whole_;
    std::set<std::string> seen_;
};

}  // namespace

void write_ics(Sink& sink, const Report& report, const Style& style) {
    const Grid& grid = report.rows;
    const auto day = day_column(grid);
    const int end = grid.columns[day].key == "starts_on" ? grid.find("ends_on") : -1;
    Identities identities(report);
    std::vector<std::size_t> labels{0};
    for (const char* key : {"title", "name", "matter", "client_name"})
        if (const int c = grid.find(key); c > 0 && static_cast<std::size_t>(c) != day)
            labels.push_back(static_cast<std::size_t>(c));
    line(sink, "BEGIN:VCALENDAR");
    line(sink, "VERSION:2.0");
    line(sink, "PRODID:-//agency//" + report.name + "//EN");
    line(sink, "CALSCALE:GREGORIAN");
    for (std::size_t r = 0; r < grid.rows(); ++r) {
        const Cell& at = grid.cell(r, day);
        if (at.null) continue;
        const Date d{static_cast<std::int32_t>(at.n)};
        Date last = d;
        if (end >= 0)
            if (const Cell& c = grid.cell(r, static_cast<std::size_t>(end)); !c.null)
                last = std::max(d, Date{static_cast<std::int32_t>(c.n)});
        std::string summary, more;
        for (const auto c : labels)
            if (const auto text = for_people(grid.cell(r, c), grid.columns[c].type);
                !text.empty() && summary.find(text) == std::string::npos)
                summary += (summary.empty() ? "" : " ") + text;
        for (std::size_t c = 0; c < grid.columns.size(); ++c)
            if (const auto text = for_people(grid.cell(r, c), grid.columns[c].type); !text.empty())
                more += (more.empty() ? "" : "\n") +
                        heading(grid.columns[c], style.headers == Headers::usual ? spoken() : style.headers) + ": " +
                        text;
        line(sink, "BEGIN:VEVENT");
        line(sink, "UID:" + escaped(identities.of(r, d)));
        // The same report gives the same bytes: the stamp is its day, not the clock's.
        line(sink, "DTSTAMP:" + basic(report.as_of.value_or(d)) + "T000000Z");
        line(sink, "DTSTART;VALUE=DATE:" + basic(d));
        line(sink, "DTEND;VALUE=DATE:" + basic(last + 1));
        line(sink, "SUMMARY:" + escaped(summary));
        line(sink, "DESCRIPTION:" + escaped(more));
        line(sink, "TRANSP:TRANSPARENT");
        line(sink, "END:VEVENT");
    }
    line(sink, "END:VCALENDAR");
}

}  // namespace agency::output
