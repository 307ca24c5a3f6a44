#include "intake/capability.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "intake/settings.hpp"
#include "org/chart.hpp"

namespace agency::intake {
namespace {

constexpr int staff = 3, years = 3;

/// The employees on that day who work in the house full-time.
std::vector<Employee> full_time(const org::Chart& chart) {
    std::map<std::int64_t, std::int64_t> fte;
    for (const auto& [id, place] : chart.places())
        for (const auto& holder : place.holders) fte[holder.employee] += holder.fte;
    std::vector<Employee> out;
    for (const auto& [id, person] : chart.people())
        if (const auto it = fte.find(id); it == fte.end() || it->second >= 100) out.push_back(person);
    return out;
}

bool leads_bookkeeping(Workspace& w, const std::vector<Employee>& people, const AsOf& when) {
    const auto known = [&](std::int64_t id) {
        return std::any_of(people.begin(), people.end(), [&](const Employee& e) { return e.id.value == id; });
    };
    const auto long_enough = add_years(when.day, -years);
    for (const Employee& e : people)
        if (e.hired_on && *e.hired_on <= long_enough) return true;
    const auto titles = "," + std::string(w.rules().text(bookkeeping_titles)) + ",";
    bool found = false;
    each_row(w.db(), licence::record(), when, [&](const Row& row) {
        const auto l = to_struct<Licence>(licence::record(), row);
        found = found || (!row.voided(when.day) && known(l.employee.value) &&
                          org::counts_on(l.issued_on, l.expires_on, when.day) &&
                          titles.find("," + l.title + ",") != titles.npos);
    });
    return found;
}

}  // namespace

std::vector<std::string> capability_warnings(Workspace& w, const Intake& i, const AsOf& when) {
    std::vector<std::string> out;
    if (i.trade != Intake::Trade::bookkeeping) return out;
    if (!w.db().integer("SELECT 1 FROM employee WHERE undone = 0 LIMIT 1")) return out;
    const auto people = full_time(org::Chart(w, when));
    if (static_cast<int>(people.size()) < staff)
        out.push_back(say("who keeps books for others has at least {staff} full-time people; {count} are known (U)",
                          fmt::arg("staff", staff), fmt::arg("count", people.size())));
    if (!leads_bookkeeping(w, people, when))
        out.push_back(
            say("who leads bookkeeping has a title of {titles} or {years} years of experience; nobody with either "
                "is known (U)",
                fmt::arg("titles", w.rules().text(bookkeeping_titles)), fmt::arg("years", years)));
    return out;
}

}  // namespace agency::intake
