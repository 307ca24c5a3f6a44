#include "project/licences.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "org/check.hpp"

namespace agency::project {

Licences::Licences(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    const org::Chart chart(w, when);
    for (const auto& [position, sheet] : org::job_sheets(w, chart, when))
        for (const Job& line : sheet.lines)
            if (line.kind == Job::Kind::qualification && line.hard)
                wanted_[position].push_back({line.text, match_form(line.text)});
    if (wanted_.empty()) return;
    std::map<std::int64_t, Person*> by_id;
    each_row(db, employee::record(), when, [&](const Row& row) {
        const auto e = to_struct<Employee>(employee::record(), row);
        by_id[row.id] = &people_[e.number];
    });
    each_row(db, assignment::record(), when, [&](const Row& row) {
        const auto a = to_struct<Assignment>(assignment::record(), row);
        if (!row.voided(when.day) && wanted_.contains(a.position.value))
            by_id.at(a.employee.value)->holds.push_back({a.starts_on, a.ends_on.value_or(last_day), a.position.value});
    });
    each_row(db, licence::record(), when, [&](const Row& row) {
        const auto l = to_struct<Licence>(licence::record(), row);
        if (!row.voided(when.day))
            by_id.at(l.employee.value)
                ->licensed.push_back(
                    {l.issued_on.value_or(beginning), l.expires_on.value_or(last_day), 0, match_form(l.title)});
    });
}

std::vector<std::string> Licences::missing(const std::string& employee, Date day) const {
    std::vector<std::string> out;
    const auto it = people_.find(employee);
    if (it == people_.end()) return out;
    const auto on = [&](const Span& s) { return s.from <= day && day <= s.to; };
    for (const Span& held : it->second.holds) {
        if (!on(held)) continue;
        for (const auto& title : wanted_.at(held.position)) {
            const auto& own = it->second.licensed;
            if (std::any_of(own.begin(), own.end(), [&](const Span& s) { return on(s) && s.title == title.form; }))
                continue;
            if (std::find(out.begin(), out.end(), title.text) == out.end()) out.push_back(title.text);
        }
    }
    return out;
}

std::vector<LicenceGap> Licences::gaps(const Plan& plan, const std::function<bool(Date)>& works, Date from,
                                       Date to) const {
    std::vector<LicenceGap> out;
    if (wanted_.empty()) return out;
    for (const PlanTask& t : plan.tasks) {
        if (t.group || t.times.early_finish == t.times.early_start) continue;
        for (const auto& person : t.assigned) {
            const auto first = out.size();
            for (Date d = std::max(from, t.starts_on); d <= std::min(to, t.ends_on); d = d + 1) {
                if (!works(d) || !t.goes_on(d)) continue;
                for (const auto& title : missing(person, d)) {
                    const auto same = std::find_if(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                                                   [&](const LicenceGap& g) { return g.title == title; });
                    if (same == out.end())
                        out.push_back({t.task.number, person, title, d, d});
                    else
                        same->to = d;
                }
            }
        }
    }
    return out;
}

std::string to_text(const std::vector<LicenceGap>& gaps) {
    std::string out;
    for (const LicenceGap& g : gaps)
        out += (out.empty() ? "" : "; ") + say("{task}: {employee} lacks {licence} from {day}",
                                               fmt::arg("task", g.task), fmt::arg("employee", g.employee),
                                               fmt::arg("licence", g.title), fmt::arg("day", to_string(g.from)));
    return out;
}

}  // namespace agency::project
