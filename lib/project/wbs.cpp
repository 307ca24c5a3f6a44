#include "project/wbs.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency::project {
namespace {

using schedule::LinkType;

constexpr std::array<std::string_view, 4> types = {"FS", "SS", "FF", "SF"};

std::string_view first_part(std::string_view& rest) {
    const auto dot = rest.find('.');
    const auto part = rest.substr(0, dot);
    rest = dot == rest.npos ? std::string_view() : rest.substr(dot + 1);
    return part;
}

bool number(std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_zeros(std::string_view s) {
    return s.substr(std::min(s.find_first_not_of('0'), s.size()));
}

/// -1, 0, 1.
int compare(std::string_view a, std::string_view b) {
    const bool numbers = number(a) && number(b);
    if (numbers) {
        const auto x = without_zeros(a), y = without_zeros(b);
        if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
        if (const int c = x.compare(y); c != 0) return c < 0 ? -1 : 1;
    } else if (number(a) != number(b)) {
        return number(a) ? -1 : 1;
    }
    const int c = a.compare(b);
    return c < 0 ? -1 : c > 0;
}

/// Takes `+2`, `-1d`, `+3天` from the end.
std::optional<std::int64_t> take_lag(std::string_view& text) {
    auto end = text;
    for (const std::string_view unit : {"d", "D", "天", "日"})
        if (end.ends_with(unit)) {
            end.remove_suffix(unit.size());
            break;
        }
    const auto sign = end.find_last_not_of("0123456789");
    if (sign == end.npos || sign == 0 || sign + 1 == end.size() || (end[sign] != '+' && end[sign] != '-')) return {};
    std::int64_t lag = 0;
    const auto [stop, error] = std::from_chars(end.data() + sign + 1, end.data() + end.size(), lag);
    if (error != std::errc() || stop != end.data() + end.size() || lag > 36'500) return {};
    text = trim(end.substr(0, sign));
    return end[sign] == '-' ? -lag : lag;
}

std::optional<LinkType> take_type(std::string_view& text) {
    if (text.size() < 3) return {};
    const std::string tail{static_cast<char>(text[text.size() - 2] & ~0x20), static_cast<char>(text.back() & ~0x20)};
    const auto it = std::find(types.begin(), types.end(), tail);
    if (it == types.end()) return {};
    text = trim(text.substr(0, text.size() - 2));
    return static_cast<LinkType>(it - types.begin());
}

}  // namespace

std::string_view wbs_parent(std::string_view wbs) {
    const auto dot = wbs.rfind('.');
    return dot == wbs.npos ? std::string_view() : wbs.substr(0, dot);
}

int wbs_level(std::string_view wbs) {
    return static_cast<int>(std::count(wbs.begin(), wbs.end(), '.'));
}

bool wbs_before(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty())
        if (const int c = compare(first_part(a), first_part(b)); c != 0) return c < 0;
    return a.empty() && !b.empty();
}

std::string wbs_fault(std::string_view wbs) {
    if (wbs.starts_with('.') || wbs.ends_with('.') || wbs.find("..") != wbs.npos)
        return say("\"{wbs}\" has an empty part; write 1.2.3", fmt::arg("wbs", wbs));
    if (wbs.find_first_of("; ,\t/") != wbs.npos || wbs.find("；") != wbs.npos || wbs.find("、") != wbs.npos)
        return say("\"{wbs}\" is no WBS code; write 1.2.3", fmt::arg("wbs", wbs));
    return {};
}

std::optional<Predecessor> parse_predecessor(std::string_view text,
                                             const std::function<bool(std::string_view)>& known) {
    std::string close;  // `1.2 FS + 2`: a code has no blanks
    for (const char c : text)
        if (c != ' ') close += c;
    text = trim(close);
    if (known(text)) return Predecessor{std::string(text)};
    const auto typed = [&](std::string_view rest, std::int64_t lag) -> std::optional<Predecessor> {
        if (known(rest)) return Predecessor{std::string(rest), LinkType::finish_start, lag};
        const auto type = take_type(rest);
        if (type && known(rest)) return Predecessor{std::string(rest), *type, lag};
        return {};
    };
    if (auto p = typed(text, 0)) return p;
    auto rest = text;
    const auto lag = take_lag(rest);
    return lag ? typed(rest, *lag) : std::nullopt;
}

std::string to_text(const Predecessor& p) {
    std::string out = p.wbs;
    if (p.type != LinkType::finish_start || p.lag != 0) out += to_string(p.type);
    if (p.lag != 0) out += (p.lag > 0 ? "+" : "") + std::to_string(p.lag);
    return out;
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> out;
    std::string part;
    const auto flush = [&] {
        if (const auto t = trim(part); !t.empty()) out.emplace_back(t);
        part.clear();
    };
    while (!text.empty()) {
        std::size_t size = 0;
        for (const std::string_view mark : {";", ",", "；", "，", "、"})
            if (text.starts_with(mark)) size = mark.size();
        if (size == 0)
            part += text[0];
        else
            flush();
        text.remove_prefix(size == 0 ? 1 : size);
    }
    flush();
    return out;
}

std::string_view to_string(LinkType type) {
    return types[static_cast<std::size_t>(type)];
}

}  // namespace agency::project
