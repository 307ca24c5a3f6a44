#include "project/later_links.hpp"

#include "base/translate.hpp"
#include "record/store.hpp"

namespace agency::project {
namespace {

struct LaterLinks {
    std::int64_t task;
    std::optional<std::string> after;  ///< nothing: it is void from then on
};

/// By day; of one day in the order in which they hold.
std::map<Date, std::vector<LaterLinks>> links_after(db::Session& db, std::int64_t project, Date day) {
    std::map<Date, std::vector<LaterLinks>> out;
    const auto undone = undone_operations(db);
    db.each(
        "SELECT c.id, c.field, c.value, c.effective_on, c.operation FROM task_change AS c JOIN task AS t ON t.id = "
        "c.id "
        "WHERE t.project = $1 AND c.effective_on > $2 AND c.field IN ('after', 'voided') ORDER BY c.effective_on, "
        "c.operation",
        [&](db::Statement& s) {
            const bool voids = s.text(1) == "voided";
            if (undone.contains(s.integer(4)) || (voids && s.is_null(2))) return;
            auto after = voids ? std::nullopt : std::optional(s.is_null(2) ? std::string() : std::string(s.text(2)));
            out[s.day(3)].push_back({s.integer(0), std::move(after)});
        },
        project, day);
    return out;
}

}  // namespace

void examine_later(db::Session& db, std::int64_t project, Breakdown all, Date day, const Finding& finding) {
    const auto later = links_after(db, project, day);
    if (later.empty() || !PlanNetwork(shapes_of(all)).circle().empty()) return;  // that was told
    std::map<std::int64_t, std::string> by_id;
    for (const auto& [wbs, part] : all) by_id.emplace(part.task.id.value, wbs);
    for (const auto& [from, links] : later) {
        for (const auto& [task, after] : links) {
            const auto it = by_id.find(task);
            const auto at = it == by_id.end() ? all.end() : all.find(it->second);
            if (at == all.end()) continue;
            if (!after) {
                all.erase(at);
                continue;
            }
            at->second.task.after = *after;
            at->second.row = 0;  // from then on it is not the file that says so
        }
        const auto shapes = shapes_of(all);
        const PlanNetwork network(shapes);
        for (const auto a : network.order.circle)
            if (const Part& part = all.find(shapes[network.task(a)].wbs)->second; part.row != 0) {
                const auto since = to_string(from), circle = network.circle();
                return finding(part, "after", "PRJ-004", Exit::refused,
                               say("tasks wait for each other from {day} on: {circle}", fmt::arg("day", since),
                                   fmt::arg("circle", circle)));
            }
    }
}

}  // namespace agency::project
