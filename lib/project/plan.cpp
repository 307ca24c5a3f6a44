#include "project/plan.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::project {
namespace {

using schedule::Constraint;

constexpr Constraint constraint_of(Task::Constraint c) {
    return static_cast<Constraint>(static_cast<int>(c) + 1);
}

/// A constraint's day as a time. On a day that is not worked, what is no earlier waits for the next work day, and what
/// is no later is done with the one before.
void constrain(TaskShape& shape, const Task& t, DayLine& line) {
    if (!t.constraint_type || !t.constraint_on) return;
    shape.constraint = constraint_of(*t.constraint_type);
    const Date on = *t.constraint_on;
    switch (*t.constraint_type) {
        case Task::Constraint::start_no_earlier:
        case Task::Constraint::must_start:
            shape.at = line.number_from(on);
            break;
        case Task::Constraint::start_no_later:
            shape.at = line.number_after(on) - 1;
            break;
        case Task::Constraint::finish_no_earlier:
            shape.at = line.number_from(on) + 1;
            break;
        case Task::Constraint::finish_no_later:
        case Task::Constraint::must_finish:
            shape.at = line.number_after(on);
            break;
    }
}

/// Pauses of a leaf, as far as the calendar reaches: what would be worked behind it is refused there anyway.
std::vector<schedule::Pause> pauses_of(const std::vector<DaySpan>& away, Date start, DayLine& line) {
    std::vector<schedule::Pause> out;
    for (const DaySpan& d : away) {
        if (d.to < start) continue;
        const auto from = line.number_within(std::max(d.from, start)), to = line.number_within(d.to + 1);
        if (from >= to) continue;
        if (!out.empty() && out.back().to >= from)
            out.back().to = to;  // nothing is worked between them
        else
            out.push_back({from, to});
    }
    return out;
}

/// What a task costs by its leaves, from the last to the first.
void add_up(Plan& plan, const Breakdown& all) {
    std::map<std::string_view, std::optional<std::int64_t>> below;
    for (auto it = plan.tasks.rbegin(); it != plan.tasks.rend(); ++it) {
        const auto mine = below.find(it->task.wbs);
        const auto cost = mine != below.end() && mine->second ? mine->second : it->task.cost;
        it->cost = cost.value_or(0);
        const Part* parent = above(all, it->task.wbs);
        if (!parent) {
            plan.cost = add_checked(plan.cost, it->cost);
        } else if (cost) {
            auto& sum = below[parent->task.wbs];
            sum = add_checked(sum.value_or(0), *cost);
        }
    }
}

}  // namespace

Breakdown breakdown_of(db::Session& db, std::int64_t project, const AsOf& when) {
    Breakdown all;
    each_row_of(db, task::record(), "project", project, when, [&](const Row& row) {
        if (row.voided(when.day)) return;
        auto t = to_struct<Task>(task::record(), row);
        auto wbs = t.wbs;
        all.insert_or_assign(std::move(wbs), Part{std::move(t)});
    });
    return all;
}

std::function<bool(Date)> WorkDays::of(const Project& p, const AsOf& when) {
    if (p.calendar == Project::Days::calendar) return [](Date) { return true; };
    if (!changed_by_) {
        changed_by_.emplace();
        db_.each(
            "WITH own AS (SELECT operation FROM calendar_day UNION SELECT operation FROM calendar_day_change) SELECT "
            "operation FROM own UNION SELECT operation FROM operation_undo WHERE root IN (SELECT operation FROM own) "
            "ORDER BY operation",
            [&](db::Statement& s) { changed_by_->push_back(s.integer(0)); });
    }
    const auto after = std::upper_bound(changed_by_->begin(), changed_by_->end(), when.operation);
    auto& calendar = known_[after == changed_by_->begin() ? 0 : *std::prev(after)];
    if (!calendar) calendar = std::make_shared<const Calendar>(Calendar::load(db_, AsOf{last_day, when.operation}));
    return [calendar](Date d) { return calendar->is_work_day(d); };
}

std::function<bool(Date)> work_days_of(db::Session& db, const Project& p, const AsOf& when) {
    return WorkDays(db).of(p, when);
}

