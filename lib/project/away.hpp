// Days on which nobody of a task's people is there.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "workspace/workspace.hpp"

namespace agency::project {

/// Days from one to another, both counted.
struct DaySpan {
    Date from, to;
};

/// Whole days of approved leave, as of a day and known then. Hours of a day stop no task.
class Away {
public:
    Away(db::Session& db, const AsOf& when) : db_(db), when_(when) {}
    /// Days on which all of these people are on leave, ascending and apart; none where nobody is named.
    std::vector<DaySpan> all_of(const std::vector<std::string>& numbers);

private:
    const std::vector<DaySpan>& of(const std::string& number);

    db::Session& db_;
    AsOf when_;
    std::map<std::string, std::vector<DaySpan>> by_number_;
};

}  // namespace agency::project
