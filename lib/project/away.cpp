#include "project/away.hpp"

#include <algorithm>

#include "leave/facts.hpp"
#include "org/org.hpp"
#include "record/store.hpp"

namespace agency::project {

const std::vector<DaySpan>& Away::of(const std::string& number) {
    const auto [it, fresh] = by_number_.try_emplace(number);
    auto& days = it->second;
    const auto row = fresh ? find_row(db_, employee::record(), number, when_) : std::nullopt;
    if (!row) return days;
    auto all = leave::absences_of(db_, row->id, when_);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    for (const auto& a : all) {
        if (a.hours) continue;
        if (!days.empty() && a.from <= days.back().to + 1)
            days.back().to = std::max(days.back().to, a.to);
        else
            days.push_back({a.from, a.to});
    }
    return days;
}

std::vector<DaySpan> Away::all_of(const std::vector<std::string>& numbers) {
    if (numbers.empty()) return {};
    auto common = of(numbers.front());
    for (std::size_t i = 1; i < numbers.size() && !common.empty(); ++i) {
        const auto& theirs = of(numbers[i]);
        std::vector<DaySpan> both;
        for (std::size_t a = 0, b = 0; a < common.size() && b < theirs.size();) {
            const Date from = std::max(common[a].from, theirs[b].from), to = std::min(common[a].to, theirs[b].to);
            if (from <= to) both.push_back({from, to});
            common[a].to < theirs[b].to ? ++a : ++b;
        }
        common = std::move(both);
    }
    return common;
}

}  // namespace agency::project
