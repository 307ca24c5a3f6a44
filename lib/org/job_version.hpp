// A job description on its way: drafted line by line, approved twice, in force, acknowledged.
#pragma once
#include "org/org.hpp"

namespace agency::job {

enum class Approval { superior, hr };

/// The newest draft of the position is approved by that employee; empty: who acts. Error(refused, JD-003) when it is
/// not his to approve: the superior position's holder (or who acts for him), or somebody of HR & Admin; or when another
/// employee acts.
void approve(Workspace& w, std::string_view position, Approval as, std::string_view employee, Date day,
             std::string_view command);
/// A line of the version is entered or taken out: Error(refused, JD-003) where the same operation (a batch) approved it
/// before, of which nobody could say later what came first.
void require_unapproved(Operation& op, std::int64_t position, std::int64_t version);
/// The newest draft is in force from that day on. Error(refused): JD-001 a part is missing, JD-002 a duty is vague,
/// JD-003 an approval is missing, or older than the last change of a line.
void issue(Workspace& w, std::string_view position, Date day, std::string_view command);
/// A line of the draft is taken out. Error(refused, JD-010) of a line that is or was in force.
void void_line(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
               std::string_view command);
/// The employee has read the version in force. Error(refused) when none is, or the employee does not hold the position.
void acknowledge(Workspace& w, std::string_view position, std::string_view employee, Date day,
                 std::string_view command);

}  // namespace agency::job
