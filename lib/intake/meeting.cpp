#include "intake/meeting.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "intake/part_fields.hpp"
#include "org/chart.hpp"

namespace agency::intake {
namespace {

constexpr Word meeting_modes[] = {{N_("meeting"), "会议"}, {N_("circular"), "书面会签"}};
constexpr Word results[] = {{N_("passed"), "通过"}, {N_("not_passed"), "未通过"}, {N_("passed_on"), "交股东会决定"}};
constexpr Word votes[] = {{N_("for"), "同意"}, {N_("against"), "反对"}, {N_("abstain"), "弃权"}};
constexpr Word blocks[] = {{"before_sign", "签约前"}, {"before_start", "开工前"}};

constexpr Field whole(Access access) {
    return part_of("intake", access, "Intake", "评估编号", N_("Assessment that it belongs to"), record);
}

constexpr Field meeting_fields[] = {
    part_number(member<&IntakeMeeting::number>),
    whole(member<&IntakeMeeting::intake>),
    Field{"convened_on", FieldType::day, member<&IntakeMeeting::convened_on>, "Convened", "召开日期",
          N_("Day of the meeting, or on which a circular was sent")}
        .required()
        .fixed(),
    Field{"mode", FieldType::choice, member<&IntakeMeeting::mode>, "Mode", "方式", N_("Meeting, or written circular")}
        .filled()
        .fixed()
        .one_of(meeting_modes),
    Field{"place", FieldType::text, member<&IntakeMeeting::place>, "Place", "地点", N_("Where")}.fixed(),
    Field{"due_on", FieldType::day, member<&IntakeMeeting::due_on>, "Due", "表决截止", N_("Last day of a circular")}
        .fixed(),
    Field{"attendees", FieldType::text, member<&IntakeMeeting::attendees>, "Attendees", "列席",
          N_("Who was there without a vote")}
        .fixed(),
    Field{"materials", FieldType::text, member<&IntakeMeeting::materials>, "Materials", "材料摘要",
          N_("Hash of what was laid before the members")}
        .fixed(),
    Field{"special", FieldType::flag, member<&IntakeMeeting::special>, "Special", "特别事项",
          N_("Whether two thirds are needed")}
        .filled()
        .fixed(),
    Field{"discussion", FieldType::text, member<&IntakeMeeting::discussion>, "Discussion", "讨论要点",
          N_("What was said")},
    Field{"signed_on", FieldType::day, member<&IntakeMeeting::signed_on>, "Signed", "签署日期",
          N_("Day from which nothing of it changes")}
        .by_verb_only(),
    Field{"result", FieldType::choice, member<&IntakeMeeting::result>, "Result", "表决结果",
          N_("Whether it passed, or was passed on to the shareholders")}
        .by_verb_only()
        .one_of(results),
};

constexpr Field recusal_fields[] = {
    part_number(member<&IntakeRecusal::number>),
    part_of("meeting", member<&IntakeRecusal::meeting>, "Meeting", "会议编号", N_("Meeting that it belongs to"),
            meeting_record),
    part_of("member", member<&IntakeRecusal::member>, "Member", "委员", N_("Member of the committee"),
            committee_record),
    Field{"reason", FieldType::text, member<&IntakeRecusal::reason>, "Reason", "回避原因", N_("Why")}
        .required()
        .fixed(),
    part_entered(member<&IntakeRecusal::entered_on>),
};

constexpr Field vote_fields[] = {
    part_number(member<&IntakeVote::number>),
    part_of("meeting", member<&IntakeVote::meeting>, "Meeting", "会议编号", N_("Meeting that it belongs to"),
            meeting_record),
    part_of("member", member<&IntakeVote::member>, "Member", "委员", N_("Member of the committee"), committee_record),
    Field{"vote", FieldType::choice, member<&IntakeVote::vote>, "Vote", "表决", N_("For, against, or abstaining")}
        .required()
        .fixed()
        .one_of(votes),
    Field{"reason", FieldType::text, member<&IntakeVote::reason>, "Reason", "理由", N_("Why; asked of a vote against")}
        .fixed(),
    Field{"voted_on", FieldType::day, member<&IntakeVote::voted_on>, "Voted", "表决日期", N_("Day of the vote")}
        .required()
        .fixed(),
};

constexpr Field condition_fields[] = {
    part_number(member<&IntakeCondition::number>),
    whole(member<&IntakeCondition::intake>),
    Field{"condition", FieldType::text, member<&IntakeCondition::condition>, "Condition", "承接条件",
          N_("What must be done")}
        .required()
        .fixed(),
    Field{"owner", FieldType::text, member<&IntakeCondition::owner>, "Owner", "责任人", N_("Who does it")}.fixed(),
    Field{"due_on", FieldType::day, member<&IntakeCondition::due_on>, "Due", "完成期限", N_("Until when it is done")}
        .fixed(),
    Field{"blocks", FieldType::choice, member<&IntakeCondition::blocks>, "Blocks", "约束阶段",
          N_("What waits for it: signing, or the start of work")}
        .filled()
        .fixed()
        .one_of(blocks),
    Field{"satisfied_on", FieldType::day, member<&IntakeCondition::satisfied_on>, "Satisfied", "满足日期",
          N_("Day on which it was done")}
        .by_verb_only(),
    Field{"evidence", FieldType::text, member<&IntakeCondition::evidence>, "Evidence", "证明", N_("What shows it")}
        .by_verb_only(),
    part_entered(member<&IntakeCondition::entered_on>),
};

/// A condition that is open again keeps no contract that was signed, or begun, since it was met [INT-008].
void settle_conditions(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    settle_part<condition_record>(op, first, last, touched);
    for (const auto id : touched) {
        const auto since = turned(op, condition_record(), id, "satisfied_on");
        const auto row = find_row(op.db(), condition_record(), id, {});
        const auto c = to_struct<IntakeCondition>(condition_record(), *row);
        if (since && !c.satisfied_on && !row->voided_on)
            refuse_taken_on(op, c.intake.value, *since, c.blocks == IntakeCondition::Blocks::before_start);
    }
}

/// What is signed stays so: minutes are opened again by no undo.
void settle_meetings(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    settle_part<meeting_record>(op, first, last, touched);
    for (const auto id : touched) {
        const auto m = to_struct<IntakeMeeting>(meeting_record(), *find_row(op.db(), meeting_record(), id, {}));
        if (m.signed_on || !turned(op, meeting_record(), id, "signed_on")) continue;
        const auto number = number_of(op.db(), record(), m.intake.value);
        throw Error(Exit::refused,
                    say("the minutes of meeting {number} are signed and do not change", fmt::arg("number", m.number)),
                    say("agency intake reopen {number} --reason TEXT makes a new version", fmt::arg("number", number)))
            .with_ref(m.number);
    }
}

/// INT-013 and INT-014 also after an undo.
void settle_votes(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t>) {
    auto& db = op.db();
    std::optional<std::int64_t> meeting;
    std::string_view rule;
    const auto look = [&](db::Statement& s) { meeting = s.integer(0); };
    for (const auto& [code, sql] :
         {std::pair{"INT-014",
                    "SELECT v.meeting FROM intake_vote AS v WHERE v.undone = 0 AND v.meeting IN (SELECT meeting "
                    "FROM intake_vote WHERE id BETWEEN $1 AND $2) GROUP BY v.meeting, v.member HAVING "
                    "COUNT(*) > 1 LIMIT 1"},
          {"INT-013",
           "SELECT v.meeting FROM intake_vote AS v JOIN intake_recusal AS r ON r.meeting = v.meeting AND "
           "r.member = v.member WHERE v.undone = 0 AND r.undone = 0 AND v.id BETWEEN $1 AND $2 LIMIT 1"}}) {
        db.each(sql, look, first, last);
        if (meeting && rule.empty()) rule = code;
    }
    if (meeting)
        throw Error(Exit::refused, say("a member of meeting {number} would vote twice, or although recused",
                                       fmt::arg("number", number_of(db, meeting_record(), *meeting))))
            .with_rule(rule);
}

}  // namespace

const Record& meeting_record() {
    static const Record r{.noun = N_("intake_meeting"),
                          .plural = "intake_meetings",
                          .en = "Intake meeting",
                          .zh = "承接决策会议",
                          .fields = meeting_fields,
                          .part_of = "intake",
                          .settle = settle_meetings};
    return r;
}
const Record& recusal_record() {
    static const Record r{.noun = N_("intake_recusal"),
                          .plural = "intake_recusals",
                          .en = "Intake recusal",
                          .zh = "回避",
                          .fields = recusal_fields,
                          .part_of = "meeting"};
    return r;
}
const Record& vote_record() {
    static const Record r{.noun = N_("intake_vote"),
                          .plural = "intake_votes",
                          .en = "Intake vote",
                          .zh = "表决票",
                          .fields = vote_fields,
                          .part_of = "meeting",
                          .settle = settle_votes};
    return r;
}
const Record& condition_record() {
    static const Record r{.noun = N_("intake_condition"),
                          .plural = "intake_conditions",
                          .en = "Intake condition",
                          .zh = "承接条件",
                          .fields = condition_fields,
                          .part_of = "intake",
                          .settle = settle_conditions};
    return r;
}

const CommitteeMember* Minutes::find(std::string_view member) const {
    const auto wanted = match_form(member);
    for (const auto& m : members)
        if (m.employee == member || m.number == member || match_form(m.name) == wanted) return &m;
    return nullptr;
}
const CommitteeMember* Minutes::find(Id<CommitteeMember> id) const {
    const auto it = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.id == id; });
    return it == members.end() ? nullptr : &*it;
}
bool Minutes::recused(Id<CommitteeMember> id) const {
    return std::any_of(recusals.begin(), recusals.end(), [&](const auto& r) { return r.member == id; });
}
const IntakeVote* Minutes::vote_of(Id<CommitteeMember> id) const {
    const auto it = std::find_if(votes.begin(), votes.end(), [&](const auto& v) { return v.member == id; });
    return it == votes.end() ? nullptr : &*it;
}

