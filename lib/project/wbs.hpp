// WBS codes (1.2.3) and the texts that link tasks (`1.2FS+2;1.3SS`). Pure.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schedule/network.hpp"

namespace agency::project {

/// The code above, `1.2` of `1.2.3`; empty at the top.
std::string_view wbs_parent(std::string_view wbs);
/// Levels below the top: 2 for `1.2.3`.
int wbs_level(std::string_view wbs);
/// Part by part, numbers as numbers: 1.2 < 1.10 < 2.
bool wbs_before(std::string_view a, std::string_view b);
/// Why it is no code (blanks, empty parts, `;`); empty when it is one.
std::string wbs_fault(std::string_view wbs);

/// One link as written behind a task.
struct Predecessor {
    std::string wbs;
    schedule::LinkType type = schedule::LinkType::finish_start;
    std::int64_t lag = 0;  ///< days of the project's calendar; negative: a lead
    bool operator==(const Predecessor&) const = default;
};

/// `1.2`, `1.2FS+2`, `1.2ss`, `1.3FF-1d`; the code that `known` knows wins where a text could be read in two ways.
/// Nothing when no reading names a known task.
std::optional<Predecessor> parse_predecessor(std::string_view text, const std::function<bool(std::string_view)>& known);
/// The shortest form: `1.2`, `1.2+2`, `1.2SS`, `1.3FF-1`; a finish-to-start link says its kind where it has a lag.
std::string to_text(const Predecessor& p);
/// At `;`, `；`, `,`, `、`; blanks around are dropped, empty parts too.
std::vector<std::string> split_list(std::string_view text);

std::string_view to_string(schedule::LinkType type);  ///< FS, SS, FF, SF

}  // namespace agency::project
