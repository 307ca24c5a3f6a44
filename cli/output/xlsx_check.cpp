#include "output/xlsx_check.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/error.hpp"
#include "record/archive.hpp"

namespace agency::output {
namespace {

/// What is looked at of a part, while it is unpacked block by block.
struct Part {
    std::string head, tail;
    std::size_t rows = 0, cells = 0, texts = 0;

    void add(std::string_view block) {
        if (head.size() < 512) head += block.substr(0, 512 - head.size());
        const std::string both = tail + std::string(block);
        rows += count(both, "<row ");
        cells += count(both, "<c r=");
        texts += count(both, "<si>");
        tail = both.substr(both.size() - std::min<std::size_t>(both.size(), 64));
    }
    /// Ends with the element that it begins with.
    bool closed() const {
        auto at = head.find("?>");
        at = head.find('<', at == head.npos ? 0 : at + 2);
        if (at == head.npos) return false;
        const auto root = head.substr(at + 1, head.find_first_of(" >", at) - at - 1);
        return tail.ends_with("</" + root + ">") || tail.ends_with("</" + root + ">\n");
    }
    std::size_t said_texts() const {
        const auto at = head.find("uniqueCount=\"");
        std::size_t n = 0;
        if (at != head.npos) std::from_chars(head.data() + at + 13, head.data() + head.size(), n);
        return n;
    }

private:
    /// Occurrences that do not lie in the tail of before, where they were counted.
    std::size_t count(const std::string& both, std::string_view mark) const {
        std::size_t n = 0;
        const auto from = tail.size() < mark.size() ? 0 : tail.size() - mark.size() + 1;
        for (auto at = both.find(mark, from); at != both.npos; at = both.find(mark, at + 1)) ++n;
        return n;
    }
};

}  // namespace

bool is_whole_workbook(std::string_view bytes, const std::vector<SheetSize>& sheets) {
    constexpr std::string_view sheet = "xl/worksheets/sheet";
    std::size_t seen = 0;
    try {
        Archive archive(bytes, "");
        std::string block(64 * 1024, '\0');
        for (const auto& name : archive.parts()) {
            Part part;
            if (!archive.open(name)) return false;
            while (const auto n = archive.read(block.data(), block.size()))
                part.add(std::string_view(block).substr(0, n));
            if (!part.closed()) return false;
            if (name == "xl/sharedStrings.xml" && part.texts != part.said_texts()) return false;
            if (!name.starts_with(sheet)) continue;
            std::size_t n = 0;
            std::from_chars(name.data() + sheet.size(), name.data() + name.size(), n);
            if (n == 0 || n > sheets.size()) return false;
            if (part.rows != sheets[n - 1].rows || part.cells != sheets[n - 1].cells) return false;
            ++seen;
        }
    } catch (const Error&) {
        return false;
    }
    return seen == sheets.size();
}

}  // namespace agency::output
