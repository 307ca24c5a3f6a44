// The records of the organization.
#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "org/employee.hpp"
#include "org/job_version.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr Argument employee_number[] = {{"NUMBER", N_("Number of the employee"), true, false, "employee"}};
constexpr Argument transfer_arguments[] = {{"NUMBER", N_("Number of the employee"), true, false, "employee"},
                                           {"POSITION", N_("Code of the position"), true, false, "position"}};
constexpr Argument assignment_number[] = {{"NUMBER", N_("Number of the assignment"), true, false, "assignment"}};
constexpr Option leave_options[] = {{"on", "DAY", N_("Last day of employment; default today")},
                                    {"reason", "TEXT", N_("Why; kept in the trail")}};
constexpr Option transfer_options[] = {{"on", "DAY", N_("First day in the new position; default today")}};
constexpr Option end_options[] = {{"on", "DAY", N_("Last day; default today")}};
constexpr std::string_view leave_examples[] = {"agency employee leave E017 --on 2026-11-30"};
constexpr std::string_view transfer_examples[] = {"agency employee transfer E017 PD-PM --on 2026-12-01"};

constexpr std::string_view approvals[] = {"superior", "hr"};
constexpr Argument job_position[] = {{"POSITION", N_("Code of the position"), true, false, "position"}};
constexpr Argument job_reader[] = {{"POSITION", N_("Code of the position"), true, false, "position"},
                                   {"EMPLOYEE", N_("Number of the employee"), true, false, "employee"}};
constexpr Option approve_options[] = {
    {"as", "WHO", N_("For the superior position, or for HR & Admin"), 0, true, false, approvals},
    {"by", "EMPLOYEE", N_("Who approves; default the actor"), 0, false, false, {}, "employee"},
    {"on", "DAY", N_("Day of the approval; default today")}};
constexpr Option issue_options[] = {{"on", "DAY", N_("First day in force; default today")}};
constexpr Option read_options[] = {{"on", "DAY", N_("Day of the signature; default today")}};
constexpr std::string_view draft_examples[] = {"agency job draft PD-PM"};
constexpr std::string_view approve_examples[] = {"agency job approve PD-PM --as superior --by E002"};

Outcome draft(Invocation& in) {
    const auto code = in.resolve(position::record(), in.argument(0));
    const auto version = job::draft(in.workspace(), code, in.command_line);
    return done(in, "position", code, N_("drafted"), std::to_string(version));
}

Outcome approve(Invocation& in) {
    const auto code = in.resolve(position::record(), in.argument(0));
    const auto who = in.has("by") ? in.resolve(employee::record(), in.get("by")) : std::string();
    job::approve(in.workspace(), code, in.get("as") == "hr" ? job::Approval::hr : job::Approval::superior, who,
                 in.day("on").value_or(in.workspace().today()), in.command_line);
    return done(in, "position", code, N_("approved"), who);
}

Outcome issue(Invocation& in) {
    const auto code = in.resolve(position::record(), in.argument(0));
    job::issue(in.workspace(), code, in.day("on").value_or(in.workspace().today()), in.command_line);
    return done(in, "position", code, N_("in force"));
}

Outcome acknowledge(Invocation& in) {
    const auto code = in.resolve(position::record(), in.argument(0));
    const auto who = in.resolve(employee::record(), in.argument(1));
    job::acknowledge(in.workspace(), code, who, in.day("on").value_or(in.workspace().today()), in.command_line);
    return done(in, "position", code, N_("acknowledged"), who);
}

Outcome leave(Invocation& in) {
    auto& w = in.workspace();
    const auto number = in.resolve(employee::record(), in.argument(0));
    const auto last = in.day("on").value_or(w.today());
    const auto warning = employee::leave(w, number, last, in.get("reason"), in.command_line);
    if (!warning.empty()) in.tell(say("warning: {text}", fmt::arg("text", warning)));
    return done(in, "employee", number, N_("left"));
}

Outcome transfer(Invocation& in) {
    const auto number = in.resolve(employee::record(), in.argument(0));
    const auto to = in.resolve(position::record(), in.argument(1));
    employee::transfer(in.workspace(), number, to, in.day("on").value_or(in.workspace().today()), in.command_line);
    return done(in, "employee", number, N_("transferred"), to);
}

Outcome end(Invocation& in) {
    const auto number = in.resolve(assignment::record(), in.argument(0));
    assignment::end(in.workspace(), number, in.day("on").value_or(in.workspace().today()), in.command_line);
    return done(in, "assignment", number, N_("ended"));
}

constexpr Verb employee_verbs[] = {
    {"leave", N_("End employment and every assignment; days off are agency leave"), leave, employee_number,
     leave_options, leave_examples, Needs::write},
    {"transfer", N_("Give a new primary position; the one before ends the day before"), transfer, transfer_arguments,
     transfer_options, transfer_examples, Needs::write},
};
constexpr Verb assignment_verbs[] = {
    {"end", N_("Name the last day of an assignment"), end, assignment_number, end_options, {}, Needs::write}};

constexpr Verb job_verbs[] = {
    {"draft",
     N_("Copy the lines in force into a draft of the next version, to be edited"),
     draft,
     job_position,
     {},
     draft_examples,
     Needs::write},
    {"approve", N_("Approve the newest draft"), approve, job_position, approve_options, approve_examples, Needs::write},
    {"issue", N_("Put the newest draft in force"), issue, job_position, issue_options, {}, Needs::write},
    {"acknowledge",
     N_("Note that a holder has read the version in force"),
     acknowledge,
     job_reader,
     read_options,
     {},
     Needs::write},
};

}  // namespace

extern const Noun department_noun{
    "department", N_("Departments, a tree"), {}, department::record, department::row_rules, nullptr, nullptr,
    "department"};
extern const Noun position_noun{
    "position", N_("Positions and the line of reporting"), {}, position::record, position::row_rules};
extern const Noun employee_noun{"employee", N_("Employees"), employee_verbs, employee::record, employee::row_rules};
extern const Noun assignment_noun{"assignment", N_("Who holds which position, from when to when"), assignment_verbs,
                                  assignment::record, assignment::row_rules};
extern const Noun function_noun{"function",
                                N_("What must be done, and which department owns it"),
                                {},
                                function::record,
                                function::row_rules,
                                nullptr,
                                nullptr,
                                "function"};
extern const Noun raci_noun{"raci",
                            N_("Who does, answers for, is asked and is told: functions and positions"),
                            {},
                            raci::record,
                            raci::row_rules};
extern const Noun job_noun{"job",         N_("Job descriptions, line by line"), job_verbs, job::record, job::row_rules,
                           job::void_line};
extern const Noun licence_noun{
    "licence", N_("Certificates of people, with the day they expire"), {}, licence::record, licence::row_rules};

}  // namespace agency::cli
