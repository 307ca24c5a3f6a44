// Who is needed where: the people of tasks that are still to be done.
#include "progress/facts.hpp"
#include "project/facts.hpp"
#include "project/task.hpp"
#include "project/wbs.hpp"
#include "record/store.hpp"

namespace agency::project {

std::map<std::string, std::vector<std::string>> projects_by_employee(db::Session& db, const AsOf& when) {
    std::vector<std::pair<std::int64_t, std::string>> open;
    each_row(db, record(), when, [&](const Row& row) {
        const auto p = to_struct<Project>(record(), row);
        if (!row.voided(when.day) && p.open()) open.emplace_back(row.id, p.code);
    });
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [id, code] : open) {
        const auto accepted = progress::accepted_tasks(db, id, when);
        each_row_of(db, task::record(), "project", id, when, [&](const Row& row) {
            const auto t = to_struct<Task>(task::record(), row);
            if (row.voided(when.day) || t.assigned.empty() || (accepted && accepted->contains(t.wbs))) return;
            for (const auto& person : split_list(t.assigned))
                if (auto& of = out[person]; of.empty() || of.back() != code) of.push_back(code);
        });
    }
    return out;
}

}  // namespace agency::project
