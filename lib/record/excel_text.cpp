#include "record/excel_text.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace agency {
namespace {

constexpr std::size_t longest_literal = 255;  ///< of a formula, in characters; bytes are never fewer

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t digits(std::string_view s) {
    return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), is_digit));
}

/// Begins a formula, behind whatever a spreadsheet may drop.
bool is_obeyed(std::string_view text) {
    if (!text.empty() && (text[0] == '\t' || text[0] == '\r' || text[0] == '\n')) return true;
    text = trim(text);
    for (const std::string_view mark : {"=", "+", "-", "@", "＝", "＋", "－", "＠"})
        if (text.starts_with(mark)) return true;
    return false;
}

bool is_obeyed_behind_apostrophes(std::string_view text) {
    while (text.starts_with('\'')) text.remove_prefix(1);
    return is_obeyed(text);
}

/// Would come back as another text: nothing but digits and what stands between the digits of numbers and days, unless
/// it is a short whole number.
bool is_read_as_number(std::string_view text) {
    const auto count = digits(text);
    if (count == 0) return false;
    if (count == text.size()) return count >= 12 || (count > 1 && text[0] == '0');
    for (std::size_t i = 0; i < text.size();) {
        if (is_digit(text[i]) || std::string_view(".,/:eE%() ").find(text[i]) != std::string_view::npos ||
            text[i] == '-' || text[i] == '+') {
            ++i;
            continue;
        }
        const auto sign = text.substr(i, 3);
        if (sign != "年" && sign != "月" && sign != "日" && sign != "时" && sign != "分" && sign != "秒") return false;
        i += 3;
    }
    return true;
}

std::string guarded(std::string_view text) {
    if (text.size() > longest_literal || text.find_first_of("\r\n\t") != text.npos) return "'" + std::string(text);
    std::string out = "=\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::string for_excel(std::string_view text) {
    if (is_obeyed_behind_apostrophes(text)) return guarded(text);
    if (text.size() <= longest_literal && is_read_as_number(text)) return guarded(text);
    return std::string(text);
}

std::string number_for_excel(std::string number) {
    return digits(number) > 15 ? guarded(number) : number;
}

bool from_excel(std::string_view cell, std::string& out) {
    if (cell.starts_with('\'') && is_obeyed_behind_apostrophes(cell)) {
        out = cell.substr(1);
        return true;
    }
    if (cell.size() < 3 || !cell.starts_with("=\"") || !cell.ends_with('"')) return false;
    const auto inside = cell.substr(2, cell.size() - 3);
    out.clear();
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] == '"' && (++i == inside.size() || inside[i] != '"')) return false;  // a formula of somebody else
        out += inside[i];
    }
    return true;
}

}  // namespace agency
