// The stages of a project and what each of them asks (handbook §3.1).
#include "base/error.hpp"
#include "base/translate.hpp"
#include "checkpoint/facts.hpp"
#include "intake/facts.hpp"
#include "project/baseline.hpp"
#include "project/checklist.hpp"
#include "project/licences.hpp"
#include "project/plan.hpp"
#include "project/project.hpp"
#include "project/settings.hpp"
#include "status/facts.hpp"

namespace agency::project {
namespace {

using enum Project::Status;

Project project_of(const Move& m) {
    return to_struct<Project>(record(), m.row);
}

/// A quality hold point of the stage that is left is passed (PRJ-006).
void check_holds(const Move& m) {
    const auto p = project_of(m);
    const auto stage = record().field("status").words[static_cast<std::size_t>(p.status)].word;
    const auto open = checkpoint::open_holds(m.op.db(), m.row.id, stage, AsOf{m.day});
    if (!open.empty())
        throw Error(
            Exit::refused,
            say("project {code} waits at hold point {name}", fmt::arg("code", p.code), fmt::arg("name", open.front())),
            tr("pass it first: agency checkpoint pass NUMBER --reason EVIDENCE"))
            .with_rule("PRJ-006")
            .with_ref(p.code);
}

/// What the assessment asks before work starts is done (INT-008).
void check_conditions(db::Session& db, const Project& p, Date day) {
    const auto row = p.contract ? find_row(db, contract::record(), p.contract.value, AsOf{day}) : std::nullopt;
    if (!row) return;
    if (const auto c = to_struct<Contract>(contract::record(), *row); c.intake)
        intake::require_start(db, c.intake.value, day, p.code);
}

void check_mandate(const Move& m) {
    check_holds(m);
    const auto p = project_of(m);
    require_mandate(m.op.db(), p, AsOf{m.day});
    check_conditions(m.op.db(), p, m.day);
}

void check_plan(const Move& m) {
    check_holds(m);
    const auto p = project_of(m);
    require_manager(m.op.db(), p, AsOf{m.day});
    require_plan(m.op.workspace(), p.id.value, AsOf{m.day});
}

/// The plan is approved on a charter that is whole, where the house wants it so (PRJ-008).
void check_plan_approval(const Move& m) {
    check_plan(m);
    if (m.op.workspace().rules().text(charter_gate) != "gate") return;
    const auto p = project_of(m);
    if (auto why = status::charter_fault(m.op.db(), p, AsOf{m.day}); !why.empty())
        throw Error(
            Exit::refused, std::move(why),
            say("see: agency project charter {code}; agency project edit, agency milestone add, and minutes with "
                "agency checkpoint add --held-on DAY",
                fmt::arg("code", p.code)))
            .with_rule("PRJ-008")
            .with_ref(p.code);
}

void check_resume(const Move& m) {
    require_mandate(m.op.db(), project_of(m), AsOf{m.day});
    require_manager(m.op.db(), project_of(m), AsOf{m.day});
}

void check_close_out(const Move& m) {
    check_holds(m);
    require_item(m.op.workspace(), m.row.id, Closeout::Item::deliverables_accepted, AsOf{m.day});
}

/// The first baseline is the plan with which the work begins.
void check_start(const Move& m) {
    check_mandate(m);
    check_plan(m);
    require_resources(m.op.workspace(), load_plan(m.op.db(), m.row.id, AsOf{m.day}), AsOf{m.day});
    if (!baseline_of(m.op.db(), m.row.id, {})) set_baseline(m.op, m.row.id, m.day, {});
}

void check_close(const Move& m) {
    check_holds(m);
    require_checklist(m.op.workspace(), m.row.id, AsOf{m.day});
}

void check_cancel(const Move& m) {
    require_settlement(m.op.workspace(), m.row.id, AsOf{m.day});
}

constexpr Transition transitions[] = {
    {"initiate", states_of({proposed}), std::uint8_t(initiated), N_("Begin: the mandate is there"),
     N_("the contract is effective, or a pre-start is approved with cap and last day (PRJ-002); conditions of the "
        "assessment before the start are met (INT-008)"),
     check_mandate},
    {"approve-plan", states_of({initiated}), std::uint8_t(planned), N_("The plan is approved"),
     N_("one manager who is employed (PRJ-001), and a plan; with project.charter = gate a charter that is whole "
        "(PRJ-008)"),
     check_plan_approval},
    {"start", states_of({planned}), std::uint8_t(in_progress),
     N_("Work begins; the plan becomes baseline 1 where none is"),
     N_("mandate (PRJ-002), conditions met (INT-008), manager (PRJ-001), plan, and people with hours (PRJ-007) and "
        "licences (ORG-030) for it"),
     check_start},
    {"suspend", states_of({in_progress}), std::uint8_t(suspended), N_("Work stops for a while"), "", nullptr, true},
    {"resume", states_of({suspended}), std::uint8_t(in_progress), N_("Work goes on"),
     N_("mandate (PRJ-002) and one manager (PRJ-001)"), check_resume},
    {"close-out", states_of({in_progress}), std::uint8_t(closing), N_("All is delivered; the close-out begins"),
     N_("hold points of the stage are passed (PRJ-006), deliverables are accepted (PRJ-030)"), check_close_out},
    {"close", states_of({closing}), std::uint8_t(closed), N_("The project is over"),
     N_("every item of the close-out checklist (PRJ-030)"), check_close},
    {"cancel", states_of({proposed, initiated, planned, in_progress, suspended, closing}), std::uint8_t(cancelled),
     N_("Give it up; the reason says how it is settled"),
     N_("a settlement: receivables, suppliers' contracts, hours and what is not invoiced of begun work are settled, or "
        "handed on by a tick with an approval (PRJ-030)"),
     check_cancel, true},
};

}  // namespace

const Workflow workflow{record, transitions, ""};

}  // namespace agency::project
