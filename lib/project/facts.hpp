// What other rooms may ask of projects.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "workspace/workspace.hpp"

namespace agency {
struct Project;
struct Record;
}  // namespace agency

namespace agency::project {

/// What an approved pre-start still lets be spent, in minor units of the project's currency; nothing where none is
/// needed any more (the contract was effective) or none with a cap was approved.
std::optional<std::int64_t> prestart_left(db::Session& db, const Project& p, const AsOf& when);

/// Why nothing of that day counts for the project: its approved pre-start was over, and the contract is not effective
/// yet at that moment (PRJ-002). Empty when it may.
std::string after_prestart(db::Session& db, const Project& p, Date day, const AsOf& when);

/// Record::settle: the projects of the rows of a noun that an undo turned.
std::set<std::int64_t> projects_of(db::Session& db, const Record& r, std::int64_t first, std::int64_t last,
                                   std::span<const std::int64_t> touched);
/// Of these projects those that are over still have what they were closed or cancelled on. Error(refused, PRJ-030)
/// naming the items that are open since this operation and were not before.
void require_closed_out(Operation& op, const std::set<std::int64_t>& projects);

/// That the employee still leads open projects on the day after, as a warning that names them; empty when none.
std::string still_leads(db::Session& db, std::int64_t employee, Date last);

/// By number of an employee: codes of the open projects with a task of his that is not accepted by the day.
std::map<std::string, std::vector<std::string>> projects_by_employee(db::Session& db, const AsOf& when);

/// Why a text that somebody types names no project by code or exact name; empty when it does, or no project is kept.
/// `code` is what is kept of it.
std::string fault_of_code(Workspace& w, std::string_view text, std::string& code);

}  // namespace agency::project
