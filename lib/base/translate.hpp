// Every text that a person reads goes through here from the first line on.
// xgettext keywords: tr:1, say:1, N_:1.
#pragma once
#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace agency {

/// Marks a text in a constant table for translation; the table's reader calls tr().
constexpr const char* N_(const char* text) {
    return text;
}

/// The text in the language chosen by set_language, or `text` itself. Never null; an empty text stays empty.
const char* tr(const char* text);

/// Chooses the language of messages: "en", "zh_CN" (also `zh_CN.UTF-8`, `zh`), anything else is English. Works without
/// a zh_CN locale on the system: C.UTF-8 plus LANGUAGE. `catalogue_dir` is the folder that holds
/// zh_CN/LC_MESSAGES/agency.mo.
void set_language(const std::string& language, const std::string& catalogue_dir);
/// "en" or "zh_CN".
const std::string& language();

/// A count in a sentence: `{n}` is the number, `{n:day|days}` the word that goes with it (the first where it is 1).
/// Chinese has one form and leaves the word out: say("{n} {n:day|days} ago", fmt::arg("n", Count(3))).
struct Count {
    std::int64_t n = 0;
    explicit Count(std::integral auto count) : n(static_cast<std::int64_t>(count)) {}
};

/// A translated sentence with named arguments: say("contract {ref} not found", fmt::arg("ref", number)).
template <class... Args>
std::string say(const char* text, const Args&... args) {
    return fmt::vformat(tr(text), fmt::make_format_args(args...));
}

}  // namespace agency

template <>
struct fmt::formatter<agency::Count> {
    std::string_view one, many;
    constexpr auto parse(format_parse_context& context) {
        const auto* end = context.begin();
        while (end != context.end() && *end != '}') ++end;
        const std::string_view words(context.begin(), static_cast<std::size_t>(end - context.begin()));
        const auto bar = words.find('|');
        if (!words.empty() && bar == words.npos) throw format_error("a count wants one|many");
        one = words.substr(0, bar);
        if (bar != words.npos) many = words.substr(bar + 1);
        return end;
    }
    template <class Context>
    auto format(const agency::Count& count, Context& context) const {
        if (one.empty()) return fmt::format_to(context.out(), "{}", count.n);
        return fmt::format_to(context.out(), "{}", count.n == 1 ? one : many);
    }
};
