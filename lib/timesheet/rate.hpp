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

/// The rates known at a moment; those of a person are read when they are first asked for.
class Rates {
public:
    Rates(db::Session& db, const AsOf& when) : db_(db), when_(when) {}
    /// In force on that day; nullptr when there is none.
    const HourlyRate* find(Id<Employee> employee, HourlyRate::Kind kind, Date day);

private:
    using OfPerson = std::map<HourlyRate::Kind, std::map<Date, HourlyRate>>;

    db::Session& db_;
    AsOf when_;
    std::map<std::int64_t, OfPerson> all_;  ///< by employee
};

/// What hours are worth: a sum of hundredths of an hour × minor units an hour, rounded half up once. Error(usage) when
/// it is more than an amount can be.
using Worth = __int128;
std::int64_t worth(Worth sum);

/// The day whose rate an entry has: its own; of a reversal, which may lie in a later month, that of what it takes back.
Date rated_on(db::Session& db, const TimeEntry& e);

}  // namespace timesheet
}  // namespace agency
