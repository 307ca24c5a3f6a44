#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/hours.hpp"
#include "project/own_fault.hpp"
#include "project/reports.hpp"
#include "project/settings.hpp"
#include "record/report_as_of.hpp"
#include "schedule/level.hpp"
#include "schedule/pauses.hpp"

namespace agency::project {
namespace {

/// What one day of a leaf asks at most of a person.
std::int64_t daily(const PlanTask& t, std::size_t person, std::int64_t day_hours) {
    std::int64_t most = 0;
    for (schedule::Time n = 0; n < t.times.early_finish - t.times.early_start - t.pause; ++n)
        most = std::max(most, hours_on(t, person, n, day_hours));
    return most;
}

/// People as resources: their hours on each day of the plan, less what other projects ask.
class People {
public:
    People(Workspace& w, const Plan& plan, const AsOf& when)
        : plan_(plan),
          hours_(w.rules().integer(day_hours)),
          line_(plan.start, work_days_of(w.db(), plan.project, when)),
          staff_(w.db(), when, hours_) {
        WorkDays days(w.db());
        auto asked =
            asked_by(w.db(), when, days, hours_, [&](const Project& p) { return p.id.value != plan.project.id.value; });
        others_ = std::move(asked.hours);
        left_out = std::move(asked.left_out);
        workload.demands.resize(plan.network.activities.size());
        for (std::uint32_t a = 0; a < plan.network.activities.size(); ++a)
            if (!plan.network.activities[a].passes_on) demand(a);
    }
    schedule::Workload workload;
    std::vector<std::string> left_out;  ///< other projects whose plans are none now
    DayLine& line() { return line_; }

private:
    void demand(std::uint32_t activity) {
        const PlanTask& t = plan_.tasks[plan_.task_of[activity]];
        for (std::size_t k = 0; k < t.assigned.size(); ++k) {
            const auto person = resource(t.assigned[k]);
            auto& all = workload.demands[activity];
            if (std::any_of(all.begin(), all.end(), [&](const auto& d) { return d.resource == person; })) continue;
            if (const auto hours = daily(t, k, hours_)) all.push_back({person, hours});
        }
    }
    std::uint32_t resource(const std::string& number) {
        const auto [it, fresh] = index_.try_emplace(number, static_cast<std::uint32_t>(workload.resources.size()));
        if (!fresh) return it->second;
        auto& r = workload.resources.emplace_back();
        const auto other = others_.find(number);
        const Date busy = other == others_.end() || other->second.empty() ? plan_.start : other->second.rbegin()->first;
        const Date last = std::max(busy, staff_.varies_until(number));
        for (schedule::Time n = 0;; ++n) {
            const auto d = known_day(n);
            if (!d) {
                if (!r.by_time.empty()) r.capacity = *std::max_element(r.by_time.begin(), r.by_time.end());
                return it->second;
            }
            r.capacity = staff_.hours(number, *d);
            if (*d > last) return it->second;
            const auto taken = other == others_.end() || !other->second.contains(*d) ? 0 : other->second.at(*d);
            r.by_time.push_back(std::max<std::int64_t>(0, r.capacity - taken));
        }
    }
    /// Nothing where the calendar does not reach: a leave of the year after next holds up no plan of this one; work
    /// that comes to lie there is refused when its day is asked for.
    std::optional<Date> known_day(schedule::Time n) {
        try {
            return line_.day(n);
        } catch (const Error& e) {
            if (e.rule != "CAL-001") throw;
            return std::nullopt;
        }
    }

