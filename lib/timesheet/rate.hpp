// 工时费率: what an hour of a person costs, and what it is charged at when nothing else is agreed.
#pragma once
#include <map>
#include <memory>

#include "org/org.hpp"

namespace agency {

struct TimeEntry;

struct HourlyRate {
    enum class Kind { cost, standard };

    Id<HourlyRate> id;
    std::string number;  ///< employee/kind/valid_from
    Id<Employee> employee;
    Kind kind = Kind::cost;
    Date valid_from;
    std::int64_t amount = 0;  ///< minor units an hour
    Currency currency;
    std::string note;
};

namespace timesheet {

const Record& rate_record();
std::unique_ptr<RowRules> rate_rules();

/// All rates known at a moment.
class Rates {
public:
    Rates(db::Session& db, const AsOf& when);
    /// In force on that day; nullptr when there is none.
    const HourlyRate* find(Id<Employee> employee, HourlyRate::Kind kind, Date day) const;

private:
    std::map<std::pair<std::int64_t, HourlyRate::Kind>, std::map<Date, HourlyRate>> all_;
};

/// The day whose rate an entry has: its own; of a reversal, which may lie in a later month, that of what it takes back.
Date rated_on(db::Session& db, const TimeEntry& e);

}  // namespace timesheet
}  // namespace agency
