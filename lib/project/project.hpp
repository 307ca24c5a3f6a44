// 项目: an engagement from the proposal to the close-out, with one manager on any day (handbook §3.1).
#pragma once
#include <memory>

#include "contract/contract.hpp"
#include "org/org.hpp"
#include "record/workflow.hpp"

namespace agency {

struct Project {
    enum class Days { work, calendar };
    enum class Cadence { weekly, biweekly, monthly };
    enum class Status { proposed, initiated, planned, in_progress, suspended, closing, closed, cancelled };

    Id<Project> id;
    std::string code, name;
    Id<Client> client;
    Id<Contract> contract;
    Id<Employee> manager;
    std::optional<std::int64_t> budget;  ///< minor units
    Currency currency;
    std::optional<Date> starts_on;
    Days calendar = Days::work;  ///< what the plan's days are: work days, or all
    Status status = Status::proposed;
    std::optional<std::int64_t> prestart_cap;  ///< minor units; approved before the contract is effective
    std::optional<Date> prestart_until;
    std::string note;
    std::optional<Cadence> report_cadence;  ///< nothing: as the house has it, `project.report_cadence`
    std::string scope;                      ///< what is to be done, and what is not
    Id<Employee> sponsor;                   ///< who answers for it above the manager

    /// Neither closed nor cancelled.
    bool open() const { return status != Status::closed && status != Status::cancelled; }
};

namespace project {

const Record& record();
std::unique_ptr<RowRules> row_rules();
/// The stages of §3.1 with their guards.
extern const Workflow workflow;

/// From `day` on (default today) the employee leads the project. Error(refused, PRJ-001) when he is not employed then.
void assign_manager(Workspace& w, std::string_view code, std::string_view employee, std::optional<Date> day,
                    std::string_view command);
/// Work may begin before the contract is effective, up to `cap` of the project's currency and until that day (PRJ-002).
void approve_prestart(Workspace& w, std::string_view code, std::string_view cap, Date until, std::string_view reason,
                      std::string_view command);

/// Whether the employee is employed on that day.
bool employed(const Employee& e, Date day);

// Guards, each throws Error(refused) with its rule.
void require_manager(db::Session& db, const Project& p, const AsOf& when);  ///< PRJ-001
void require_mandate(db::Session& db, const Project& p, const AsOf& when);  ///< PRJ-002
/// The same as findings: sentences, empty when all holds.
std::string manager_fault(db::Session& db, const Project& p, const AsOf& when);
std::string mandate_fault(db::Session& db, const Project& p, const AsOf& when);

}  // namespace project
}  // namespace agency
