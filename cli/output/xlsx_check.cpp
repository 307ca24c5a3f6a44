#include "output/xlsx_check.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace agency::output {
namespace {

std::size_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::size_t n = 0;
    for (std::size_t i = size; i-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes[at + i]);
    return n;
}

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

bool unpack(std::string_view packed, Part& part) {
    z_stream z{};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return false;
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    z.avail_in = static_cast<uInt>(packed.size());
    std::string block(64 * 1024, '\0');
    int state = Z_OK;
    while (state == Z_OK) {
        z.next_out = reinterpret_cast<Bytef*>(block.data());
        z.avail_out = static_cast<uInt>(block.size());
        state = inflate(&z, Z_NO_FLUSH);
        part.add(std::string_view(block).substr(0, block.size() - z.avail_out));
    }
    inflateEnd(&z);
    return state == Z_STREAM_END;
}

}  // namespace

bool is_whole_workbook(std::string_view archive, const std::vector<SheetSize>& sheets) {
    constexpr std::string_view sheet = "xl/worksheets/sheet";
    const auto end = archive.rfind("PK\5\6");
    if (end == archive.npos || end + 22 > archive.size()) return false;
    auto at = number(archive, end + 16, 4);
    std::size_t seen = 0;
    for (auto left = number(archive, end + 10, 2); left > 0; --left) {
        if (at + 46 > archive.size()) return false;
        const auto packed = number(archive, at + 20, 4), local = number(archive, at + 42, 4);
        const auto name = archive.substr(at + 46, number(archive, at + 28, 2));
        at += 46 + name.size() + number(archive, at + 30, 2) + number(archive, at + 32, 2);
        if (local + 30 > archive.size()) return false;
        const auto data = local + 30 + number(archive, local + 26, 2) + number(archive, local + 28, 2);
        if (data > archive.size() || packed > archive.size() - data) return false;
        Part part;
        if (!unpack(archive.substr(data, packed), part) || !part.closed()) return false;
        if (name == "xl/sharedStrings.xml" && part.texts != part.said_texts()) return false;
        if (!name.starts_with(sheet)) continue;
        std::size_t n = 0;
        std::from_chars(name.data() + sheet.size(), name.data() + name.size(), n);
        if (n == 0 || n > sheets.size()) return false;
        if (part.rows != sheets[n - 1].rows || part.cells != sheets[n - 1].cells) return false;
        ++seen;
    }
    return seen == sheets.size();
}

}  // namespace agency::output
