// What stands on the command line before a verb's own parser sees it.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace agency::cli {

/// The value of an option before anything is parsed, for the language and the form of errors; empty: it is not there.
std::string early(const std::vector<std::string>& words, std::string_view name, std::string_view letter = {});

/// The words of a command line, taken from the front; options that stand before the noun or the verb are set aside.
class Words {
public:
    explicit Words(const std::vector<std::string>& words) : rest_(words.begin(), words.end()) {}

    /// The next word that is no option; empty at the end. Error(usage) for an option that no command has.
    std::string next();
    /// Everything that is left, after the options set aside; --help taken out.
    std::vector<std::string> rest();
    const std::deque<std::string>& left() const { return rest_; }
    const std::string& help() const { return help_; }  ///< `-h`, `--help` or empty
    bool version() const { return version_; }

private:
    std::string take();
    void set_aside(const std::string& option);

    std::deque<std::string> rest_;
    std::vector<std::string> options_;
    std::string help_;
    bool version_ = false;
};

}  // namespace agency::cli
