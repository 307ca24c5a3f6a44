// 进展报告: how a project stands, for the house and for the client, and whether the reports were issued.
#pragma once
#include <memory>

#include "evm/evm.hpp"
#include "project/project.hpp"
#include "record/import.hpp"

namespace agency {

struct StatusReport {
    enum class Audience { client, internal };

    Id<StatusReport> id;
    std::string number;  ///< project/audience/period_end
    Id<Project> project;
    Audience audience = Audience::client;
    Date period_end, issued_on;
    std::string evidence, note;
};

namespace status {

const Record& record();
std::unique_ptr<RowRules> row_rules();

/// Of time and cost by SPI and CPI, of scope by changes that wait, of quality by checkpoints that failed; nothing where
/// nothing is known.
struct Colours {
    std::optional<evm::Rag> time, scope, quality, cost;
    std::optional<evm::Rag> overall(bool with_cost) const;  ///< the worst of them
};
Colours colours_of(const Rules& rules, db::Session& db, const Project& p, const evm::Figures& figures,
                   const AsOf& when);

/// The report itself: a record with its parts. Colours of time and cost by SPI and CPI, of scope by changes that wait,
/// of quality by checkpoints that failed; over all the worst. The client's has no cost, margin, budget or internal
/// issue, whatever is in the books. The period is from `from` to `when.day`.
Report report(Workspace& w, std::string_view code, StatusReport::Audience audience, Date from, const AsOf& when);

/// 项目任务书: a record of the project (scope, manager, sponsor, budget, days by the baseline, else by the plan) with
/// its milestones, deliverables, team and gates; a check says what is missing. For the house: it has the budget.
/// Error(not_found), what load_plan() throws.
Report charter(Workspace& w, std::string_view code, const AsOf& when);

/// How often a project tells how it stands: its own cadence, else the house's.
std::string_view cadence_of(const Rules& rules, const Project& p);
/// The last day of the period that `d` lies in: weeks end on Sunday; two weeks count from Monday, 1970-01-05.
Date period_end(std::string_view how_often, Date d);

/// Of every running project and audience: last period issued, periods missed since by the project's cadence or the
/// house's, state; two misses in a row have gone up to the manager's superior [PRJ-020].
Report due(Workspace& w, const AsOf& when);
std::vector<GridColumn> due_columns();

/// 项目台账 with what tracking knows: the ledger's columns and complete, spi, cpi, actual, eac, billed, received, rag.
/// Indices and forecasts are null where there is no plan that costs, or its days are not known.
Report tracked_ledger(Workspace& w, const AsOf& when);
std::vector<GridColumn> tracked_columns();
/// Of those columns the ones that the ledger alone does not have: they cost a look at every project's hours and bills.
std::vector<std::string> tracked_keys();

/// 预算: budget with approved changes, committed (contracts with suppliers), actual, what is left; over it PRJ-040. Of
/// one project, or of all that have a budget.
Report budget(Workspace& w, std::string_view code, const AsOf& when);
std::vector<GridColumn> budget_columns();

}  // namespace status
}  // namespace agency
