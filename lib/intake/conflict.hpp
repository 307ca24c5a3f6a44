// 利益冲突审查 (handbook §2.5): whom an assessment touches, and what that meets among clients, opponents, employees and
// their relatives.
#pragma once
#include "intake/parts.hpp"
#include "org/org.hpp"

namespace agency {

/// Beside the client itself.
struct IntakeParty {
    enum class Role { legal_representative, shareholder, group, opponent, bidder, related_person, matter };
    Id<IntakeParty> id;
    std::string number;
    Id<Intake> intake;
    Role role = Role::opponent;
    std::string name;  ///< of a matter: its tender, patent or trademark number
    std::string identifier, note;
    Date entered_on;
};

struct IntakeCheck {
    enum class Result { clear, potential, statutory };
    Id<IntakeCheck> id;
    std::string number;
    Id<Intake> intake;
    Date checked_on;
    std::string checked_by;
    Result result = Result::clear;
    std::int64_t parties = 0;  ///< facts of parties that were looked at
    std::string findings;      ///< `;` between
};

/// A relative whom an employee declared.
struct Relative {
    Id<Relative> id;
    std::string number;
    Id<Employee> employee;
    std::string name, relation, works_at;
    Date declared_on;
    std::string note;
};

namespace intake {

const Record& party_record();
const Record& check_record();
const Record& relative_record();
std::unique_ptr<RowRules> relative_rules();

struct Finding {
    std::string name;      ///< of ours that was met
    std::string role;      ///< its role here: client, opponent, …
    std::string_view met;  ///< key of what it is there: client, opponent, employee, relative, matter, …
    std::string where;     ///< that client's code, intake's number, employee's name
    IntakeCheck::Result result = IntakeCheck::Result::potential;
    std::string rule;  ///< why it is statutory; a translated sentence, or empty
};
/// What is known today; clients whose last contract ended longer ago than the setting intake.conflict_years are left
/// out.
std::vector<Finding> find_conflicts(Workspace& w, std::int64_t intake, const AsOf& when);
IntakeCheck::Result worst(const std::vector<Finding>& findings);
/// As a check keeps them, `;` between.
std::string kept_text(const std::vector<Finding>& findings);

/// Rows and changes of parties that are known, also of those taken out: a check that has seen fewer is stale.
std::int64_t facts_of_parties(db::Session& db, std::int64_t intake, const AsOf& when);
/// The last check, and whether it was made after the last change of the parties [INT-020].
struct CheckState {
    std::optional<IntakeCheck> last;
    bool current = false;
};
CheckState check_state(db::Session& db, std::int64_t intake, const AsOf& when);

}  // namespace intake
}  // namespace agency
