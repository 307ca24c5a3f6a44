// Who is meant where a record names a person in words: an employee, by number or exact name.
#pragma once
#include <map>

#include "org/org.hpp"
#include "record/references.hpp"
#include "workspace/workspace.hpp"

namespace agency::org {

/// Why the employee neither acts nor answers for anything from that day on: he left before it, or is not hired yet.
/// Empty when he may. Who was hired between the day of an old record and today has taken it over.
std::string absence(db::Session& db, std::int64_t employee, Date day, Date today);

/// For one import, or one command. A file that keeps no employees, or whose setting org.people is `any`, lets any name
/// pass as it is written.
class People {
public:
    explicit People(Workspace& w);

    /// The number of the employee that the text means, else the text itself.
    std::string number_of(std::string_view text);
    /// Why the text names nobody who may be named; empty when it does.
    std::string fault(std::string_view text);
    /// number_of() of somebody who may be named and is employed today; else Error(not_found or refused, INT-009) on the
    /// field.
    std::string require(std::string_view field, std::string_view text);
    /// Error(refused, INT-009) when it is an employee who is not employed today; who is none may be named here.
    void require_employed(std::string_view field, std::string_view text);
    /// INT-009 of a text field of a row: a new name is an employee's who is employed on `day` (the record's own, or
    /// that of the change), and is kept as the number. What stands is not judged again; `inherited` (from another
    /// record) is judged by the day only.
    void check(ImportRow& row, const Record& r, std::string_view field, Date day, bool inherited = false);
    /// The employee's id; 0: none, or several of the name.
    std::int64_t id_of(std::string_view text);
    /// Whether both texts mean the same person; an empty one means nobody.
    bool same(std::string_view a, std::string_view b);

    /// Who decides: whom the option of the field names, else who acts; as require(). Error(refused, rule) by not_his().
    std::string decider(std::string_view field, std::string_view text, std::string_view rule);
    /// Why who acts may not enter what that person decided: an employee decides under his own name and no other. A
    /// login that is no employee's (a clerk's, a script's) may, and the trail tells it; empty then.
    std::string not_his(std::string_view person);
    /// A row of the trail that the actor entered what another decided; none where they are one.
    void note_entered(Operation& op, std::string_view noun, std::int64_t record, std::string_view decider);

private:
    /// absence() of somebody who is named, where it is asked.
    std::string absent(std::string_view text, Date day);

    db::Session& db_;
    Date today_;
    std::string actor_;
    References references_;
    bool asked_ = false;                            ///< whether somebody named must be an employee
    std::map<std::string_view, std::string> kept_;  ///< texts of the row that was checked last, by field
};

}  // namespace agency::org
