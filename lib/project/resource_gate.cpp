// 资源调配: work begins when people have the hours and the licences that the plan asks of them.
#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/hours.hpp"
#include "project/licences.hpp"
#include "project/settings.hpp"

namespace agency::project {
namespace {

/// The first day on which somebody of the plan is asked for more than he has; empty when there is none.
std::string overload_of(Workspace& w, const Plan& plan, const AsOf& when) {
    auto& db = w.db();
    const auto hours_a_day = w.rules().integer(day_hours);
    Hours mine, all;
    WorkDays days(db);
    add_hours(mine, plan, days.of(plan.project, when), hours_a_day);
    all = mine;
    // What is left out is no plan now, as project check tells; it holds up no other project.
    const auto others = asked_by(db, when, days, hours_a_day, [&](const Project& p) {
        return p.id.value != plan.project.id.value && p.status == Project::Status::in_progress;
    });
    for (const auto& [number, by_day] : others.hours)
        for (const auto& [day, hours] : by_day) all[number][day] = add_checked(all[number][day], hours);
    const Staff staff(db, when, hours_a_day);
    for (const auto& [number, by_day] : mine)
        for (const auto& [day, hours] : by_day) {
            const auto asked = all.at(number).at(day), there = staff.hours(number, day);
            if (day >= when.day && hours > 0 && asked > there)
                return say("{employee} is asked for {asked} hours on {day} and has {there}",
                           fmt::arg("employee", number), fmt::arg("asked", to_plain(asked, 2)),
                           fmt::arg("day", to_string(day)), fmt::arg("there", to_plain(there, 2)));
        }
    return {};
}

}  // namespace

void require_resources(Workspace& w, const Plan& plan, const AsOf& when) {
    const auto gate = w.rules().text(resource_gate);
    if (gate == "off" || plan.tasks.empty()) return;
    const auto gaps = Licences(w, when).gaps(plan, work_days_of(w.db(), plan.project, when),
                                             std::max(when.day, plan.starts_on), plan.ends_on);
    if (!gaps.empty())
        throw Error(Exit::refused, to_text(gaps), tr("give the work to who holds it, or enter it: agency licence add"))
            .with_rule("ORG-030")
            .with_ref(plan.project.code);
    if (gate != "all") return;
    if (auto why = overload_of(w, plan, when); !why.empty())
        throw Error(
            Exit::refused, std::move(why),
            tr("see: agency project load; move work: agency project level; the setting is project.resource_gate"))
            .with_rule("PRJ-007")
            .with_ref(plan.project.code);
}

}  // namespace agency::project
