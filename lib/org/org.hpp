// 组织: departments, positions, people and what each answers for. Reporting goes from position to position.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "record/import.hpp"

namespace agency {

struct Position;

struct Department {
    Id<Department> id;
    std::string code, name;
    Id<Department> parent;
    Id<Position> manager_position;
    std::optional<Date> valid_from, valid_to;
    std::string note;
};

struct Position {
    Id<Position> id;
    std::string code, title;
    Id<Department> department;
    Id<Position> reports_to, dotted_to;
    std::string accountable_to;
    std::string family, grade;
    std::int64_t headcount = 1;
    std::optional<Date> valid_from, valid_to;
    std::optional<std::int64_t> job_version, job_superior, job_hr;
    std::string note;
};

struct Employee {
    Id<Employee> id;
    std::string number, name;
    Id<Position> position;  ///< as entered
    std::optional<Date> hired_on, left_on;
    std::string email, phone, note;
};

struct Assignment {
    enum class Kind { primary, concurrent, acting };

    Id<Assignment> id;
    std::string number;
    Id<Employee> employee;
    Id<Position> position;
    Kind kind = Kind::primary;
    std::int64_t fte = 0;  ///< hundredths
    Date starts_on;
    std::optional<Date> ends_on;
    std::optional<std::int64_t> approves_to, job_read;
    Currency currency;  ///< of approves_to
    std::string note;
};

struct Function {
    Id<Function> id;
    std::string code, name;
    Id<Department> department;
    bool mandatory = true;
    std::optional<Date> valid_from, valid_to;
    std::string note;
};

struct Raci {
    enum class Role { R, A, C, I };

    Id<Raci> id;
    std::string number;
    Id<Function> function;
    Id<Position> position;
    Role role = Role::R;
    bool lead = false;
    std::optional<Date> valid_from, valid_to;
    std::string note;
};

/// One line of a job description (岗位说明书).
struct Job {
    enum class Kind { duty, authority, goal, qualification, collaboration };

    Id<Job> id;
    std::string number;
    Id<Position> position;
    std::int64_t version = 1;
    Kind kind = Kind::duty;
    std::string text;
    Id<Function> function;
    std::optional<std::int64_t> limit;
    Currency currency;  ///< of the limit
    std::string scope, target, unit, period;
    std::optional<Rate> share;
    std::string standard;
    bool hard = false;
    Id<Position> other_position;
    std::string note;
};

struct Licence {
    Id<Licence> id;
    std::string number;
    Id<Employee> employee;
    std::string title, issuer;
    std::optional<Date> issued_on, expires_on;
    std::string note;
};

namespace department {
const Record& record();
std::unique_ptr<RowRules> row_rules();
}  // namespace department
namespace position {
const Record& record();
std::unique_ptr<RowRules> row_rules();
}  // namespace position
namespace employee {
const Record& record();
/// With `position`, an employee's primary assignment is made, from the day of hiring on.
std::unique_ptr<RowRules> row_rules();
}  // namespace employee
namespace assignment {
const Record& record();
std::unique_ptr<RowRules> row_rules();
/// The last day of an assignment. Error(refused) when it ended before, or that day lies before its first.
void end(Workspace& w, std::string_view number, Date day, std::string_view command);
}  // namespace assignment
namespace function {
const Record& record();
std::unique_ptr<RowRules> row_rules();
}  // namespace function
namespace raci {
const Record& record();
std::unique_ptr<RowRules> row_rules();
}  // namespace raci
namespace job {
const Record& record();
std::unique_ptr<RowRules> row_rules();
}  // namespace job
namespace licence {
const Record& record();
std::unique_ptr<RowRules> row_rules();
}  // namespace licence
}  // namespace agency
