// 进度: measurements of how far the leaves of a project are, and the earned value that follows.
#pragma once
#include <map>
#include <memory>

#include "evm/evm.hpp"
#include "project/task.hpp"

namespace agency {

struct Progress {
    Id<Progress> id;
    std::string number;  ///< project/wbs/measured_on
    Id<Project> project;
    std::string wbs;
    Id<Task> task;
    Date measured_on;
    evm::Method method = evm::Method::percent;
    std::optional<Rate> percent;
    std::optional<std::int64_t> units_done, units;  ///< hundredths; of milestones their weights
    bool started = false, accepted = false;
    std::string evidence, note;
};

namespace progress {

const Record& record();
std::unique_ptr<RowRules> row_rules();

/// `cap` in ppm: what counts of a percentage before the work is accepted.
evm::Ratio earned_part(const Progress& p, std::int64_t cap);

/// The last measurement of every task of a project by a day, by WBS code.
std::map<std::string, Progress> latest(db::Session& db, std::int64_t project, const AsOf& when);

/// One measurement by hand; `how`: `40%`, `accepted`, `started`, or `3/8` (units). A second one of a day corrects the
/// first. Answers its number.
std::string measure(Workspace& w, std::string_view project, std::string_view wbs, std::string_view how,
                    std::optional<Date> day, std::string_view evidence, std::string_view command,
                    const std::function<void(const Problem&)>& warn);

}  // namespace progress
}  // namespace agency