    const Plan& plan_;
    std::int64_t hours_;
    DayLine line_;
    Staff staff_;
    Hours others_;
    std::map<std::string, std::uint32_t> index_;
};

/// So many plans as take about a second.
int passes_for(std::size_t tasks) {
    return static_cast<int>(std::clamp<std::size_t>(100'000 / std::max<std::size_t>(1, tasks), 10, 2'000));
}

/// The plan with the times that levelling gives it.
struct Proposal {
    Proposal(Workspace& w, std::string_view code, const AsOf& when)
        : plan(load_plan(w.db(), get_row(w.db(), record(), code, when).id, when)), people(w, plan, when) {
        levelled =
            schedule::level(plan.network, plan.order, people.workload, passes_for(plan.network.activities.size()));
        if (levelled.never.empty()) return;
        const Task& t = plan.tasks[plan.task_of[levelled.never[0]]].task;
        throw Error(Exit::refused,
                    say("task {wbs} asks more of {people} than their days have", fmt::arg("wbs", t.wbs),
                        fmt::arg("people", t.assigned)),
                    tr("give it more days or more people"))
            .with_ref(t.number);
    }
    struct Placed {
        const PlanTask* task;
        schedule::Time start, finish;
    };
    /// Leaves in WBS order.
    std::vector<Placed> placed() const {
        std::vector<Placed> out;
        for (std::uint32_t a = 0; a < plan.task_of.size(); ++a)
            if (const auto& activity = plan.network.activities[a]; !activity.passes_on)
                out.push_back({&plan.tasks[plan.task_of[a]], levelled.starts[a],
                               schedule::finish_of(activity, levelled.starts[a])});
        std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.task < b.task; });
        return out;
    }

    Plan plan;
    mutable People people;
    schedule::Levelled levelled;
};

}  // namespace

std::vector<GridColumn> levelled_columns() {
    return {{"wbs", CellType::text, "WBS", "WBS"},
            {"name", CellType::text, "Name", "任务名称"},
            {"assigned", CellType::text, "Assigned", "执行人"},
            {"duration", CellType::integer, "Duration", "工期"},
            {"es", CellType::integer, "Early start", "最早开始"},
            {"start", CellType::integer, "Start", "平衡后开始"},
            {"shift", CellType::integer, "Shift in days", "推迟天数"},
            {"starts_on", CellType::day, "Starts", "开始日期"},
            {"ends_on", CellType::day, "Ends", "完成日期"}};
}

Report levelled(Workspace& w, std::string_view code, const AsOf& when) {
    const Proposal p(w, code, when);
    const Plan& plan = p.plan;
    Report report = report_as_of("project.level", when);
    report.parameters = {{"project", std::string(code)},
                         {"length", std::to_string(p.levelled.length)},
                         {"critical_path", std::to_string(plan.length)}};
    report.drawn = true;
    Grid& g = report.rows;
    g.columns = levelled_columns();
    for (const auto& [task, start, finish] : p.placed()) {
        const PlanTask& t = *task;
        g.add_text(t.task.wbs);
        g.add_text(t.task.name);
        g.add_text(t.task.assigned);
        g.add_integer(finish - start);
        g.add_integer(t.times.early_start);
        g.add_integer(start);
        g.add_integer(start - t.times.early_start);
        g.add_day(p.people.line().starts_on(start, finish));
        g.add_day(p.people.line().ends_on(start, finish));
    }
    report.checks.push_back(left_out_check("plans_readable", p.people.left_out));
    return report;
}

std::int64_t apply_levelled(Workspace& w, std::string_view code, std::string_view command,
                            std::vector<std::string>& left_out) {
    Operation op(w, "project.level-apply", code, command);
    const AsOf when{w.today()};
    const Proposal p(w, code, when);
    left_out = p.people.left_out;
    const Record& r = task::record();
    std::int64_t shifted = 0;
    for (const auto& [t, start, finish] : p.placed()) {
        if (start == t->times.early_start) continue;
        const auto day = p.people.line().day(start);
        add_change(op, r, t->task.id.value, r.field("constraint_type"),
                   Value::of(static_cast<std::int64_t>(Task::Constraint::start_no_earlier)), w.today());
        add_change(op, r, t->task.id.value, r.field("constraint_on"), Value::of(std::int64_t{day.days}), w.today());
        ++shifted;
    }
    if (shifted > 0) op.commit();
    return shifted;
}

}  // namespace agency::project
