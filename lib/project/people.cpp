// Who is needed where: the people of tasks that are still to be done.
#include <algorithm>

#include "project/facts.hpp"
#include "project/task.hpp"
#include "project/wbs.hpp"
#include "record/store.hpp"

namespace agency::project {
namespace {

bool accepted(db::Session& db, std::int64_t task, Date day) {
    return db
        .integer(
            "SELECT 1 FROM progress WHERE task = $1 AND accepted = 1 AND measured_on <= $2 AND undone = 0 AND NOT " +
                is_void("progress", "progress.id"),
            task, day)
        .has_value();
}

}  // namespace

std::map<std::string, std::vector<std::string>> projects_by_employee(db::Session& db, const AsOf& when) {
    std::vector<std::pair<std::int64_t, std::string>> open;
    each_row(db, record(), when, [&](const Row& row) {
        const auto p = to_struct<Project>(record(), row);
        if (!row.voided(when.day) && p.open()) open.emplace_back(row.id, p.code);
    });
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [id, code] : open)
        each_row_of(db, task::record(), "project", id, when, [&](const Row& row) {
            const auto t = to_struct<Task>(task::record(), row);
            if (row.voided(when.day) || t.assigned.empty() || accepted(db, row.id, when.day)) return;
            for (const auto& person : split_list(t.assigned))
                if (auto& of = out[person]; of.empty() || of.back() != code) of.push_back(code);
        });
    return out;
}

}  // namespace agency::project
