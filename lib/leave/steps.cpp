// What becomes of a request.
#include "base/error.hpp"
#include "base/translate.hpp"
#include "leave/facts.hpp"
#include "leave/leave.hpp"
#include "org/people.hpp"
#include "org/superior.hpp"
#include "record/store.hpp"

namespace agency::leave {
namespace {

using Status = Leave::Status;

void another_person(const Move& m) {
    auto& w = m.op.workspace();
    const auto l = to_struct<Leave>(record(), m.row);
    const auto row = find_row(w.db(), employee::record(), l.employee.value, {});
    const auto e = row ? to_struct<Employee>(employee::record(), *row) : Employee{};
    if (org::acts_as(w.actor(), e))
        throw Error(Exit::refused,
                    say("{number} is of {person}, and another person decides", fmt::arg("number", l.number),
                        fmt::arg("person", w.actor())),
                    tr("who acts is named with --actor, by number or name"))
            .with_rule("LV-004")
            .with_ref(l.number);
    each_row(w.db(), employee::record(), {}, [&](const Row& who) {
        if (who.voided_on || !org::acts_as(w.actor(), to_struct<Employee>(employee::record(), who))) return;
        if (auto why = org::absence(w.db(), who.id, w.today(), w.today()); !why.empty())
            throw Error(Exit::refused, std::move(why), tr("who acts is named with --actor, by number or name"))
                .with_rule("LV-004")
                .with_ref(l.number);
    });
    write_change(m.op, record(), m.row.id, record().field("decided_by"), Value::of(std::string_view(w.actor())), m.day);
}

/// A request is withdrawn by whom it concerns; what is approved is taken back by another person.
void may_cancel(const Move& m) {
    const auto l = to_struct<Leave>(record(), m.row);
    if (l.status != Status::approved) return;
    another_person(m);
    if (m.day > l.ends_on)
        throw Error(Exit::refused,
                    say("leave {number} ended on {day}, so from {from} on there is nothing to take back",
                        fmt::arg("number", l.number), fmt::arg("day", to_string(l.ends_on)),
                        fmt::arg("from", to_string(m.day))),
                    tr("name the first day that was not taken: --effective DAY"))
            .with_rule("LV-004")
            .with_ref(l.number);
}

constexpr Transition transitions[] = {
    {"approve", states_of({Status::requested}), static_cast<std::uint8_t>(Status::approved),
     N_("Grant it; from then on its days count as absence"), N_("another person than who is away (LV-004)"),
     another_person},
    {"reject", states_of({Status::requested}), static_cast<std::uint8_t>(Status::rejected), N_("Turn it down"),
     N_("another person than who is away (LV-004)"), another_person, true},
    {"cancel", states_of({Status::requested, Status::approved}), static_cast<std::uint8_t>(Status::cancelled),
     N_("Take it back: its days from then on are free again"),
     N_("of an approved leave another person than who is away, by its last day (LV-004)"), may_cancel, true},
};

}  // namespace

const Workflow workflow{record, transitions, "LV-004", "status",
                        states_of({Status::requested, Status::rejected, Status::cancelled})};

std::optional<Date> taken_until(db::Session& db, const Leave& l, const AsOf& when) {
    if (l.status == Status::approved) return l.ends_on;
    if (l.status != Status::cancelled) return {};
    bool approved = db.text("SELECT status FROM leave WHERE id = $1", l.id.value) == "approved";
    std::optional<Date> cancelled;
    const auto undone = undone_operations(db, when.operation);
    db.each(
        "SELECT value, effective_on, operation FROM leave_change WHERE id = $1 AND field = 'status' AND effective_on "
        "<= "
        "$2 AND operation <= $3",
        [&](db::Statement& s) {
            if (undone.contains(s.integer(2))) return;
            if (s.text(0) == "approved") approved = true;
            if (s.text(0) == "cancelled") cancelled = s.day(1);
        },
        l.id.value, when.day, when.operation);
    return approved && cancelled ? std::optional(std::min(l.ends_on, *cancelled + -1)) : std::nullopt;
}

namespace {

void add(std::vector<Absence>& out, db::Session& db, const Row& row, const AsOf& when) {
    if (row.voided(when.day)) return;
    const auto l = to_struct<Leave>(record(), row);
    const auto last = taken_until(db, l, when);
    if (last && *last >= l.starts_on) out.push_back({l.employee.value, l.starts_on, *last, l.hours});
}

}  // namespace

std::vector<Absence> absences(db::Session& db, const AsOf& when) {
    std::vector<Absence> out;
    each_row(db, record(), when, [&](const Row& row) { add(out, db, row, when); });
    return out;
}

std::vector<Absence> absences_of(db::Session& db, std::int64_t employee, const AsOf& when) {
    std::vector<Absence> out;
    each_row_of(db, record(), "employee", employee, when, [&](const Row& row) { add(out, db, row, when); });
    return out;
}

}  // namespace agency::leave
