#include "org/superior.hpp"

#include <algorithm>
#include <set>

#include "org/chart.hpp"

namespace agency::org {
namespace {

/// Assignments in force that refer to one person or position: primary first, then concurrent, then acting.
std::vector<Assignment> assignments(db::Session& db, std::string_view reference, std::int64_t id, const AsOf& when) {
    std::vector<Assignment> out;
    const Record& r = assignment::record();
    each_row_of(db, r, reference, id, when, [&](const Row& row) {
        auto a = to_struct<Assignment>(r, row);
        if (!row.voided(when.day) && counts_on(a.starts_on, a.ends_on, when.day)) out.push_back(std::move(a));
    });
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.kind < b.kind; });
    return out;
}

std::optional<Employee> holder(db::Session& db, std::int64_t position, Id<Employee> except, const AsOf& when) {
    for (const auto& a : assignments(db, "position", position, when)) {
        const auto row = find_row(db, employee::record(), a.employee.value, when);
        if (!row || row->voided(when.day) || a.employee == except) continue;
        auto e = to_struct<Employee>(employee::record(), *row);
        if (counts_on(e.hired_on, e.left_on, when.day)) return e;
    }
    return {};
}

}  // namespace

std::optional<Employee> superior_of(db::Session& db, Id<Employee> person, const AsOf& when) {
    const auto own = assignments(db, "employee", person.value, when);
    if (own.empty()) return {};
    std::set<std::int64_t> seen;
    for (auto at = own.front().position.value; at && seen.insert(at).second;) {
        const auto row = find_row(db, position::record(), at, when);
        at = row ? to_struct<Position>(position::record(), *row).reports_to.value : 0;
        if (auto found = at ? holder(db, at, person, when) : std::nullopt) return found;
    }
    return {};
}

std::optional<Department> unit_of(db::Session& db, Id<Employee> person, const AsOf& when) {
    const auto own = assignments(db, "employee", person.value, when);
    const auto row = own.empty() ? std::nullopt : find_row(db, position::record(), own.front().position.value, when);
    const auto id = row ? to_struct<Position>(position::record(), *row).department.value : 0;
    const auto found = id ? find_row(db, department::record(), id, when) : std::nullopt;
    return found ? std::optional(to_struct<Department>(department::record(), *found)) : std::nullopt;
}

}  // namespace agency::org