bool PlanTask::goes_on(Date d) const {
    return std::none_of(away.begin(), away.end(), [d](const DaySpan& a) { return a.from <= d && d <= a.to; });
}

const PlanTask* Plan::find(std::string_view wbs) const {
    const auto it = std::lower_bound(tasks.begin(), tasks.end(), wbs,
                                     [](const PlanTask& t, std::string_view w) { return wbs_before(t.task.wbs, w); });
    return it != tasks.end() && it->task.wbs == wbs ? &*it : nullptr;
}

namespace {

Plan load(db::Session& db, std::int64_t project, const AsOf& when, WorkDays& days, const AsOf& leave_of) {
    Plan plan;
    plan.project = to_struct<Project>(record(), *find_row(db, record(), project, when));
    plan.start = plan.starts_on = plan.ends_on = plan.project.starts_on.value_or(when.day);
    const Breakdown all = breakdown_of(db, project, when);
    if (all.empty()) return plan;
    auto shapes = shapes_of(all);
    DayLine line(plan.start, days.of(plan.project, when));
    Away leave(db, leave_of);
    std::vector<std::vector<DaySpan>> away;
    std::size_t i = 0;
    for (const auto& [wbs, part] : all) {
        constrain(shapes[i], part.task, line);
        const auto& days_off = away.emplace_back(
            part.task.duration.value_or(0) > 0 ? leave.all_of(split_list(part.task.assigned)) : std::vector<DaySpan>());
        shapes[i++].pauses = pauses_of(days_off, plan.start, line);
    }
    PlanNetwork network(shapes);
    if (const auto circle = network.circle(); !circle.empty())
        throw Error(Exit::refused, say("tasks wait for each other: {circle}", fmt::arg("circle", circle)),
                    tr("mend one of their links: agency task edit"))
            .with_rule("PRJ-004")
            .with_ref(plan.project.code);
    const auto schedule = schedule::passes(network.network, network.order);
    const auto times = network.times(schedule);
    i = 0;
    for (const auto& [wbs, part] : all) {
        PlanTask& t = plan.tasks.emplace_back();
        t.task = part.task;
        t.after = std::move(shapes[i].after);
        t.assigned = split_list(part.task.assigned);
        t.group = network.group[i];
        t.times = times[i];
        if (!t.group) {
            t.away = std::move(away[i]);
            t.pause = t.times.early_finish - t.times.early_start - t.task.duration.value_or(0);
        }
        ++i;
        t.starts_on = line.starts_on(t.times.early_start, t.times.early_finish);
        t.ends_on = line.ends_on(t.times.early_start, t.times.early_finish);
    }
    plan.length = schedule.length;
    plan.starts_on = line.day(0);
    plan.ends_on = line.ends_on(0, plan.length);
    add_up(plan, all);
    for (std::uint32_t a = 0; a < network.network.activities.size(); ++a) plan.task_of.push_back(network.task(a));
    plan.network = std::move(network.network);
    plan.order = std::move(network.order);
    return plan;
}

}  // namespace

Plan load_plan(db::Session& db, std::int64_t project, const AsOf& when) {
    return load_plan(db, project, when, when);
}

Plan load_plan(db::Session& db, std::int64_t project, const AsOf& when, WorkDays& days) {
    return load(db, project, when, days, when);
}

Plan load_plan(db::Session& db, std::int64_t project, const AsOf& when, const AsOf& leave) {
    WorkDays days(db);
    return load(db, project, when, days, leave);
}

void require_plan(Workspace& w, std::int64_t project, const AsOf& when) {
    const auto p = to_struct<Project>(record(), *find_row(w.db(), record(), project, when));
    const Breakdown all = breakdown_of(w.db(), project, when);
    if (all.empty())
        throw Error(Exit::refused, say("project {code} has no plan", fmt::arg("code", p.code)),
                    tr("enter one: agency project plan import CODE FILE"))
            .with_ref(p.code);
    examine(
        all, p.currency.digits(),
        [&](const Part& part, std::string_view field, std::string_view rule, Exit, std::string message) {
            throw Error(Exit::refused, part.task.number + ": " + message).with_rule(rule).with_field(field);
        },
        Entered::wholly);
}

}  // namespace agency::project
