#include "base/error.hpp"
#include "base/money.hpp"
#include "base/translate.hpp"
#include "leave/facts.hpp"
#include "progress/facts.hpp"
#include "project/facts.hpp"
#include "record/store.hpp"
#include "timesheet/day_book.hpp"
#include "timesheet/fields.hpp"
#include "timesheet/settings.hpp"

namespace agency::timesheet {
namespace {

using Kind = TimeEntry::Kind;
using Status = TimeEntry::Status;

Date day_of_value(const Value& v) {
    return Date{static_cast<std::int32_t>(v.n)};
}

class Rules final : public RowRules {
public:
    explicit Rules(bool timer) : timer_(timer) {}
    void begin(Workspace& w, const ImportOptions&) override {
        w_ = &w;
        book_ = std::make_unique<DayBook>(w.db());
        absences_.reset();
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (row.old && v[k_status].n == static_cast<std::int64_t>(Status::approved))
            return row.problem("status", "PRJ-013",
                               say("it is approved and stays; agency time reverse {number} --reason TEXT enters the "
                                   "opposite",
                                   fmt::arg("number", row.old->values[k_number].s)));
        if (row.old && v[k_status].n == static_cast<std::int64_t>(Status::submitted))
            return row.problem("status", "PRJ-013",
                               say("it is submitted; give it back first: agency time return {number} --reason TEXT",
                                   fmt::arg("number", row.old->values[k_number].s)));
        if (!v[k_kind])
            v[k_kind] = Value::of(static_cast<std::int64_t>(v[k_project] ? Kind::billable : Kind::non_billable));
        if (!row.old) v[k_status] = Value::of(static_cast<std::int64_t>(timer_ ? Status::running : Status::draft));
        if (!v[k_employee] || !v[k_worked_on]) return;
        check_place(row);
        check_hours(row);
        if (!row.bad && v[k_kind].n != static_cast<std::int64_t>(Kind::leave)) check_leave(row);
    }
    void take(ImportRow& row) override {
        auto& v = row.values;
        if (!row.old && !v[k_number]) {
            number_ = fmt::format("T-{:06}", row.id);
            v[k_number] = Value::of(std::string_view(number_));
        }
        auto& day = book_->day(v[k_employee].n, day_of_value(v[k_worked_on]));
        day.hours += v[k_hours].n - (row.old ? row.old->values[k_hours].n : 0);
        if (now_) {
            std::erase_if(day.intervals, [&](const Interval& i) { return i.number == v[k_number].s; });
            now_->number = v[k_number].s;
            day.intervals.push_back(*now_);
        }
    }

private:
    void check_leave(ImportRow& row) {
        if (!absences_) absences_ = leave::absences(w_->db(), AsOf{w_->today()});
        const Date day = day_of_value(row.values[k_worked_on]);
        for (const auto& a : *absences_)
            if (a.employee == row.values[k_employee].n && !a.hours && a.from <= day && day <= a.to)
                return row.warning("worked_on", "",
                                   say("{employee} has approved leave on {day}",
                                       fmt::arg("employee", number_of(w_->db(), employee::record(), a.employee)),
                                       fmt::arg("day", to_string(day))));
    }
    void check_place(ImportRow& row) {
        auto& v = row.values;
        const Date day = day_of_value(v[k_worked_on]);
        const AsOf when{day};
        if (day > w_->today() && v[k_kind].n != static_cast<std::int64_t>(Kind::leave))
            row.problem("worked_on", "", tr("work is written down when it is done, not ahead"));
        const auto who = find_row(w_->db(), employee::record(), v[k_employee].n, when);
        const auto person = who ? to_struct<Employee>(employee::record(), *who) : Employee{};
        if (!who || !project::employed(person, day))
            row.problem("employee", "PRJ-012",
                        say("{employee} is not employed on {day}", fmt::arg("employee", person.number),
                            fmt::arg("day", to_string(day))));
        if (!v[k_project]) {
            if (v[k_wbs]) return row.problem("project", "", tr("a task belongs to a project"));
            if (v[k_kind].n == static_cast<std::int64_t>(Kind::billable))
                row.problem("project", "", tr("billable work is for a project"));
            return;
        }
        const auto stored = find_row(w_->db(), project::record(), v[k_project].n, when);
        if (!stored || stored->voided(day)) return row.problem("project", "PRJ-010", tr("the project is voided"));
        if (v[k_kind].n == static_cast<std::int64_t>(Kind::leave))
            row.problem("kind", "", tr("leave is no work for a project"));
        const auto p = to_struct<Project>(project::record(), *stored);
        if (!p.open() || p.status == Project::Status::proposed || p.status == Project::Status::suspended)
            row.problem(
                "project", "PRJ-010",
                say("project {project} is {state} on {day}, not open", fmt::arg("project", p.code),
                    fmt::arg("state", project::record().field("status").words[static_cast<std::size_t>(p.status)].word),
                    fmt::arg("day", to_string(day))));
        if (!row.old || row.old->values[k_worked_on] != v[k_worked_on]) check_prestart(row, day);
        check_task(row, p, person, when);
    }
    /// What was approved may have come after the day.
    void check_prestart(ImportRow& row, Date day) {
        const AsOf now{w_->today()};
        const auto stored = find_row(w_->db(), project::record(), row.values[k_project].n, now);
        if (!stored) return;
        if (auto why = project::after_prestart(w_->db(), to_struct<Project>(project::record(), *stored), day, now);
            !why.empty())
            row.problem("worked_on", "PRJ-002", std::move(why));
    }
    void check_task(ImportRow& row, const Project& p, const Employee& person, const AsOf& when) {
        auto& v = row.values;
        auto& db = w_->db();
        const std::string alive = " AND undone = 0 AND NOT " + is_void("task", "task.id");
        if (!v[k_wbs]) {
            if (db.integer("SELECT 1 FROM task WHERE project = $1" + alive, p.id.value))
                row.problem(
                    "wbs", "PRJ-010",
                    say("project {project} has tasks: name the one that was worked on", fmt::arg("project", p.code)));
            return;
        }
        const std::string wbs(v[k_wbs].s);
        const auto id = db.integer("SELECT id FROM task WHERE project = $1 AND wbs = $2" + alive, p.id.value, wbs);
        if (!id)
            return row.problem(
                "wbs", "PRJ-010",
                say("project {project} has no task {wbs}", fmt::arg("project", p.code), fmt::arg("wbs", wbs)));
        v[k_task] = Value::of(*id);
        if (db.integer("SELECT 1 FROM task WHERE project = $1 AND wbs > $2 AND wbs < $3" + alive, p.id.value, wbs + ".",
                       wbs + "/"))
            return row.problem("wbs", "PRJ-003",
                               say("{wbs} is a group; only its leaves carry work", fmt::arg("wbs", wbs)));
        const auto t = to_struct<Task>(task::record(), *find_row(db, task::record(), *id, when));
        if (!named_in(t.assigned, person.number))
            row.problem("employee", "PRJ-011",
                        say("{employee} is not assigned to task {wbs} of project {project}",
                            fmt::arg("employee", person.number), fmt::arg("wbs", wbs), fmt::arg("project", p.code)));
        if (progress::accepted(db, *id, when.day + -1))
            row.problem("wbs", "PRJ-010",
                        say("task {wbs} was accepted before {day}", fmt::arg("wbs", wbs),
                            fmt::arg("day", to_string(when.day))));
    }
    /// Whether the number stands in a list with `;` between.
    static bool named_in(std::string_view list, std::string_view number) {
        for (std::size_t at = 0; at <= list.size();) {
            const auto end = std::min(list.find(';', at), list.size());
            auto name = list.substr(at, end - at);
            while (name.starts_with(' ')) name.remove_prefix(1);
            while (name.ends_with(' ')) name.remove_suffix(1);
            if (name == number) return true;
            at = end + 1;
        }
        return false;
    }
    static constexpr std::int32_t midnight = 24 * 60;  ///< minutes of a day
    void check_hours(ImportRow& row) {
        auto& v = row.values;
        now_.reset();
        constexpr std::int32_t none = -1, rounded_up = 15;  // minutes that the step may add
        const auto from = v[k_starts_at] ? read_clock(v[k_starts_at].s).value_or(none) : none;
        const auto to = v[k_ends_at] ? read_clock(v[k_ends_at].s).value_or(none) : none;
        if (v[k_starts_at] && from == none) row.problem("starts_at", "", tr("it is no time of day; write 09:00"));
        if (v[k_ends_at] && to == none) row.problem("ends_at", "", tr("it is no time of day; write 09:00"));
        if (to != none && (from == none || to <= from))
            row.problem("ends_at", "",
                        from == none
                            ? std::string(tr("it ends, but no start is given"))
                            : say("it ends before it starts, at {from}; work past midnight ends at {to}",
                                  fmt::arg("from", clock_text(from)), fmt::arg("to", clock_text(to + midnight))));
        if (row.bad) return;
        if (from != none) {
            start_ = clock_text(from);
            v[k_starts_at] = Value::of(std::string_view(start_));
        }
        if (to != none) {
            end_ = clock_text(to);
            v[k_ends_at] = Value::of(std::string_view(end_));
            if (!v[k_hours]) v[k_hours] = Value::of(std::int64_t{mul_div_half_up(to - from, 100, 60)});
        }
        const bool running = v[k_status].n == static_cast<std::int64_t>(Status::running);
        if (!v[k_hours] && !running) return row.problem("hours", "", tr("the hours are missing"));
        if (v[k_hours] && v[k_hours].n <= 0) return row.problem("hours", "", tr("hours are above zero"));
        if (v[k_hours] && v[k_hours].n % step != 0)
            row.problem("hours", "PRJ-014",
                        say("{hours} is not in steps of 0.25 hours", fmt::arg("hours", to_plain(v[k_hours].n, 2))));
        if (v[k_hours] && to != none && v[k_hours].n * 60 > (to - from + rounded_up) * 100)
            row.problem(
                "hours", "PRJ-014",
                say("{hours} hours do not lie between {from} and {to}", fmt::arg("hours", to_plain(v[k_hours].n, 2)),
                    fmt::arg("from", clock_text(from)), fmt::arg("to", clock_text(to))));
        const Date day = day_of_value(v[k_worked_on]);
        const auto& so_far = book_->day(v[k_employee].n, day);
        const auto sum = so_far.hours + v[k_hours].n - (row.old ? row.old->values[k_hours].n : 0);
        const auto told = [&](const char* text, std::int64_t limit) {
            return say(text, fmt::arg("hours", to_plain(sum, 2)), fmt::arg("day", to_string(day)),
                       fmt::arg("limit", limit));
        };
        const auto warn = w_->rules().integer(warn_hours);
        if (sum > day_hours)
            row.problem("hours", "PRJ-015", told(N_("{hours} hours on {day} are more than a day has, {limit}"), 24));
        else if (sum > warn * 100)
            row.warning("hours", "PRJ-015", told(N_("{hours} hours on {day} are more than {limit}"), warn));
        if (from == none) return;
        now_ = Interval{from, to == none ? INT32_MAX : to, std::string(v[k_number] ? v[k_number].s : "")};
        if (clash(row, v[k_employee].n, day, 0)) return;
        // What went on past midnight lies on two days.
        if (clash(row, v[k_employee].n, day, -1)) return;
        if (to > midnight) clash(row, v[k_employee].n, day, 1);
    }
    /// PRJ-016 with what was written down for so many days later; answers whether there was any.
    bool clash(ImportRow& row, std::int64_t employee, Date day, std::int32_t later) {
        const auto shift = later * midnight;
        for (const Interval& there : book_->day(employee, day + later).intervals) {
            const bool runs = there.to == INT32_MAX;
            const Interval i{there.from + shift, runs ? INT32_MAX : there.to + shift, there.number};
            if (!i.overlaps(*now_) || (row.old && i.number == now_->number) || (runs && later > 0)) continue;
            row.problem("starts_at", "PRJ-016",
                        runs && later == 0 ? say("the timer of {number} runs since {from}",
                                                 fmt::arg("number", i.number), fmt::arg("from", clock_text(i.from)))
                        : runs             ? say("the timer of {number} runs since {day}", fmt::arg("number", i.number),
                                                 fmt::arg("day", to_string(day + later)))
                        : later == 0
                            ? say("{number} is from {from} to {to}, so the two overlap", fmt::arg("number", i.number),
                                  fmt::arg("from", clock_text(i.from)), fmt::arg("to", clock_text(i.to)))
                            : say("{number} is from {from} to {to} of {day}, so the two overlap",
                                  fmt::arg("number", i.number), fmt::arg("from", clock_text(there.from)),
                                  fmt::arg("to", clock_text(there.to)), fmt::arg("day", to_string(day + later))));
            return true;
        }
        return false;
    }

    Workspace* w_ = nullptr;
    std::unique_ptr<DayBook> book_;
    std::optional<std::vector<leave::Absence>> absences_;  ///< read at the first row that asks
    std::optional<Interval> now_;                          ///< of the row at hand
    std::string number_, start_, end_;
    bool timer_;  ///< one is started: the row has no hours yet
};

}  // namespace

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>(false);
}

std::unique_ptr<RowRules> timer_rules() {
    return std::make_unique<Rules>(true);
}

}  // namespace agency::timesheet
