#include "base/translate.hpp"

#include <libintl.h>

#include <clocale>
#include <cstdlib>

namespace agency {
namespace {
std::string current = "en";
}

const char* tr(const char* text) {
    return current == "en" || *text == '\0' ? text : dgettext("agency", text);
}

void set_language(const std::string& wanted, const std::string& catalogue_dir) {
    current = wanted.starts_with("zh") ? "zh_CN" : "en";
    if (current == "en") return;
    // Debian has no zh_CN locale; any UTF-8 locale plus LANGUAGE makes gettext look.
    std::setlocale(LC_CTYPE, "C.UTF-8");
    std::setlocale(LC_MESSAGES, "C.UTF-8");
    ::setenv("LANGUAGE", current.c_str(), 1);
    bindtextdomain("agency", catalogue_dir.c_str());
    bind_textdomain_codeset("agency", "UTF-8");
}

const std::string& language() {
    return current;
}

}  // namespace agency
