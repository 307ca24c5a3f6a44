// What becomes of a request.
#include "base/error.hpp"
#include "base/translate.hpp"
#include "leave/facts.hpp"
#include "leave/leave.hpp"

namespace agency::leave {
namespace {

using Status = Leave::Status;

void another_person(const Move& m) {
    auto& w = m.op.workspace();
    const auto l = to_struct<Leave>(record(), m.row);
    const auto row = find_row(w.db(), employee::record(), l.employee.value, {});
    const auto e = row ? to_struct<Employee>(employee::record(), *row) : Employee{};
    if (is_actor(e, w.actor()))
        throw Error(Exit::refused,
                    say("{number} is of {person}, and another person decides", fmt::arg("number", l.number),
                        fmt::arg("person", w.actor())),
                    tr("who acts is named with --actor, by number or name"))
            .with_rule("LV-004")
            .with_ref(l.number);
    write_change(m.op, record(), m.row.id, record().field("decided_by"), Value::of(std::string_view(w.actor())), m.day);
}

/// A request is withdrawn by whom it concerns; what is approved is taken back by another person.
void may_cancel(const Move& m) {
    if (to_struct<Leave>(record(), m.row).status == Status::approved) another_person(m);
}

constexpr Transition transitions[] = {
    {"approve", states_of({Status::requested}), static_cast<std::uint8_t>(Status::approved),
     N_("Grant it; from then on its days count as absence"), N_("another person than who is away (LV-004)"),
     another_person},
    {"reject", states_of({Status::requested}), static_cast<std::uint8_t>(Status::rejected), N_("Turn it down"),
     N_("another person than who is away (LV-004)"), another_person, true},
    {"cancel", states_of({Status::requested, Status::approved}), static_cast<std::uint8_t>(Status::cancelled),
     N_("Take it back; its days are free again"), N_("of an approved leave another person than who is away (LV-004)"),
     may_cancel, true},
};

}  // namespace

const Workflow workflow{record, transitions, "LV-004", "status",
                        states_of({Status::requested, Status::rejected, Status::cancelled})};

bool is_actor(const Employee& e, std::string_view actor) {
    return !actor.empty() && (actor == e.number || actor == e.name);
}

std::vector<Absence> absences(db::Session& db, const AsOf& when) {
    std::vector<Absence> out;
    each_row(db, record(), when, [&](const Row& row) {
        const auto l = to_struct<Leave>(record(), row);
        if (!row.voided(when.day) && l.status == Status::approved)
            out.push_back({l.employee.value, l.starts_on, l.ends_on, l.hours});
    });
    return out;
}

}  // namespace agency::leave
