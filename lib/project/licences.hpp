// Licences that the work of a plan wants: what the job descriptions of people's positions ask by law (ORG-030).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "project/plan.hpp"

namespace agency::project {

/// From `from` on, a day of the task, who is to do it holds no valid licence of that title.
struct LicenceGap {
    std::string task;      ///< project/wbs
    std::string employee;  ///< number
    std::string title;
    Date from, to;  ///< first and last of the task's days without it
};

class Licences {
public:
    /// Job descriptions as of the day; positions held and licences also of days to come, as they are known.
    Licences(Workspace& w, const AsOf& when);
    /// Titles that are wanted of a person on that day and not held, each once.
    std::vector<std::string> missing(const std::string& employee, Date day) const;
    /// Of the leaves of a plan on their days from one day to another, both counted.
    std::vector<LicenceGap> gaps(const Plan& plan, const std::function<bool(Date)>& works, Date from, Date to) const;

private:
    struct Span {
        Date from, to;
        std::int64_t position = 0;  ///< of an assignment
        std::string title{};        ///< of a licence, in match form
    };
    struct Person {
        std::vector<Span> holds, licensed;
    };
    struct Title {
        std::string text, form;
    };
    std::map<std::int64_t, std::vector<Title>> wanted_;  ///< by position
    std::map<std::string, Person> people_;               ///< by number
};

/// The gate of 资源调配 (§3.1) by the setting project.resource_gate, over the days of the plan from `when` on. Error
/// (refused): ORG-030 who works without a licence, PRJ-007 who is asked for more hours than he has, by this and the
/// projects in progress.
void require_resources(Workspace& w, const Plan& plan, const AsOf& when);

/// `P1/2: E7 lacks …` of each, `; ` between.
std::string to_text(const std::vector<LicenceGap>& gaps);

}  // namespace agency::project
