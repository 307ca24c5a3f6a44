// What is printed of plans.
#pragma once
#include "project/plan.hpp"
#include "record/grid.hpp"

namespace agency::project {

/// 项目台账: all projects with client, manager, baseline and forecast end: the plan's, or the day of the report where
/// work that is not accepted goes on beyond it.
Report ledger(Workspace& w, const AsOf& when);
std::vector<GridColumn> ledger_columns();

/// What is wrong with open projects: project, rule, finding.
Report findings(Workspace& w, const AsOf& when);
std::vector<GridColumn> findings_columns();

/// The tasks as they are stored and as a file of the import has them: wbs, name, duration, effort, after, …
Report plan_rows(Workspace& w, std::string_view code, const AsOf& when);
std::vector<GridColumn> plan_columns();
/// The same in Microsoft Project's XML.
std::string plan_mspdi(Workspace& w, std::string_view code, const AsOf& when);

/// wbs, name, duration, es, ef, ls, lf, total_float, free_float, critical, starts_on, ends_on, after. Day numbers count
/// from 0 at the project's start; ends_on is the last day worked. `baseline`: of that plan instead of the present one.
Report schedule(Workspace& w, std::string_view code, const AsOf& when, bool baseline);
std::vector<GridColumn> schedule_columns();

/// Expected length, deviation and how sure it is, with the path; `within`: days of which the probability is asked.
Report pert(Workspace& w, std::string_view code, const AsOf& when, std::optional<std::int64_t> within);

/// 资源负荷: hours by person and week, of all open projects.
Report load(Workspace& w, const AsOf& when, Date from, Date to);
std::vector<GridColumn> load_columns();

/// A proposal within everybody's hours: where each task would start.
Report levelled(Workspace& w, std::string_view code, const AsOf& when);
std::vector<GridColumn> levelled_columns();
/// Writes the proposal: what is shifted starts no earlier than its day. Answers how many tasks are shifted.
/// `left_out`: other projects whose plans are none now, with why.
std::int64_t apply_levelled(Workspace& w, std::string_view code, std::string_view command,
                            std::vector<std::string>& left_out);

}  // namespace agency::project
