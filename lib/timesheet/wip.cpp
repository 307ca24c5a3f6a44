#include "timesheet/wip.hpp"

#include "billing/project_billing.hpp"
#include "record/store.hpp"

namespace agency::timesheet {

std::optional<Worth> worth_of(db::Session& db, const TimeEntry& e, Rates& rates, const Currency& currency) {
    if (e.kind != TimeEntry::Kind::billable || !e.hours) return std::nullopt;
    const auto* rate = rates.find(e.employee, HourlyRate::Kind::standard, rated_on(db, e));
    if (!rate || !(rate->currency == currency)) return std::nullopt;
    return static_cast<Worth>(*e.hours) * rate->amount;
}

std::optional<std::int64_t> work_in_progress(db::Session& db, std::span<const Project> projects, const AsOf& when) {
    if (!db.integer("SELECT 1 FROM hourly_rate WHERE kind = 'standard' LIMIT 1")) return std::nullopt;
    Rates rates(db, when);
    std::map<std::int64_t, Worth> worked;
    for (const Project& p : projects)
        // Approved later is worked then none the less, as in every report of hours.
        each_row_of(db, record(), "project", p.id.value, AsOf{last_day, when.operation}, [&](const Row& row) {
            const auto e = to_struct<TimeEntry>(record(), row);
            if (row.voided_on || e.status != TimeEntry::Status::approved || e.worked_on > when.day) return;
            if (const auto value = worth_of(db, e, rates, p.currency)) worked[p.id.value] += *value;
        });
    if (worked.empty()) return std::nullopt;
    const auto billed = billing::billed_by_project(db, when, beginning, when.day, projects);
    std::int64_t sum = 0;
    for (const auto& [project, value] : worked) {
        const auto it = billed.find(project);
        sum = add_checked(sum, unbilled(value, it == billed.end() ? 0 : it->second.net));
    }
    return sum;
}

}  // namespace agency::timesheet
