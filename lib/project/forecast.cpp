#include "project/forecast.hpp"

#include <algorithm>

#include "progress/facts.hpp"

namespace agency::project {
namespace {

using schedule::Constraint;
using schedule::Time;

constexpr std::int64_t whole = 1'000'000;  ///< ppm

/// What is not begun starts no earlier than `now`, as long as its own constraint does not want it later.
void put_off(schedule::Activity& a, Time now) {
    const bool waits = a.constraint == Constraint::start_no_earlier || a.constraint == Constraint::must_start;
    const bool ends_late = a.constraint == Constraint::finish_no_earlier || a.constraint == Constraint::must_finish;
    if ((waits && a.at >= now) || (ends_late && a.at - a.duration >= now)) return;
    a.constraint = Constraint::start_no_earlier;
    a.at = now;
}

/// The network of what is left at `now`: what is done lies behind, what is begun waits for nothing any more.
schedule::Network left_of(const Plan& plan, const std::map<std::string, std::int64_t, std::less<>>& parts, Time now) {
    auto network = plan.network;
    std::vector<bool> begun(network.activities.size(), false);
    for (std::size_t i = 0; i < begun.size(); ++i) {
        auto& a = network.activities[i];
        const PlanTask& t = plan.tasks[plan.task_of[i]];
        if (t.group) continue;
        const auto it = parts.find(t.task.wbs);
        const auto part = it == parts.end() ? 0 : it->second;
        if (part <= 0) {
            put_off(a, now);
            continue;
        }
        begun[i] = true;
        const auto left = a.duration - mul_div_half_up(a.duration, part, whole);
        a.duration = part >= whole ? 0 : std::max<Time>(left, std::min<Time>(a.duration, 1));
        if (part >= whole) a.pauses.clear();
        a.constraint = Constraint::start_no_earlier;
        a.at = part >= whole ? std::min(t.times.early_finish, now) : now;
    }
    // What waits for the start of begun work waits since that start, which was no later than now.
    std::erase_if(network.links, [&](const schedule::Link& l) {
        const bool of_start = l.type == schedule::LinkType::start_start || l.type == schedule::LinkType::start_finish;
        if (begun[l.to]) return true;
        if (!begun[l.from] || !of_start) return false;
        auto& waits = network.activities[l.to];
        const auto from = std::min(plan.tasks[plan.task_of[l.from]].times.early_start, now) + l.lag;
        if (l.type == schedule::LinkType::start_start && waits.constraint == Constraint::start_no_earlier)
            waits.at = std::max(waits.at, from);
        return true;
    });
    return network;
}

}  // namespace

std::optional<Forecast> forecast_of(db::Session& db, const Project& p, const AsOf& when, WorkDays& days) {
    const auto plan = load_plan(db, p.id.value, when, days);
    if (plan.tasks.empty()) return std::nullopt;
    Forecast f{plan.ends_on, {}};
    for (const PlanTask& t : plan.tasks) f.tasks[t.task.wbs] = t.ends_on;
    if (p.status != Project::Status::in_progress && p.status != Project::Status::suspended) return f;
    const auto parts = progress::done_parts(db, p.id.value, when);
    const auto done = [&](const PlanTask& t) {
        const auto it = parts->find(t.task.wbs);
        return it != parts->end() && it->second >= whole;
    };
    if (!parts) {  // nobody measures it: of work that goes on beyond the plan only the day itself is known
        f.ends_on = std::max(f.ends_on, when.day);
        return f;
    }
    const auto leaf_done = [&](const PlanTask& t) { return t.group || done(t); };
    if (std::all_of(plan.tasks.begin(), plan.tasks.end(), leaf_done)) return f;
    DayLine line(plan.start, days.of(p, when));
    const auto network = left_of(plan, *parts, std::max<Time>(0, line.number_from(when.day)));
    const auto times = schedule::passes(network, plan.order).times;
    f.ends_on = plan.starts_on;
    for (const PlanTask& t : plan.tasks)
        if (t.group) f.tasks.erase(t.task.wbs);
    for (std::size_t i = 0; i < times.size(); ++i) {
        const PlanTask& t = plan.tasks[plan.task_of[i]];
        if (t.group) continue;
        const Date end =
            done(t) ? std::min(t.ends_on, when.day) : line.ends_on(times[i].early_start, times[i].early_finish);
        f.tasks[t.task.wbs] = end;
        f.ends_on = std::max(f.ends_on, end);
        for (auto up = wbs_parent(t.task.wbs); !up.empty(); up = wbs_parent(up)) {
            auto& last = f.tasks.emplace(std::string(up), end).first->second;
            last = std::max(last, end);
        }
    }
    return f;
}

}  // namespace agency::project
