// Every text that a person reads goes through here from the first line on.
// xgettext keywords: tr:1, say:1, N_:1.
#pragma once
#include <fmt/format.h>

#include <string>

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

/// A translated sentence with named arguments: say("contract {ref} not found", fmt::arg("ref", number)).
template <class... Args>
std::string say(const char* text, const Args&... args) {
    return fmt::vformat(tr(text), fmt::make_format_args(args...));
}

}  // namespace agency
