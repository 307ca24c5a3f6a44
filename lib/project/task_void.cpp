#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/baseline.hpp"
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

}  // namespace agency::task
