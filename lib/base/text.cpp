#include "base/text.hpp"

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstring>

namespace agency {
namespace {

std::string mapped(std::string_view s, int options) {
    utf8proc_uint8_t* out = nullptr;
    const auto n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(s.data()),
                                static_cast<utf8proc_ssize_t>(s.size()), &out, static_cast<utf8proc_option_t>(options));
    std::string result =
        n < 0 ? std::string(s) : std::string(reinterpret_cast<char*>(out), static_cast<std::size_t>(n));
    std::free(out);
    return result;
}

/// Code points with their byte lengths; an invalid byte counts as one.
template <class F>
void each_code_point(std::string_view s, F&& f) {
    while (!s.empty()) {
        utf8proc_int32_t c = 0;
        auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(s.data()),
                                  static_cast<utf8proc_ssize_t>(s.size()), &c);
        if (n < 1) {
            n = 1;
            c = -1;
        }
        if (!f(c, s.substr(0, static_cast<std::size_t>(n)))) return;
        s.remove_prefix(static_cast<std::size_t>(n));
    }
}

bool is_control(utf8proc_int32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0x2028 || c == 0x2029;
}

/// A regional indicator.
bool is_flag_letter(utf8proc_int32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

std::string shown(utf8proc_int32_t c, std::string_view bytes) {
    static constexpr char hex[] = "0123456789abcdef";
    if (c == '\n') return "\\n";
    if (c == '\t') return "\\t";
    if (c == '\r') return "\\r";
    if (c >= 0 && c < 0x100) return std::string("\\x") + hex[c >> 4] + hex[c & 15];
    if (c < 0)
        return std::string("\\x") + hex[static_cast<unsigned char>(bytes[0]) >> 4] +
               hex[static_cast<unsigned char>(bytes[0]) & 15];
    return std::string("\\u") + hex[c >> 12 & 15] + hex[c >> 8 & 15] + hex[c >> 4 & 15] + hex[c & 15];
}

/// Calls f(bytes, width) for every grapheme cluster; f answers whether to go on.
template <class F>
void each_cluster(std::string_view s, F&& f) {
    utf8proc_int32_t previous = -1, state = 0;
    std::size_t start = 0, at = 0;
    int width = 0;
    bool stopped = false;
    each_code_point(s, [&](utf8proc_int32_t c, std::string_view bytes) {
        const bool odd = c < 0 || is_control(c);
        if (at > start && (odd || previous < 0 || utf8proc_grapheme_break_stateful(previous, c, &state))) {
            if (!f(s.substr(start, at - start), width)) {
                stopped = true;
                return false;
            }
            start = at;
            width = 0;
        }
        const int w = odd ? static_cast<int>(shown(c, bytes).size()) : utf8proc_charwidth(c);
        if (c == 0xFE0F && width == 1) width = 2;                                    // emoji presentation
        if (is_flag_letter(c) && is_flag_letter(previous) && at > start) width = 2;  // two letters are one flag
        width = at == start ? w : std::max(width, std::min(w, 2));
        previous = odd ? -1 : c;
        at += bytes.size();
        return true;
    });
    if (!stopped && at > start) f(s.substr(start, at - start), width);
}

std::u32string code_points(std::string_view s) {
    std::u32string out;
    each_code_point(s, [&](utf8proc_int32_t c, std::string_view) {
        out += static_cast<char32_t>(c);
        return true;
    });
    return out;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view s) {
    const auto* p = reinterpret_cast<const unsigned char*>(s.data());
    const std::size_t n = s.size();
    std::size_t i = 0;
    while (i < n) {
        if (i + 8 <= n) {
            std::uint64_t w = 0;
            std::memcpy(&w, p + i, 8);
            if (!(w & 0x8080808080808080ULL)) {
                i += 8;
                continue;
            }
        }
        const unsigned char c = p[i];
        if (c < 0x80) {
            ++i;
            continue;
        }
        const std::size_t need = c >= 0xC2 && c <= 0xDF   ? 1
                                 : c >= 0xE0 && c <= 0xEF ? 2
                                 : c >= 0xF0 && c <= 0xF4 ? 3
                                                          : 0;
        if (need == 0 || i + need >= n) return i;
        for (std::size_t k = 1; k <= need; ++k)
            if ((p[i + k] & 0xC0) != 0x80) return i;
        if ((c == 0xE0 && p[i + 1] < 0xA0) || (c == 0xED && p[i + 1] > 0x9F) || (c == 0xF0 && p[i + 1] < 0x90) ||
            (c == 0xF4 && p[i + 1] > 0x8F))
            return i;
        i += need + 1;
    }
    return std::string_view::npos;
}

std::string_view trim(std::string_view s) {
    const auto solid = [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x80;
    };
    if (!s.empty() && solid(s.front()) && solid(s.back())) return s;
    for (;;) {
        if (!s.empty() && (s[0] == ' ' || (s[0] >= '\t' && s[0] <= '\r')))
            s.remove_prefix(1);
        else if (s.starts_with("\u3000"))
            s.remove_prefix(3);
        else if (s.starts_with("\u00A0"))
            s.remove_prefix(2);
        else
            break;
    }
    for (;;) {
        if (!s.empty() && (s.back() == ' ' || (s.back() >= '\t' && s.back() <= '\r')))
            s.remove_suffix(1);
        else if (s.ends_with("\u3000"))
            s.remove_suffix(3);
        else if (s.ends_with("\u00A0"))
            s.remove_suffix(2);
        else
            break;
    }
    return s;
}

bool surely_nfc(std::string_view s) {
    const auto* p = reinterpret_cast<const unsigned char*>(s.data());
    for (std::size_t i = 0; i < s.size();) {
        const unsigned char c = p[i];
        if (c < 0x80) {
            ++i;
            continue;
        }
        if (c >= 0xC2 && c <= 0xCB) {
            i += 2;
            continue;
        }  // U+0080–02FF
        if (c >= 0xE4 && c <= 0xE9 && i + 2 < s.size()) {
            i += 3;
            continue;
        }  // U+4000–9FFF
        if (c == 0xE3 && i + 2 < s.size()) {
            const unsigned u = 0x3000u | (p[i + 1] & 0x3Fu) << 6 | (p[i + 2] & 0x3Fu);
            if (u <= 0x3029 || (u >= 0x3030 && u <= 0x3098) || (u >= 0x309B && u <= 0x30FF) || u >= 0x3400) {
                i += 3;
                continue;
            }
            return false;
        }
        if (c == 0xEF && i + 2 < s.size() && p[i + 1] >= 0xBC && p[i + 1] <= 0xBE) {
            i += 3;
            continue;
        }  // U+FF00–FFBF
        if (c == 0xE2 && i + 2 < s.size() && p[i + 1] == 0x80 && p[i + 2] >= 0x90) {
            i += 3;
            continue;
        }  // dashes, quotes, dots
        return false;
    }
    return true;
}

std::string to_nfc(std::string_view s) {
    return mapped(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string fold(std::string_view s) {
    if (std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        std::string out(s);
        for (char& c : out)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        return out;
    }
    return mapped(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
}

std::string match_form(std::string_view s) {
    std::string out = fold(s);
    out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }),
              out.end());
    return out;
}

int cells(std::string_view s) {
    int width = 0;
    if (std::all_of(s.begin(), s.end(), [](char c) { return c >= 0x20 && c < 0x7F; }))
        return static_cast<int>(s.size());
    each_cluster(s, [&](std::string_view, int w) {
        width += w;
        return true;
    });
    return width;
}

std::string truncate_cells(std::string_view s, int width) {
    if (cells(s) <= width) return std::string(s);
    std::string out;
    int used = 0;
    each_cluster(s, [&](std::string_view bytes, int w) {
        if (used + w > width - 1) return false;
        out += bytes;
        used += w;
        return true;
    });
    return width > 0 ? out + "…" : out;
}

namespace {

bool one_of(std::string_view cluster, std::initializer_list<std::string_view> all) {
    return std::find(all.begin(), all.end(), cluster) != all.end();
}
bool closes(std::string_view c) {  // stands at no beginning of a line
    return one_of(c,
                  {")", ",", ".", ";", ":", "!", "?", "）", "，", "。", "；", "：", "！", "？", "、", "》", "」", "”"});
}
bool opens(std::string_view c) {  // stands at no end of one
    return one_of(c, {"(", "（", "《", "「", "“"});
}

}  // namespace

std::vector<std::string> wrap_cells(std::string_view s, int width) {
    std::vector<std::string> lines;
    std::string line, last;
    int used = 0, last_width = 0;
    std::size_t cut = std::string::npos;  // where the next line may begin
    each_cluster(s, [&](std::string_view bytes, int w) {
        if (bytes == " " || last == " " || ((w == 2 || last_width == 2) && !closes(bytes) && !opens(last)))
            cut = line.size();
        while (used + w > width && !line.empty()) {
            if (cut == std::string::npos || cut == 0) cut = line.size();
            lines.push_back(line.substr(0, cut));
            line.erase(0, cut);
            while (lines.back().size() > 1 && lines.back().back() == ' ') lines.back().pop_back();
            line.erase(0, line.find_first_not_of(' ') == line.npos ? line.size() : line.find_first_not_of(' '));
            used = cells(line);
            cut = std::string::npos;
            if (bytes == " " && line.empty()) return true;
        }
        line += bytes;
        used += w;
        last = bytes;
        last_width = w;
        return true;
    });
    if (!line.empty() || lines.empty()) lines.push_back(line);
    return lines;
}

std::string escape_controls(std::string_view s) {
    std::string out;
    each_code_point(s, [&](utf8proc_int32_t c, std::string_view bytes) {
        if (c < 0 || is_control(c))
            out += shown(c, bytes);
        else
            out += bytes;
        return true;
    });
    return out;
}

std::string escape_controls_in_json(std::string_view s) {
    std::string out;
    each_code_point(s, [&](utf8proc_int32_t c, std::string_view bytes) {
        if (c >= 0 && c != '\n' && is_control(c))
            out += fmt::format("\\u{:04x}", c);
        else
            out += bytes;
        return true;
    });
    return out;
}

int edit_distance(std::string_view left, std::string_view right, int limit) {
    const auto a = code_points(fold(left)), b = code_points(fold(right));
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > static_cast<std::size_t>(limit)) return limit + 1;
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return std::min(d[a.size()][b.size()], limit + 1);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    const auto size = static_cast<int>(code_points(word).size());
    const int limit = std::max(size >= 4 ? 2 : 1, size / 3);
    std::string_view best;
    int least = limit + 1;
    for (const auto c : candidates) {
        const int d = size >= 2 && c.size() > word.size() && c.starts_with(word) ? 1 : edit_distance(word, c, limit);
        // With less than one character in common it would be a guess.
        if (d < least && d < static_cast<int>(std::max(code_points(word).size(), code_points(c).size()))) {
            least = d;
            best = c;
        }
    }
    return best;
}

}  // namespace agency
