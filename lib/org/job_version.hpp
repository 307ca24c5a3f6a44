// A job description on its way: drafted line by line, approved twice, in force, acknowledged.
#pragma once
#include <span>

#include "org/org.hpp"

namespace agency::job {

enum class Approval { superior, hr };

/// The lines in force become a draft of the next version, which is answered; its lines are then edited, voided and
/// added to. Error(refused, JD-010) when nothing is in force, or there is a draft.
std::int64_t draft(Workspace& w, std::string_view position, std::string_view command);
/// The newest draft of the position is approved by that employee; empty: who acts. Error(refused, JD-003) when it is
/// not his to approve: the superior position's holder (or who acts for him), or somebody of HR & Admin, and nobody who
/// holds the position itself; or when another employee acts. The head of the house has no superior: his own word
/// counts. Where all of the superior position hold it too, the next one above approves; where one person is all of HR &
/// Admin, that person does.
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
/// After an undo: Error(refused) where it changed lines of a version that is in force (JD-010) or approved (JD-003).
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched);
/// The employee has read the version in force. Error(refused) when none is, or the employee does not hold the position.
void acknowledge(Workspace& w, std::string_view position, std::string_view employee, Date day,
                 std::string_view command);

}  // namespace agency::job
