#include "project/hours.hpp"

#include <algorithm>

#include "project/own_fault.hpp"

namespace agency::project {

std::int64_t hours_on(const PlanTask& t, std::size_t person, schedule::Time n, std::int64_t day_hours) {
    const auto days = t.times.early_finish - t.times.early_start - t.pause;
    if (days == 0 || t.group) return 0;
    if (!t.task.effort) return day_hours * 100;
    const auto people = static_cast<std::int64_t>(t.assigned.size());
    return share(share(*t.task.effort, static_cast<std::int64_t>(person), people), n, days);
}

void add_hours(Hours& hours, const Plan& plan, const std::function<bool(Date)>& works, std::int64_t day_hours) {
    for (const PlanTask& t : plan.tasks) {
        if (t.group || t.times.early_finish == t.times.early_start) continue;
        for (std::size_t person = 0; person < t.assigned.size(); ++person) {
            auto& of = hours[t.assigned[person]];
            schedule::Time n = 0;
            for (Date d = t.starts_on; d <= t.ends_on; d = d + 1)
                if (works(d) && t.goes_on(d)) of[d] = add_checked(of[d], hours_on(t, person, n++, day_hours));
        }
    }
}

Asked asked_by(db::Session& db, const AsOf& when, WorkDays& days, std::int64_t day_hours,
               const std::function<bool(const Project&)>& counts,
               const std::function<void(const Plan&, const Works&)>& each) {
    Asked out;
    for (const auto id : running(db, when)) {
        const auto p = to_struct<Project>(record(), *find_row(db, record(), id, when));
        if (!counts(p)) continue;
        try {
            const auto plan = load_plan(db, id, when, days);
            const auto works = days.of(plan.project, when);
            Hours own;
            add_hours(own, plan, works, day_hours);
            for (const auto& [person, by_day] : own)  // kept only where all of it can be added
                for (const auto& [day, hours] : by_day) add_checked(out.hours[person][day], hours);
            if (each) each(plan, works);
            for (const auto& [person, by_day] : own)
                for (const auto& [day, hours] : by_day) out.hours[person][day] += hours;
        } catch (const Error& e) {
            out.left_out.push_back(own_fault(p.code, e));
        }
    }
    return out;
}

Staff::Staff(db::Session& db, const AsOf& when, std::int64_t day_hours) : day_hours_(day_hours) {
    std::map<std::int64_t, Person*> by_id;
    each_row(db, employee::record(), when, [&](const Row& row) {
        if (row.voided(when.day)) return;
        const auto e = to_struct<Employee>(employee::record(), row);
        by_id[row.id] = &people_.emplace(e.number, Person{e, {}, {}}).first->second;
    });
    each_row(db, assignment::record(), when, [&](const Row& row) {
        const auto a = to_struct<Assignment>(assignment::record(), row);
        const auto it = by_id.find(a.employee.value);
        if (it == by_id.end() || row.voided(when.day)) return;
        it->second->shares.push_back({a.starts_on, a.ends_on.value_or(last_day), a.fte});
    });
    for (const auto& a : leave::absences(db, when))
        if (const auto it = by_id.find(a.employee); it != by_id.end()) it->second->away.push_back(a);
}

const Staff::Person* Staff::find(const std::string& number) const {
    const auto it = people_.find(number);
    return it == people_.end() ? nullptr : &it->second;
}

/// Before leave.
std::int64_t Staff::present(const Person& p, Date day) const {
    if (!employed(p.employee, day)) return 0;
    if (p.shares.empty()) return day_hours_ * 100;
    std::int64_t fte = 0;
    for (const Share& s : p.shares)
        if (s.from <= day && day <= s.to) fte += s.fte;
    return day_hours_ * fte;
}

std::int64_t Staff::hours(const std::string& number, Date day) const {
    const Person* p = find(number);
    return p ? present(*p, day) - leave(number, day) : 0;
}

std::int64_t Staff::leave(const std::string& number, Date day) const {
    const Person* p = find(number);
    if (!p) return 0;
    const auto whole = present(*p, day);
    std::int64_t taken = 0;
    for (const auto& a : p->away)
        if (a.from <= day && day <= a.to) taken += a.hours.value_or(whole);
    return std::min(whole, taken);
}

std::string Staff::name(const std::string& number) const {
    const Person* p = find(number);
    return p ? p->employee.name : std::string();
}

Date Staff::varies_until(const std::string& number) const {
    const Person* p = find(number);
    if (!p) return beginning;
    Date last = std::max(p->employee.hired_on.value_or(beginning), p->employee.left_on.value_or(beginning));
    for (const Share& s : p->shares) last = std::max({last, s.from, s.to == last_day ? s.from : s.to});
    for (const auto& a : p->away) last = std::max(last, a.to);
    return last;
}

std::vector<std::int64_t> running(db::Session& db, const AsOf& when) {
    std::vector<std::int64_t> out;
    each_row(db, record(), when, [&](const Row& row) {
        const auto p = to_struct<Project>(record(), row);
        if (!row.voided(when.day) && p.open() && p.status != Project::Status::suspended) out.push_back(row.id);
    });
    return out;
}

}  // namespace agency::project