Ballot Minutes::ballot() const {
    Ballot b;
    for (const auto& m : members) {
        if (!m.voting) continue;
        ++b.voting;
        if (recused(m.id)) {
            ++b.recused;
            continue;
        }
        const auto* v = vote_of(m.id);
        if (!v) continue;
        ++(v->vote == IntakeVote::Vote::for_      ? b.in_favour
           : v->vote == IntakeVote::Vote::against ? b.against
                                                  : b.abstained);
    }
    return b;
}

bool Minutes::vetoed() const {
    return std::any_of(members.begin(), members.end(), [&](const auto& m) {
        const auto* v = m.voting ? nullptr : vote_of(m.id);
        return v && v->vote == IntakeVote::Vote::against;
    });
}

bool Minutes::only_business_development() const {
    bool any = false;
    for (const auto& v : votes) {
        const auto* m = find(v.member);
        if (v.vote != IntakeVote::Vote::for_ || !m || recused(m->id)) continue;
        any = true;
        if (m->function != CommitteeMember::Function::business_development) return false;
    }
    return any;
}

namespace {

/// Who may vote is settled with the first vote: as it was known then.
AsOf at_first_vote(db::Session& db, const IntakeMeeting& meeting, AsOf when) {
    const auto first = db.integer(
        "SELECT MIN(operation) FROM intake_vote AS v WHERE meeting = $1 AND operation <= $2 "
        "AND " +
            listed(vote_record(), "v", "$2"),
        meeting.id.value, when.operation);
    when.operation = first.value_or(when.operation);
    return when;
}

/// What was known when the minutes were signed; later facts do not change them.
AsOf at_signing(db::Session& db, const IntakeMeeting& meeting, AsOf when) {
    if (!meeting.signed_on) return when;
    const auto signing = db.integer(
        "SELECT MAX(operation) FROM intake_meeting_change WHERE id = $1 AND field = 'signed_on' AND operation <= $2",
        meeting.id.value, when.operation);
    when.operation = signing.value_or(when.operation);
    return when;
}

}  // namespace

