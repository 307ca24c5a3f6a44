// 集体决策 (handbook §2.3): the committee, its meetings on an assessment, who was recused and how each voted.
#pragma once
#include "intake/ballot.hpp"
#include "intake/parts.hpp"
#include "org/org.hpp"

namespace agency {

struct CommitteeMember {
    enum class Role { chair, member, recorder, legal };
    enum class Function { management, business_development, delivery, finance, quality, legal, other };
    Id<CommitteeMember> id;
    std::string number;
    Id<Employee> member;
    Role role = Role::member;
    bool voting = true;
    Function function = Function::other;
    Date starts_on;
    std::optional<Date> ends_on;  ///< last day
    std::string note;

    std::string employee, name;  ///< number and name of the member, where a meeting was read

    bool on(Date day) const { return starts_on <= day && (!ends_on || day <= *ends_on); }
};

struct IntakeMeeting {
    enum class Mode { meeting, circular };
    Id<IntakeMeeting> id;
    std::string number;
    Id<Intake> intake;
    Date convened_on;
    Mode mode = Mode::meeting;
    std::string place;
    std::optional<Date> due_on;  ///< last day of a circular
    std::string attendees, materials;
    bool special = false;
    std::string discussion;
    std::optional<Date> signed_on;                        ///< from then on nothing of it changes
    enum class Result { passed, not_passed, passed_on };  ///< passed on: the shareholders decided
    std::optional<Result> result;
};

struct IntakeRecusal {
    Id<IntakeRecusal> id;
    std::string number;
    Id<IntakeMeeting> meeting;
    Id<CommitteeMember> member;
    std::string reason;
    Date entered_on;
};

struct IntakeVote {
    enum class Vote { for_, against, abstain };
    Id<IntakeVote> id;
    std::string number;
    Id<IntakeMeeting> meeting;
    Id<CommitteeMember> member;
    Vote vote = Vote::for_;
    std::string reason;
    Date voted_on;
};

/// What must be done before a contract is signed, or before work starts.
struct IntakeCondition {
    enum class Blocks { before_sign, before_start };
    Id<IntakeCondition> id;
    std::string number;
    Id<Intake> intake;
    std::string condition, owner;
    std::optional<Date> due_on;
    Blocks blocks = Blocks::before_sign;
    std::optional<Date> satisfied_on;
    std::string evidence;
    Date entered_on;
};

namespace intake {

const Record& committee_record();
std::unique_ptr<RowRules> committee_rules();
const Record& meeting_record();
const Record& recusal_record();
const Record& vote_record();
const Record& condition_record();

/// A meeting with everything that belongs to it.
struct Minutes {
    IntakeMeeting meeting;
    std::vector<CommitteeMember> members;  ///< of the committee on the day of the meeting, as known at the first vote
    std::vector<IntakeRecusal> recusals;
    std::vector<IntakeVote> votes;

    const CommitteeMember* find(std::string_view member) const;  ///< by name or number of the employee; nullptr
    const CommitteeMember* find(Id<CommitteeMember> id) const;
    bool recused(Id<CommitteeMember> id) const;
    const IntakeVote* vote_of(Id<CommitteeMember> id) const;
    Ballot ballot() const;
    /// A legal adviser without a vote is against it (setting intake.legal_veto).
    bool vetoed() const;
    /// All votes for it are of people who bring business [INT-030].
    bool only_business_development() const;
};
/// Of a signed meeting: as it was known when it was signed.
Minutes minutes_of(db::Session& db, const IntakeMeeting& meeting, const AsOf& when);
/// The last meeting on an assessment, signed or not.
std::optional<Minutes> last_minutes(db::Session& db, std::int64_t intake, const AsOf& when);

}  // namespace intake
}  // namespace agency
