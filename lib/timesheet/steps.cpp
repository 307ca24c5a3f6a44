// What becomes of time entries: submitted, approved, returned, reversed; timers.
#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/people.hpp"
#include "org/superior.hpp"
#include "period/period.hpp"
#include "record/store.hpp"
#include "timesheet/facts.hpp"
#include "timesheet/fields.hpp"
#include "timesheet/settings.hpp"
#include "timesheet/time_entry.hpp"

namespace agency::timesheet {
namespace {

using Status = TimeEntry::Status;

void require_open(db::Session& db, const TimeEntry& e) {
    if (auto why = period::closed_message(period::closed_through(db), e.worked_on); !why.empty())
        throw Error(Exit::refused, e.number + ": " + why,
                    say("reopen the month first: agency period reopen {month}",
                        fmt::arg("month", to_string(month_of(e.worked_on)))))
            .with_rule("PRJ-013")
            .with_ref(e.number);
}

void open_period(const Move& m) {
    require_open(m.op.db(), to_struct<TimeEntry>(record(), m.row));
}

Employee person(db::Session& db, Id<Employee> id) {
    const auto row = find_row(db, employee::record(), id.value, {});
    return row ? to_struct<Employee>(employee::record(), *row) : Employee{};
}

/// Why the one who acts may not approve it; empty when he may. X8: nobody approves hours of his own. By handbook §3.6
/// the project's manager does; of hours of no project, and of the manager's own, the line manager. Where there is none,
/// anybody else may.
std::string not_his_to_approve(Workspace& w, const TimeEntry& e) {
    auto& db = w.db();
    const auto who = person(db, e.employee);
    const auto number = fmt::arg("number", e.number);
    if (org::acts_as(w.actor(), who))
        return say("{number} is of {person}, and another person approves it", number, fmt::arg("person", w.actor()));
    if (w.rules().text(approve_by) == "other") return {};
    const AsOf now{w.today()};
    if (e.project) {
        const auto p = to_struct<Project>(project::record(), *find_row(db, project::record(), e.project.value, now));
        if (p.manager && !(p.manager == e.employee)) {
            const auto boss = person(db, p.manager);
            if (org::acts_as(w.actor(), boss)) return org::absence(db, p.manager.value, now.day, now.day);
            return say("hours of project {project} are approved by its manager, {person}", fmt::arg("project", p.code),
                       fmt::arg("person", boss.number));
        }
    }
    const auto boss = org::superior_of(db, e.employee, now);
    if (!boss) return {};
    if (org::acts_as(w.actor(), *boss)) return org::absence(db, boss->id.value, now.day, now.day);
    return say("{number} is approved by the line manager of {person}, {boss}", number, fmt::arg("person", who.number),
               fmt::arg("boss", boss->number));
}

Error not_his(const TimeEntry& e, const std::string& why) {
    return Error(Exit::refused, why, tr("who acts is named with --actor, by number or name"))
        .with_rule("PRJ-017")
        .with_ref(e.number);
}

void may_approve(const Move& m) {
    auto& w = m.op.workspace();
    const auto e = to_struct<TimeEntry>(record(), m.row);
    require_open(m.op.db(), e);
    if (const auto why = not_his_to_approve(w, e); !why.empty()) throw not_his(e, why);
    write_change(m.op, record(), m.row.id, record().field("approved_by"), Value::of(std::string_view(w.actor())),
                 m.day);
}

constexpr Transition transitions[] = {
    {"stop", states_of({Status::running}), static_cast<std::uint8_t>(Status::draft), N_("Stop the timer")},
    {"submit", states_of({Status::draft}), static_cast<std::uint8_t>(Status::submitted), N_("Hand in for approval"),
     N_("its month is open (PRJ-013)"), open_period},
    {"approve", states_of({Status::submitted}), static_cast<std::uint8_t>(Status::approved),
     N_("Approve; from then on only a reversing entry changes it"),
     N_("the project's manager, or the line manager (PRJ-017); its month is open"), may_approve},
    {"return", states_of({Status::submitted}), static_cast<std::uint8_t>(Status::draft), N_("Give back, with a reason"),
     N_("its month is open (PRJ-013)"), open_period, true},
};

std::int64_t id_of(db::Session& db, const Record& r, std::string_view number) {
    return get_row(db, r, number, {}).id;
}

std::optional<TimeEntry> running_of(db::Session& db, std::int64_t employee) {
    std::optional<TimeEntry> running;
    each_row_of(db, record(), "employee", employee, {}, [&](const Row& row) {
        auto e = to_struct<TimeEntry>(record(), row);
        if (!row.voided_on && e.status == Status::running) running = std::move(e);
    });
    return running;
}

std::string forgotten(const TimeEntry& e) {
    return say("it was forgotten: agency time void {number} --reason TEXT, then agency time add",
               fmt::arg("number", e.number));
}

std::string local_clock(const Workspace& w) {
    const auto text = to_string(w.now(), w.rules().zone_minutes);
    return text.substr(11, 5);
}

}  // namespace

const Workflow workflow{record, transitions, "PRJ-013"};

void void_entry(Workspace& w, std::string_view number, std::optional<Date>, std::string_view reason,
                std::string_view command) {
    Operation op(w, "time_entry.void", number, command);
    const auto row = get_row(w.db(), record(), number, {});
    const auto e = to_struct<TimeEntry>(record(), row);
    if (e.status == Status::approved || e.reversal_of)
        throw Error(Exit::refused, say("{number} is approved and stays", fmt::arg("number", number)),
                    say("agency time reverse {number} --reason TEXT enters the opposite", fmt::arg("number", number)))
            .with_rule("PRJ-013")
            .with_ref(number);
    require_open(w.db(), e);
    add_void(op, record(), row.id, beginning, reason);
    op.commit();
}

namespace {

/// Of many entries only those that the one who acts may approve; Error(refused) when these are none.
void keep_his(Workspace& w, std::vector<TimeEntry>& found) {
    const auto first = found.front();
    std::erase_if(found, [&](const TimeEntry& e) { return !not_his_to_approve(w, e).empty(); });
    if (found.empty()) throw not_his(first, not_his_to_approve(w, first));
}

}  // namespace

std::vector<GridColumn> advance_columns() {
    return {{"number", CellType::text, "Number", "编号"},
            {"employee", CellType::text, "Employee", "员工编号"},
            {"worked_on", CellType::day, "Worked", "工作日期"},
            {"hours", CellType::decimal, "Hours", "工时数"},
            {"status", CellType::text, "Status", "状态"}};
}

Report advance(Workspace& w, std::string_view verb, const Selection& which, std::string_view reason,
               std::string_view command) {
    const Transition* way = nullptr;
    for (const Transition& t : transitions)
        if (t.verb == verb) way = &t;
    const auto status_word = record().field("status").words[way->to].word;
    const Record& r = record();
    auto& db = w.db();
    const auto employee_id = which.employee.empty() ? 0 : id_of(db, employee::record(), which.employee);
    const auto project_id = which.project.empty() ? 0 : id_of(db, project::record(), which.project);
    std::vector<TimeEntry> found;
    each_row(db, r, {}, [&](const Row& row) {
        if (row.voided_on) return;
        const auto e = to_struct<TimeEntry>(r, row);
        if (!which.number.empty() ? e.number != which.number : (way->from >> static_cast<unsigned>(e.status) & 1U) == 0)
            return;
        if ((employee_id && e.employee.value != employee_id) || (project_id && e.project.value != project_id) ||
            (which.from && e.worked_on < *which.from) || (which.to && e.worked_on > *which.to))
            return;
        found.push_back(e);
    });
    if (found.empty())
        throw Error(Exit::not_found, say("there is no entry that {verb} could be done to", fmt::arg("verb", verb)),
                    tr("agency time list shows them with their states"));
    if (way->check == may_approve && which.number.empty()) keep_his(w, found);
    Operation op(w, fmt::format("time_entry.{}", verb), which.number, command);
    op.join();
    Report report;
    report.name = N_("time_entries");
    report.rows.columns = advance_columns();
    for (const TimeEntry& e : found) {
        move(w, workflow, e.number, verb, {}, reason, command);
        auto& g = report.rows;
        g.add_text(e.number);
        g.add_text(number_of(db, employee::record(), e.employee.value));
        g.add_day(e.worked_on);
        e.hours ? g.add_decimal(*e.hours, 2) : g.add_null();
        g.add_constant(status_word);
    }
    op.commit();
    return report;
}

std::vector<std::string> open_of_project(db::Session& db, std::int64_t project, const AsOf& when) {
    std::vector<std::string> out;
    each_row_of(db, record(), "project", project, when, [&](const Row& row) {
        if (!row.voided_on && row.values[k_status].n != static_cast<std::int64_t>(Status::approved))
            out.emplace_back(row.values[k_number].s);
    });
    return out;
}

std::string reverse(Workspace& w, std::string_view number, std::string_view reason, std::string_view command) {
    Operation op(w, "time_entry.reverse", number, command);
    const Record& r = record();
    const auto row = get_row(w.db(), r, number, {});
    const auto e = to_struct<TimeEntry>(r, row);
    const auto refuse = [&](std::string why, std::string hint) {
        return Error(Exit::refused, std::move(why), std::move(hint)).with_rule("PRJ-013").with_ref(number);
    };
    if (e.reversal_of)
        throw refuse(say("{number} takes back another entry and is not reversed", fmt::arg("number", number)),
                     tr("enter the hours anew with agency time add"));
    if (e.status != Status::approved)
        throw refuse(say("{number} is not approved yet", fmt::arg("number", number)),
                     tr("change it with agency time edit, or take it out with agency time void"));
    if (w.db().integer("SELECT 1 FROM time_entry WHERE reversal_of = $1 AND undone = 0 AND NOT " +
                           is_void("time_entry", "time_entry.id"),
                       row.id))
        throw refuse(say("{number} is reversed already", fmt::arg("number", number)), {});
    if (const auto why = not_his_to_approve(w, e); !why.empty()) throw not_his(e, why);
    const auto first_open = period::first_open_day(w.db());
    const Date day = first_open && *first_open > e.worked_on ? *first_open : e.worked_on;
    const auto opposite = std::string(number) + "-R";
    auto values = row.values;
    values[k_number] = Value::of(std::string_view(opposite));
    values[k_worked_on] = Value::of(std::int64_t{day.days});
    values[k_hours] = Value::of(-*e.hours);
    values[k_starts_at] = values[k_ends_at] = {};
    values[k_status] = Value::of(static_cast<std::int64_t>(Status::approved));
    values[k_approved_by] = Value::of(std::string_view(w.actor()));
    values[k_reversal_of] = Value::of(row.id);
    values[k_note] = Value::of(reason);
    const auto id = write_record(op, r, values);
    op.audit("reverse", r.noun, id, "", json_of(w.db(), r, values));
    op.commit();
    return opposite;
}

std::string start(Workspace& w, const Start& s, std::string_view command) {
    std::vector<std::pair<std::string, std::string>> texts{
        {"employee", s.employee}, {"worked_on", to_string(w.today())}, {"starts_at", local_clock(w)}};
    for (const auto& [key, text] : {std::pair{"project", s.project}, std::pair{"wbs", s.wbs}, std::pair{"kind", s.kind},
                                    std::pair{"note", s.note}})
        if (!text.empty()) texts.emplace_back(key, text);
    ImportOptions options;
    options.command = command;
    options.path = s.employee;
    const auto rules = timer_rules();
    Operation op(w, "time_entry.start", s.employee, command);
    op.join();
    if (const auto who = find_row(w.db(), employee::record(), s.employee, {}))
        if (const auto running = running_of(w.db(), who->id); running && running->worked_on < w.today())
            throw Error(Exit::refused,
                        say("the timer of {number} runs since {day}", fmt::arg("number", running->number),
                            fmt::arg("day", to_string(running->worked_on))),
                        say("stop it first: agency time stop --employee {person}; ", fmt::arg("person", s.employee)) +
                            forgotten(*running))
                .with_rule("PRJ-016")
                .with_ref(running->number);
    const auto id = add_record(w, record(), *rules, texts, options, [](const Problem&) {});
    auto number = number_of(w.db(), record(), id);
    op.commit();
    return number;
}

std::string stop(Workspace& w, std::string_view employee, std::string_view command) {
    const auto who = id_of(w.db(), employee::record(), employee);
    const auto running = running_of(w.db(), who);
    if (!running)
        throw Error(Exit::not_found, say("no timer of {employee} runs", fmt::arg("employee", employee)),
                    tr("agency time start begins one"))
            .with_ref(employee);
    Operation op(w, "time_entry.stop", running->number, command);
    op.join();
    const auto minutes = *read_clock(local_clock(w)) + 24 * 60 * (w.today() - running->worked_on);
    if (minutes > 48 * 60)
        throw Error(Exit::refused,
                    say("the timer of {number} runs since {day}", fmt::arg("number", running->number),
                        fmt::arg("day", to_string(running->worked_on))),
                    forgotten(*running))
            .with_rule("PRJ-016")
            .with_ref(running->number);
    const auto from = *read_clock(running->starts_at);
    const auto end = std::max(minutes, from + 1);
    ImportOptions options;
    options.command = command;
    options.path = running->number;
    const auto rules = row_rules();
    const auto result =
        edit_record(w, record(), *rules, running->number,
                    {{"ends_at", clock_text(end)}, {"hours", to_plain(hours_of_minutes(end - from), 2)}}, "", options);
    throw_problem(result, record(), [](const Problem&) {});
    move(w, workflow, running->number, "stop", {}, "", command);
    op.commit();
    return running->number;
}

}  // namespace agency::timesheet
