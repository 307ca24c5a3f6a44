#include "org/away.hpp"

#include <algorithm>

#include "calendar/calendar.hpp"
#include "leave/facts.hpp"
#include "org/settings.hpp"

namespace agency::org {

std::map<std::int64_t, Away> long_leaves(Workspace& w, const AsOf& when) {
    auto leaves = leave::absences(w.db(), when);
    if (leaves.empty()) return {};
    std::sort(leaves.begin(), leaves.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    const Calendar calendar = Calendar::load(w.db(), when);
    const auto worked_between = [&](Date last, Date next) {
        for (Date d = last + 1; d < next; d = d + 1)
            if (!calendar.has(d) || calendar.is_work_day(d)) return true;
        return false;
    };
    std::map<std::int64_t, Away> runs;
    for (const auto& l : leaves) {
        if (l.hours) continue;
        const auto [it, fresh] = runs.try_emplace(l.employee, Away{l.from, l.to});
        Away& run = it->second;
        if (fresh || (run.to < when.day && worked_between(run.to, l.from)))
            run = {l.from, l.to};
        else if (!worked_between(run.to, l.from))
            run.to = std::max(run.to, l.to);
    }
    const auto most = w.rules().integer(away_most);
    std::erase_if(runs, [&](const auto& entry) {
        const Away& run = entry.second;
        return run.from > when.day || run.to < when.day || run.days() <= most;
    });
    return runs;
}

}  // namespace agency::org