Minutes minutes_of(db::Session& db, const IntakeMeeting& meeting, const AsOf& now) {
    const auto when = at_signing(db, meeting, now), settled = at_first_vote(db, meeting, when);
    Minutes out;
    out.meeting = meeting;
    each_row(db, committee_record(), settled, [&](const Row& row) {
        auto m = to_struct<CommitteeMember>(committee_record(), row);
        if (m.on(meeting.convened_on) && !row.voided(meeting.convened_on)) out.members.push_back(std::move(m));
    });
    out.recusals = parts_of<IntakeRecusal>(db, recusal_record(), "meeting", meeting.id.value, when);
    out.votes = parts_of<IntakeVote>(db, vote_record(), "meeting", meeting.id.value, when);
    // Who had left the house is in no committee, but what was voted stays told.
    std::erase_if(out.members, [&](CommitteeMember& m) {
        const auto row = find_row(db, employee::record(), m.member.value, settled);
        const auto e = to_struct<Employee>(employee::record(), *row);
        m.employee = e.number;
        m.name = e.name;
        return !org::counts_on(e.hired_on, e.left_on, meeting.convened_on) && !out.vote_of(m.id);
    });
    return out;
}

std::optional<Minutes> last_minutes(db::Session& db, std::int64_t intake, const AsOf& when) {
    const auto meetings = parts_of<IntakeMeeting>(db, meeting_record(), "intake", intake, when);
    if (meetings.empty()) return std::nullopt;
    return minutes_of(db, meetings.back(), when);
}

}  // namespace agency::intake
