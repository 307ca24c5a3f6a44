#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "intake/service.hpp"
#include "org/people.hpp"

namespace agency::intake {
namespace {

/// The meeting that is still open on an assessment.
Minutes open_minutes(db::Session& db, const Intake& i) {
    auto m = last_minutes(db, i.id.value, {});
    if (!m || m->meeting.signed_on)
        throw Error(Exit::refused, say("no meeting on intake {number} is open", fmt::arg("number", i.number)),
                    say("agency intake convene {number} opens one", fmt::arg("number", i.number)))
            .with_ref(i.number);
    return std::move(*m);
}

/// What is signed never changes: said of an assessment that is decided, before its state is.
void refuse_signed(db::Session& db, std::string_view number) {
    const auto row = get_row(db, record(), number, {});
    if (const auto m = last_minutes(db, row.id, {}); m && m->meeting.signed_on)
        throw Error(Exit::refused,
                    say("the minutes of meeting {number} were signed on {day} and do not change",
                        fmt::arg("number", m->meeting.number), fmt::arg("day", to_string(*m->meeting.signed_on))),
                    say("agency intake reopen {number} --reason TEXT makes a new version", fmt::arg("number", number)))
            .with_ref(number);
}

/// With `veto`, also a legal adviser.
const CommitteeMember& voting_member(const Minutes& m, std::string_view member, bool veto = false) {
    const auto* found = m.find(member);
    if (!found) {
        std::string all;
        for (const auto& x : m.members) all += (all.empty() ? "" : ", ") + x.employee;
        throw Error(Exit::not_found,
                    say("{member} was no member of the committee on {day}", fmt::arg("member", member),
                        fmt::arg("day", to_string(m.meeting.convened_on))),
                    all.empty() ? std::string(tr("agency committee add enters one"))
                                : say("its members: {all}", fmt::arg("all", all)))
            .with_field("member");
    }
    if (!found->voting && !(veto && found->role == CommitteeMember::Role::legal))
        throw Error(Exit::refused, say("{member} has no vote in the committee", fmt::arg("member", member)))
            .with_rule("INT-012")
            .with_field("member");
    return *found;
}

/// INT-013 and INT-014: an employee enters his own vote or recusal and no other's; who records the meeting, all.
void require_own(Workspace& w, const Minutes& m, const CommitteeMember& who) {
    const auto* acts = m.find(w.actor());
    if (acts && acts->role == CommitteeMember::Role::recorder) return;
    if (auto why = org::People(w).not_his(who.employee); !why.empty())
        throw Error(Exit::refused, std::move(why),
                    say("the member runs the command, or who records the meeting: --actor {person}",
                        fmt::arg("person", who.employee)))
            .with_rule("INT-014")
            .with_field("member");
}

}  // namespace

std::string convene(Workspace& w, std::string_view number, const Texts& texts, std::string_view command) {
    Operation op(w, "intake.convene", number, command);
    const auto i = require_open(w.db(), number);
    if (const auto m = last_minutes(w.db(), i.id.value, {}); m && !m->meeting.signed_on)
        throw Error(Exit::refused, say("meeting {number} on it is still open", fmt::arg("number", m->meeting.number)),
                    tr("let it vote and decide"))
            .with_ref(number);
    const auto row = read_part(meeting_record(), texts, i.currency);
    auto meeting = to_struct<IntakeMeeting>(meeting_record(), row);
    meeting.intake = i.id;
    if (!row.values[meeting_record().index("convened_on")]) meeting.convened_on = w.today();
    if (meeting.mode == IntakeMeeting::Mode::circular && !meeting.due_on)
        throw Error(Exit::usage, tr("a written circular has a last day"), tr("add --due-on DAY")).with_field("due_on");
    if (meeting.convened_on < i.opened_on)
        throw Error(Exit::usage, say("assessment {number} was opened on {day}, after that meeting",
                                     fmt::arg("number", number), fmt::arg("day", to_string(i.opened_on))))
            .with_field("convened_on");
    if (meeting.due_on && *meeting.due_on < meeting.convened_on)
        throw Error(Exit::usage, tr("the last day is before the first")).with_field("due_on");
    const auto m = minutes_of(w.db(), meeting, {});
    if (m.ballot().voting == 0)
        throw Error(Exit::refused,
                    say("the committee has no voting member on {day}", fmt::arg("day", to_string(meeting.convened_on))),
                    tr("agency committee add enters one"))
            .with_rule("INT-012")
            .with_ref(number);
    auto part = add_part(op, meeting_record(), meeting, number, 'M');
    op.commit();
    return part;
}

std::string recuse(Workspace& w, std::string_view number, std::string_view member, std::string_view reason,
                   std::string_view command) {
    Operation op(w, "intake.recuse", number, command);
    refuse_signed(w.db(), number);
    const auto m = open_minutes(w.db(), require_open(w.db(), number));
    const auto& who = voting_member(m, member);
    require_own(w, m, who);
    if (m.recused(who.id))
        throw Error(Exit::refused, say("{member} is recused already", fmt::arg("member", member))).with_ref(number);
    if (m.vote_of(who.id))
        throw Error(Exit::refused, say("{member} voted already", fmt::arg("member", member)),
                    tr("take the vote back first: agency undo"))
            .with_rule("INT-013")
            .with_ref(number);
    IntakeRecusal r{.meeting = m.meeting.id, .member = who.id, .reason = std::string(reason), .entered_on = w.today()};
    auto part = add_part(op, recusal_record(), r, m.meeting.number, 'R');
    op.commit();
    return part;
}

std::string vote(Workspace& w, std::string_view number, std::string_view member, IntakeVote::Vote vote,
                 std::string_view reason, std::string_view command) {
    Operation op(w, "intake.vote", number, command);
    refuse_signed(w.db(), number);
    const auto m = open_minutes(w.db(), require_open(w.db(), number));
    const bool veto = vote == IntakeVote::Vote::against && policy(w.rules(), Currency{}).legal_veto;
    const auto& who = voting_member(m, member, veto);
    require_own(w, m, who);
    if (auto why = org::absence(w.db(), who.member.value, w.today(), w.today()); !why.empty())
        throw Error(Exit::refused, std::move(why)).with_rule("INT-012").with_field("member");
    if (m.recused(who.id))
        throw Error(Exit::refused,
                    say("{member} is recused in meeting {number} and does not vote", fmt::arg("member", member),
                        fmt::arg("number", m.meeting.number)),
                    tr("a recusal that is a mistake is taken back: agency undo"))
            .with_rule("INT-013")
            .with_ref(number);
    if (m.vote_of(who.id))
        throw Error(Exit::refused,
                    say("{member} voted already in meeting {number}", fmt::arg("member", member),
                        fmt::arg("number", m.meeting.number)),
                    tr("one person has one vote"))
            .with_rule("INT-014")
            .with_ref(number);
    if (vote == IntakeVote::Vote::against && reason.empty())
        throw Error(Exit::usage, tr("a vote against needs a reason"), tr("add --reason TEXT")).with_field("reason");
    if (m.meeting.convened_on > w.today())
        throw Error(Exit::refused,
                    say("meeting {number} is on {day}", fmt::arg("number", m.meeting.number),
                        fmt::arg("day", to_string(m.meeting.convened_on))),
                    tr("members vote from that day on"))
            .with_rule("INT-012")
            .with_ref(number);
    if (m.meeting.due_on && *m.meeting.due_on < w.today())
        throw Error(Exit::refused,
                    say("the vote in meeting {number} ended on {day}", fmt::arg("number", m.meeting.number),
                        fmt::arg("day", to_string(*m.meeting.due_on))),
                    say("agency intake decide {number} counts what was voted", fmt::arg("number", number)))
            .with_rule("INT-012")
            .with_ref(number);
    IntakeVote v{
        .meeting = m.meeting.id, .member = who.id, .vote = vote, .reason = std::string(reason), .voted_on = w.today()};
    auto part = add_part(op, vote_record(), v, m.meeting.number, 'V');
    op.commit();
    return part;
}

}  // namespace agency::intake
