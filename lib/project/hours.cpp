#include "project/hours.hpp"

namespace agency::project {

std::int64_t hours_on(const PlanTask& t, std::size_t person, schedule::Time n, std::int64_t day_hours) {
    const auto days = t.times.early_finish - t.times.early_start;
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
                if (works(d)) of[d] = add_checked(of[d], hours_on(t, person, n++, day_hours));
        }
    }
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
