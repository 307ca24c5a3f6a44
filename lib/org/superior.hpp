// 直接上级: who leads somebody, by the positions that they hold.
#pragma once
#include "org/org.hpp"

namespace agency::org {

/// Who holds the position that the person's own (primary, else concurrent) reports to; where nobody does, of the next
/// above. Nobody at the top, and for who holds no position.
std::optional<Employee> superior_of(db::Session& db, Id<Employee> person, const AsOf& when);

/// The department of the position that the person holds (primary, else concurrent); nothing for who holds none.
std::optional<Department> unit_of(db::Session& db, Id<Employee> person, const AsOf& when);

/// Whether a name under which somebody acts is that of an employee, by number or exact name.
inline bool acts_as(std::string_view actor, const Employee& e) {
    return !actor.empty() && (actor == e.number || actor == e.name);
}

}  // namespace agency::org
