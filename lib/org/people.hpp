// Who is meant where a record names a person in words: an employee, by number or exact name.
#pragma once
#include "org/org.hpp"
#include "record/references.hpp"
#include "workspace/workspace.hpp"

namespace agency::org {

/// For one import, or one command. A file that keeps no employees, or whose setting org.people is `any`, lets any name
/// pass as it is written.
class People {
public:
    explicit People(Workspace& w);

    /// The number of the employee that the text means, else the text itself.
    std::string number_of(std::string_view text);
    /// Why the text names nobody who may be named; empty when it does.
    std::string fault(std::string_view text);
    /// number_of() of somebody who may be named; else Error(not_found, INT-009) on the field.
    std::string require(std::string_view field, std::string_view text);
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
    db::Session& db_;
    std::string actor_;
    References references_;
    bool asked_ = false;  ///< whether somebody named must be an employee
};

}  // namespace agency::org
