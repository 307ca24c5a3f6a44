// Hours that plans ask of people, day by day.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "leave/facts.hpp"
#include "project/plan.hpp"

namespace agency::project {

/// The n-th of `parts` shares of a whole that cannot be split evenly; all of them make the whole.
constexpr std::int64_t share(std::int64_t whole, std::int64_t n, std::int64_t parts) {
    return static_cast<std::int64_t>(static_cast<__int128>(whole) * (n + 1) / parts -
                                     static_cast<__int128>(whole) * n / parts);
}

/// What a leaf asks of the k-th of its people on its n-th day, in hundredths of an hour: its effort in even shares, or
/// whole days of `day_hours` where it has none.
std::int64_t hours_on(const PlanTask& t, std::size_t person, schedule::Time n, std::int64_t day_hours);

/// Hundredths of an hour by person and day.
using Hours = std::map<std::string, std::map<Date, std::int64_t>>;
void add_hours(Hours& hours, const Plan& plan, const std::function<bool(Date)>& works, std::int64_t day_hours);

/// What projects ask of people together. A project whose plan is none now is left out and told, as own_fault() says it:
/// it holds up no other.
struct Asked {
    Hours hours;
    std::vector<std::string> left_out;
};
/// Of the running ones that count; `each` (may be empty) is given every plan and the days on which it is worked.
using Works = std::function<bool(Date)>;
Asked asked_by(db::Session& db, const AsOf& when, WorkDays& days, std::int64_t day_hours,
               const std::function<bool(const Project&)>& counts,
               const std::function<void(const Plan&, const Works&)>& each = {});

/// What people can give: the office's hours by what they hold of positions, whole days where they hold none; less
/// approved leave.
class Staff {
public:
    Staff(db::Session& db, const AsOf& when, std::int64_t day_hours);
    /// Hundredths of an hour on a day that is worked; 0 for who is not employed, or unknown.
    std::int64_t hours(const std::string& number, Date day) const;
    /// What approved leave takes of them.
    std::int64_t leave(const std::string& number, Date day) const;
    std::string name(const std::string& number) const;
    /// The last day on which what somebody can give differs from later days.
    Date varies_until(const std::string& number) const;

private:
    struct Share {
        Date from, to;
        std::int64_t fte;  ///< hundredths
    };
    struct Person {
        Employee employee;
        std::vector<Share> shares;
        std::vector<leave::Absence> away;
    };
    std::int64_t present(const Person& p, Date day) const;
    const Person* find(const std::string& number) const;

    std::int64_t day_hours_;
    std::map<std::string, Person> people_;
};

/// Projects that ask for people: neither closed, cancelled nor suspended; ids.
std::vector<std::int64_t> running(db::Session& db, const AsOf& when);

}  // namespace agency::project
