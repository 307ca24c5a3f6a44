// What is read of assessments: the sheet of one, the ledger, the pipeline, resolutions and reasons (handbook §2.7).
#pragma once
#include "intake/service.hpp"
#include "record/grid.hpp"

namespace agency::intake {

/// 评估表: one assessment with its figures and all its parts.
Report sheet(Workspace& w, std::string_view number, const AsOf& when);
/// 承接评估台账: the last version of every assessment, or with `all_versions` all of them.
Report ledger(Workspace& w, const AsOf& when, bool all_versions);
std::vector<GridColumn> ledger_columns();
/// 业务漏斗: by stage and currency how many, how much, for how long, and how many went on. A lead with an assessment
/// counts where that stands.
Report pipeline(Workspace& w, const AsOf& when);
std::vector<GridColumn> pipeline_columns();
/// 集体决策记录: every meeting with its count.
Report resolutions(Workspace& w, const AsOf& when);
std::vector<GridColumn> resolutions_columns();
/// 会议纪要 of the last meeting on an assessment. Error(not_found) when there was none.
Report minutes_sheet(Workspace& w, std::string_view number, const AsOf& when);
/// 不承接原因: why business was not taken on, lost or withdrawn, with the year before the day and the one before that.
Report reasons(Workspace& w, const AsOf& when);
std::vector<GridColumn> reasons_columns();
/// The columns of the decision rule, one row each, with limits and outcome; then triggers and knock-outs.
Report explanation(const Decided& d);
std::vector<GridColumn> explanation_columns();
/// What a check of conflicts found; one row `clear` when nothing.
Report conflicts(const std::vector<Finding>& findings, std::string_view number);
std::vector<GridColumn> conflicts_columns();

}  // namespace agency::intake
