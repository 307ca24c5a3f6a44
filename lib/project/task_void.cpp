#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/baseline.hpp"
#include "project/plan.hpp"
#include "project/task.hpp"

namespace agency::task {
namespace {

/// The first task of the plan that would be wrong without this one; empty when none would.
std::string stands_on(const Task& t, const project::Breakdown& all) {
    for (const auto& [wbs, part] : all) {
        if (project::above(all, wbs) == &all.at(t.wbs)) return part.task.number;
        for (const auto& p : project::links_of(part.task, all))
            if (p.wbs == t.wbs) return part.task.number;
    }
    return {};
}

}  // namespace

void void_task(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
               std::string_view command) {
    Operation op(w, "task.void", number, command);
    const auto row = get_row(w.db(), record(), number, {});
    const auto refuse = [&](std::string message, const char* hint) {
        return Error(Exit::refused, std::move(message), *hint ? tr(hint) : "").with_ref(number);
    };
    if (row.voided_on) throw refuse(say("task {number} is voided already", fmt::arg("number", number)), "");
    const auto from = day.value_or(w.today());
    const auto t = to_struct<Task>(record(), row);
    const auto other = stands_on(t, project::breakdown_of(w.db(), t.project.value, AsOf{from}));
    if (!other.empty())
        throw refuse(say("task {other} waits for task {number} or stands below it", fmt::arg("number", number),
                         fmt::arg("other", other)),
                     N_("change or void that first"));
    add_void(op, record(), row.id, from, reason);
    op.commit();
}

void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    std::set<std::int64_t> projects;
    const auto note = [&](db::Statement& s) { projects.insert(s.integer(0)); };
    db.each("SELECT DISTINCT project FROM task WHERE id BETWEEN $1 AND $2", note, first, last);
    for (const auto id : touched) db.each("SELECT project FROM task WHERE id = $1", note, id);
    for (const auto id : projects) {
        const auto p = find_row(db, project::record(), id, {});
        if (!p || p->voided_on) continue;
        const auto status = to_struct<Project>(project::record(), *p).status;
        using enum Project::Status;
        if (status == planned || status == in_progress || status == suspended)
            project::require_plan(op.workspace(), id, AsOf{op.workspace().today()});
        const int digits = digits_of(db, project::record(), p->values);
        project::examine(project::breakdown_of(db, id, {}), digits,
                         [](const project::Part& part, std::string_view field, std::string_view rule, Exit,
                            const std::string& message) {
                             throw Error(Exit::refused, part.task.number + ": " + message)
                                 .with_rule(rule)
                                 .with_ref(part.task.number)
                                 .with_field(field);
                         });
    }
}

}  // namespace agency::task
