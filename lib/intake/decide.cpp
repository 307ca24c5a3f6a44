#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "intake/lifecycle.hpp"
#include "intake/service.hpp"
#include "intake/verdict.hpp"
#include "kyc/facts.hpp"
#include "org/people.hpp"
#include "org/superior.hpp"

namespace agency::intake {
namespace {

using Kind = IntakeKnockout::Kind;

[[noreturn]] void refuse(const Intake& i, std::string_view rule, std::string message, std::string hint = {}) {
    throw Error(Exit::refused, say("intake {number}: {why}", fmt::arg("number", i.number), fmt::arg("why", message)),
                std::move(hint))
        .with_rule(rule)
        .with_ref(i.number);
}

std::string forbidden() {
    return tr("a conflict of interest that the law forbids rules it out, whoever votes");
}

/// INT-020: conflicts of interest were checked since the parties changed last.
void require_checked(const Assessment& a) {
    if (!a.check.last)
        refuse(a.intake, "INT-020", tr("conflicts of interest were not checked"),
               say("agency intake conflict {number}", fmt::arg("number", a.intake.number)));
    if (!a.check.current)
        refuse(a.intake, "INT-020", tr("the parties changed after conflicts of interest were checked"),
               say("agency intake conflict {number}", fmt::arg("number", a.intake.number)));
}

/// INT-003, INT-004, INT-005 and KYC-010: everything else that a decision rests on is there.
void require_complete(const Assessment& a, const std::optional<Date>& kyc_due) {
    const Intake& i = a.intake;
    const auto lacking = [&](std::string message, std::string hint) {
        if (a.knocked_out_by(Kind::statutory_conflict)) message += std::string(tr("; ")) + forbidden();
        refuse(i, "INT-003", std::move(message), std::move(hint));
    };
    if (!whole(a.policy.weights))
        refuse(i, "INT-004", tr("the weights of the dimensions do not sum to 100"),
               tr("mend the setting intake.weights"));
    for (std::size_t d = 0; d < dimensions; ++d) {
        const auto name = to_string(static_cast<Dimension>(d));
        if (a.dimension[d].count == 0)
            lacking(say("{dimension} has no score", fmt::arg("dimension", name)),
                    say("agency intake score {number} {dimension} ITEM SCORE --evidence TEXT",
                        fmt::arg("number", i.number), fmt::arg("dimension", name)));
        if (!a.evidenced[d])
            lacking(say("the score of {dimension} has no evidence", fmt::arg("dimension", name)),
                    say("agency intake edit {number} --set evidence=TEXT", fmt::arg("number", i.number)));
    }
    if (!i.amount)
        lacking(tr("there is no amount, so no margin"),
                say("agency intake estimate {number} --amount AMOUNT", fmt::arg("number", i.number)));
    if (!a.costed)
        lacking(tr("nothing was estimated of what it costs, so there is no margin"),
                say("agency intake estimate {number} --labour-cost AMOUNT, or --hours WHO=HOURS",
                    fmt::arg("number", i.number)));
    for (const auto& r : a.risks)
        if (!r.complete())
            refuse(i, "INT-005",
                   say("risk {risk} scores {score} and lacks a mitigation, an owner, a day or what remains",
                       fmt::arg("risk", r.number), fmt::arg("score", r.score())),
                   say("agency intake mitigate {risk}", fmt::arg("risk", r.number)));
    if (kyc_due)
        refuse(i, "KYC-010",
               say("the client is due to be looked at again since {day}", fmt::arg("day", to_string(*kyc_due))),
               tr("agency kyc add enters what was found out"));
}

/// INT-020: a check made now would find what the last one found. Trade, relatives, clients and what becomes of other
/// business bear on it, and change elsewhere.
void require_same_conflicts(Workspace& w, const Assessment& a) {
    const auto now = find_conflicts(w, a.intake.id.value, {w.today()});
    if (worst(now) != a.check.last->result || kept_text(now) != a.check.last->findings)
        refuse(a.intake, "INT-020", tr("a check of conflicts of interest would not find the same any more"),
               say("agency intake conflict {number}", fmt::arg("number", a.intake.number)));
}

/// INT-017: the lead that it came of was not given up.
void require_lead(Workspace& w, const Intake& i) {
    if (!i.lead) return;
    const auto row = find_row(w.db(), lead::record(), i.lead.value, {w.today()});
    const auto l = to_struct<Lead>(lead::record(), *row);
    if (l.status == Lead::Status::lost || l.status == Lead::Status::withdrawn)
        refuse(i, "INT-017", say("its lead {code} was given up", fmt::arg("code", l.code)),
               say("agency lead revive {code} --reason TEXT, or agency intake lose {number} --reason TEXT",
                   fmt::arg("code", l.code), fmt::arg("number", i.number)));
}

std::string all_triggers(const Assessment& a) {
    std::string out;
    for (const auto t : a.triggers) out += (out.empty() ? "" : "; ") + explain(t, a.policy);
    return out;
}

/// Knock-outs and the rule's no_go raise what a matter needs.
Majority majority_of(const Assessment& a, const IntakeMeeting& m) {
    if (!a.knockouts.empty()) return Majority::unanimous;
    return m.special || a.verdict->all == Decision::no_go ? Majority::special : Majority::ordinary;
}

/// INT-012: the shareholders decide where too few unrelated members remain, and only there.
void require_body(const Assessment& a, const Ballot& b, const std::string& superior) {
    if (escalates(b) && superior.empty())
        refuse(a.intake, "INT-012",
               say("only {n} unrelated {n:member remains|members remain}; the shareholders decide",
                   fmt::arg("n", Count(b.eligible()))),
               tr("name their resolution: --superior TEXT"));
    if (!escalates(b) && !superior.empty())
        refuse(a.intake, "INT-012",
               say("{n} unrelated {n:member remains|members remain}, so the committee decides",
                   fmt::arg("n", Count(b.eligible()))),
               tr("leave out --superior"));
}

/// INT-012: enough voted, and of a circular that still runs the outcome is certain.
void require_vote(const Assessment& a, const Minutes& m, Majority majority, Date today) {
    const auto b = m.ballot();
    if (count(b, majority, a.policy.special) == Outcome::no_quorum)
        refuse(a.intake, "INT-012",
               say("{present} of {eligible} that may vote have voted, which is no quorum",
                   fmt::arg("present", b.present()), fmt::arg("eligible", b.eligible())),
               tr("more than half must vote: agency intake vote"));
    const bool runs = m.meeting.mode == IntakeMeeting::Mode::circular && m.meeting.due_on >= today;
    if (runs && open(b, majority, a.policy.special))
        refuse(a.intake, "INT-012",
               say("the circular runs until {day}, and who has not voted may still carry it",
                   fmt::arg("day", to_string(*m.meeting.due_on))));
}

/// What the committee came to: the most favourable decision that it allows. A knock-out is set aside only by all of its
/// members, not by the shareholders in their place.
Decision by_committee(const Assessment& a, const Minutes& m, const DecideOptions& o, Date today) {
    const auto ballot = m.ballot();
    const auto majority = majority_of(a, m.meeting);
    require_body(a, ballot, o.superior);
    if (escalates(ballot))
        return a.knockouts.empty() ? std::min(a.verdict->all, Decision::go_with_conditions) : Decision::no_go;
    require_vote(a, m, majority, today);
    if (count(ballot, majority, a.policy.special) != Outcome::passed || m.vetoed()) return Decision::no_go;
    if (a.knocked_out_by(Kind::statutory_conflict)) return Decision::no_go;
    if (m.only_business_development())
        refuse(a.intake, "INT-030", tr("only people who bring business voted for it"),
               tr("somebody of another function must vote for it too"));
    return std::min(a.verdict->all, Decision::go_with_conditions);
}

/// A member of the committee for business development, or of the department that brings business.
bool brings_business(Workspace& w, std::int64_t employee) {
    if (!employee) return false;
    bool brings = false;
    each_row(w.db(), committee_record(), {w.today()}, [&](const Row& row) {
        const auto m = to_struct<CommitteeMember>(committee_record(), row);
        brings = brings || (m.member.value == employee && m.on(w.today()) && !row.voided(w.today()) &&
                            m.function == CommitteeMember::Function::business_development);
    });
    const auto unit = org::unit_of(w.db(), Id<Employee>{employee}, {w.today()});
    return brings || (unit && unit->code == policy(w.rules(), Currency{}).business_department);
}

bool assessed_by(org::People& people, const Assessment& a, std::string_view person) {
    return people.same(a.intake.assessor, person) || std::any_of(a.scores.begin(), a.scores.end(), [&](const auto& s) {
               return people.same(s.assessor, person);
           });
}

/// INT-030: who assessed it, brings it, or brings business at all, does not decide alone.
void require_apart(Workspace& w, const Assessment& a, std::string_view by) {
    org::People people(w);
    const auto refuse_him = [&](std::string message) {
        refuse(a.intake, "INT-030", std::move(message), tr("another person decides: --by NAME, or the committee"));
    };
    if (assessed_by(people, a, by))
        refuse_him(say("{person} assessed it and cannot alone decide on it", fmt::arg("person", by)));
    if (people.same(a.intake.owner, by))
        refuse_him(say("{person} brings the business and cannot alone decide on it", fmt::arg("person", by)));
    if (brings_business(w, people.id_of(by)))
        refuse_him(
            say("{person} works where business is brought and cannot alone decide on it", fmt::arg("person", by)));
}

/// One person decides: what the rule comes to, where no trigger asks for the committee.
Decision by_one(Workspace& w, const Assessment& a, std::string_view by) {
    if (!a.triggers.empty() && a.knockouts.empty())
        refuse(a.intake, "INT-011", say("the committee decides, because {why}", fmt::arg("why", all_triggers(a))),
               say("agency intake convene {number}", fmt::arg("number", a.intake.number)));
    require_apart(w, a, by);
    return a.verdict->all;
}

/// INT-010: what the law forbids is not taken on.
void require_lawful(const Assessment& a, Decision asked) {
    if (asked != Decision::no_go && a.knocked_out_by(Kind::statutory_conflict))
        refuse(a.intake, "INT-010", forbidden());
}

/// INT-010 and INT-011: nobody asks for more than rule and committee allow.
void require_allowed(const Assessment& a, Decision asked, Decision allowed) {
    if (asked >= allowed) return;
    if (!a.knockouts.empty() && allowed == Decision::no_go)
        refuse(a.intake, "INT-010",
               say("{knockout} rules it out", fmt::arg("knockout", to_string(a.knockouts.front().kind))),
               tr("only a unanimous committee may set a knock-out aside"));
    refuse(a.intake, "INT-011",
           say("it comes to {decision}, not {asked}", fmt::arg("decision", to_string(allowed)),
               fmt::arg("asked", to_string(asked))),
           allowed == Decision::no_go ? tr("only the committee may go beyond the rule")
           : a.knockouts.empty()      ? say("agency intake decide {number} --as {decision}",
                                            fmt::arg("number", a.intake.number), fmt::arg("decision", to_string(allowed)))
                                      : say("a knock-out that is set aside leaves {decision} at most: --as {decision}",
                                            fmt::arg("decision", to_string(allowed))));
}

std::string reason_of(const Assessment& a, const std::optional<Minutes>& m, Decision d) {
    if (d != Decision::no_go) return {};
    if (!a.knockouts.empty()) return std::string(to_string(a.knockouts.front().kind));
    const auto& v = *a.verdict;
    if (v.score == Decision::no_go) return "score";
    if (v.margin == Decision::no_go) return "margin";
    if (v.risk == Decision::no_go) return "residual_risk";
    return !m ? "chosen" : m->vetoed() ? "legal_veto" : "committee";
}

/// What the law asks of a line of business before the work starts (Customs Law art. 10; Advertising Law art. 34).
const char* duty_of(Intake::Trade trade) {
    switch (trade) {
        case Intake::Trade::customs:
            return N_("the client's power of attorney is held, and what it declares was reasonably verified");
        case Intake::Trade::advertising:
            return N_("the client's proofs are registered, verified and kept on file");
        default:
            return nullptr;
    }
}

/// Taken on, it has the condition that the law sets, once.
void add_duty(Operation& op, const Intake& i) {
    const char* duty = duty_of(i.trade);
    if (!duty) return;
    IntakeCondition c{.intake = i.id,
                      .condition = tr(duty),
                      .owner = i.owner,
                      .blocks = IntakeCondition::Blocks::before_start,
                      .entered_on = op.workspace().today()};
    for (const auto& there : parts_of<IntakeCondition>(op.db(), condition_record(), "intake", i.id.value, {}))
        if (there.condition == c.condition) return;
    add_part(op, condition_record(), c, i.number, 'C');
}

void sign(Operation& op, const IntakeMeeting& m, const std::string& discussion, IntakeMeeting::Result result) {
    const Record& r = meeting_record();
    const auto today = op.workspace().today();
    if (!discussion.empty())
        add_change(op, r, m.id.value, r.field("discussion"), Value::of(std::string_view(discussion)), today);
    add_change(op, r, m.id.value, r.field("signed_on"), Value::of(std::int64_t{today.days}), today);
    add_change(op, r, m.id.value, r.field("result"), Value::of(static_cast<std::int64_t>(result)), today);
}

void note(Operation& op, const Intake& i, const Decided& d) {
    const Record& r = record();
    const auto today = op.workspace().today();
    add_change(op, r, i.id.value, r.field("decision"), Value::of(static_cast<std::int64_t>(d.decision)), today);
    add_change(op, r, i.id.value, r.field("decided_by"), Value::of(std::string_view(d.by)), today);
    if (!d.reason.empty())
        add_change(op, r, i.id.value, r.field("reason"), Value::of(std::string_view(d.reason)), today);
}

/// INT-007: it is being assessed; one that is closed can be reopened.
void require_decidable(Workspace& w, std::string_view number) {
    if (require_open(w.db(), number).status == Intake::Status::assessing) return;
    Operation op(w, "intake.decide", number, "");
    op.join();
    move(w, lifecycle, number, "decide", {}, {}, "");  // says what is legal
}

}  // namespace

Decided decide(Workspace& w, std::string_view number, const DecideOptions& o, std::string_view command,
               Decided* so_far) {
    std::optional<Operation> op;
    require_decidable(w, number);
    if (!o.explain) {
        op.emplace(w, "intake.decide", number, command);
        op->join();
        move(w, lifecycle, number, "decide", {}, {}, command);
    }
    const auto i = to_struct<Intake>(record(), get_row(w.db(), record(), number, {}));
    Decided own;
    Decided& d = so_far ? *so_far : own;
    d.assessment = assess(w, i, {w.today()});
    const Assessment& a = d.assessment;
    require_checked(a);
    require_same_conflicts(w, a);
    if (o.as) require_lawful(a, *o.as);
    require_complete(a, kyc::background_of(w, i.client.value, {w.today()}).due_since);
    require_lead(w, i);
    d.minutes = last_minutes(w.db(), i.id.value, {});
    if (d.minutes && d.minutes->meeting.signed_on) d.minutes.reset();
    if (!d.minutes && !(o.superior.empty() && o.discussion.empty()))
        refuse(i, "INT-012", tr("no meeting on it is open"),
               say("agency intake convene {number} opens one", fmt::arg("number", number)));
    org::People people(w);
    if (!d.minutes) d.by = people.decider("by", o.by, "INT-030");
    const auto allowed = d.minutes ? by_committee(a, *d.minutes, o, w.today()) : by_one(w, a, d.by);
    d.allowed = allowed;
    d.decision = o.as.value_or(allowed);
    require_allowed(a, d.decision, allowed);
    if (d.decision != Decision::no_go && a.policy.required != Required::off &&
        !kyc::looked_at(w.db(), i.client.value, {w.today()}))
        refuse(i, "KYC-010", tr("the client was never looked at"), tr("agency kyc add enters what was found out"));
    if (!d.minutes && d.decision != Decision::no_go) d.authority = require_authority(w, a, d.by);
    if (d.decision == Decision::go_with_conditions &&
        parts_of<IntakeCondition>(w.db(), condition_record(), "intake", i.id.value, {}).empty())
        refuse(i, "INT-006", tr("it is taken on with conditions, but there are none"),
               say("agency intake condition {number} TEXT --blocks before_sign", fmt::arg("number", i.number)));
    if (d.minutes) d.by = d.minutes->meeting.number + (o.superior.empty() ? "" : "; " + o.superior);
    d.reason = o.reason.empty() ? reason_of(a, d.minutes, d.decision) : o.reason;
    d.made = true;
    if (!op) return d;
    if (d.decision != Decision::no_go) add_duty(*op, i);
    using enum IntakeMeeting::Result;
    if (d.minutes)
        sign(*op, d.minutes->meeting, o.discussion,
             !o.superior.empty()          ? passed_on
             : allowed != Decision::no_go ? passed
                                          : not_passed);
    note(*op, i, d);
    keep_verdict(*op, a);
    if (!d.minutes) people.note_entered(*op, record().noun, i.id.value, d.by);
    op->commit();
    return d;
}

}  // namespace agency::intake
