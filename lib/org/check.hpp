// 精简、扁平、灵活: what can be computed of a good organization, and what must hold of any (handbook 1.4, 1.5).
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "org/chart.hpp"
#include "org/history.hpp"

namespace agency::org {

enum class Severity { error, warning };

/// What one check found.
struct Finding {
    std::string rule;
    Severity severity = Severity::warning;
    std::string subject;        ///< code of the position, function, employee or department; empty: the agency
    std::string evidence;       ///< a sentence with the figures
    std::optional<Date> since;  ///< the first day of the unbroken run up to the day; nothing: always
    std::string owner;          ///< who can mend it: number and name; empty: nobody is there
};

/// The lines of a job description that is in force, or of a draft.
struct JobSheet {
    std::int64_t version = 0;
    bool in_force = false;
    std::vector<Job> lines;
};
/// What is in force, by position: what a rule may ask of people.
std::map<std::int64_t, JobSheet> job_sheets(Workspace& w, const Chart& chart, const AsOf& when);
/// The same with the newest draft where nothing is in force: for who looks at how they are written.
std::map<std::int64_t, JobSheet> written_sheets(Workspace& w, const Chart& chart, const AsOf& when);
/// What a job description lacks of what the handbook asks (1.3), in words; of `job_parts` in all.
constexpr std::int64_t job_parts = 7;
std::vector<std::string> missing_parts(const Rules& rules, const JobSheet& sheet);
/// The longest vague word of a duty without a standard; empty when there is none.
std::string vague_word(const Rules& rules, const Job& duty);

/// People with somebody below them: ids of employees.
std::set<std::int64_t> managers(const Chart& chart);

/// Holders of the position, else of the nearest one above that has any, as `E1 张三`; never the one left out.
std::string owner_of(const Chart& chart, std::int64_t position, std::int64_t leave_out = 0);

// The parts of it, each adding what it finds.
void check_structure(Workspace& w, const Chart& chart, const History& history, const AsOf& when,
                     std::vector<Finding>& found);
void check_functions(Workspace& w, const Chart& chart, const History& history, const AsOf& when,
                     std::vector<Finding>& found);
void check_duties(Workspace& w, const Chart& chart, const AsOf& when, std::vector<Finding>& found);
void check_people(Workspace& w, const Chart& chart, const History& history, const AsOf& when,
                  std::vector<Finding>& found);

/// 职责交叉与空白: all findings, by rule and subject; totals: how many of each severity.
Report check_report(Workspace& w, const Chart& chart, const AsOf& when);
std::vector<GridColumn> check_columns();

/// 岗位说明书完整性: one row a position: version, how many lines of each part, vague ones, signed, score of 100.
Report jobs_report(Workspace& w, const Chart& chart, const AsOf& when);
std::vector<GridColumn> jobs_columns();

}  // namespace agency::org
