// 挣值: planned, earned and actual value of a project by a day, from its baseline, its measurements and its hours.
#pragma once
#include "evm/evm.hpp"
#include "project/baseline.hpp"
#include "record/grid.hpp"
#include "timesheet/rate.hpp"

namespace agency::progress {

struct EarnedValue {
    Project project;
    Date day;
    std::optional<std::int64_t> baseline;  ///< version; nothing: of the present plan
    evm::Inputs inputs;
    evm::Figures figures;
    std::int64_t posted = 0;         ///< of the actual cost: what was posted; the rest is hours
    std::int64_t hours = 0;          ///< approved, hundredths
    std::int64_t unrated = 0;        ///< of them those without a cost rate in the project's currency
    std::vector<Money> other_costs;  ///< posted in other currencies, one sum each, none of 0: not counted
};

/// What the figures of many projects at one moment have in common, read once: hourly rates and the calendar.
struct Basis {
    Basis(db::Session& session, const AsOf& moment)
        : db(session), when(moment), rates(session, moment), days(session) {}

    db::Session& db;
    AsOf when;
    timesheet::Rates rates;
    project::WorkDays days;
};

/// Actual cost by the day: approved hours × cost rate + posted costs, in the project's currency. Needs no plan. A
/// reversal costs what the entry did that it takes back. Error(usage) when it is more than an amount can be.
std::int64_t actual_cost(Basis& basis, const Project& project);
std::int64_t actual_cost(db::Session& db, const Project& project, const AsOf& when);

/// `new_etc`: a fresh estimate of what is still to be spent. What load_plan() throws.
EarnedValue earned_value(const Rules& rules, Basis& basis, std::int64_t project,
                         std::optional<std::int64_t> new_etc = {});
EarnedValue earned_value(Workspace& w, std::int64_t project, const AsOf& when,
                         std::optional<std::int64_t> new_etc = {});

/// The same; nothing where the plan costs nothing, its tasks wait in a circle or the calendar does not reach.
std::optional<EarnedValue> find_earned_value(const Rules& rules, Basis& basis, std::int64_t project);

/// One row: pv, ev, ac, sv, cv, spi, cpi, bac, eac_typical, eac_atypical, eac_cost_schedule, etc, vac, tcpi_bac,
/// tcpi_eac. Amounts in the project's currency, ratios with four decimals; what would divide by zero is null.
Report evm_report(Workspace& w, std::string_view code, const AsOf& when, std::optional<std::int64_t> new_etc);
std::vector<GridColumn> evm_columns();

/// The leaves: wbs, name, budget, pv, part, ev, variances, method, measured_on.
Report evm_tasks(Workspace& w, std::string_view code, const AsOf& when);
std::vector<GridColumn> evm_task_columns();

/// 挣值曲线: cumulative pv, ev and ac at the ends of weeks (Sundays) or months until the plan ends; ev and ac up to the
/// day.
Report curve(Workspace& w, std::string_view code, const AsOf& when, bool by_month);
std::vector<GridColumn> curve_columns();

}  // namespace agency::progress
