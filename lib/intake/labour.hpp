// 人工成本 of an assessment in parts: hours of people, positions or grades, each at what an hour costs.
#pragma once
#include "intake/parts.hpp"

namespace agency {

struct IntakeLabour {
    Id<IntakeLabour> id;
    std::string number;
    Id<Intake> intake;
    std::string who;         ///< an employee's number, a position's code, or a grade in words
    std::int64_t hours = 0;  ///< hundredths
    std::int64_t rate = 0;   ///< minor units an hour, as it was when the line was entered
    Date entered_on;
};

namespace intake {

const Record& labour_record();
/// The last line of each person, position or grade, in order of their names.
std::vector<IntakeLabour> labour_of(db::Session& db, std::int64_t intake, const AsOf& when);
/// Σ hours × cost rate in minor units, rounded once.
std::int64_t cost_of(std::span<const IntakeLabour> lines);
/// The estimate with its labour cost as typed, or as its lines come to.
Estimate estimate_of(db::Session& db, const Intake& i, const AsOf& when);

/// A line of `WHO=HOURS[@RATE]`: an employee by number or exact name, a position by code (the mean of who holds it),
/// each at the cost rates of the day on which the assessment was opened; with a rate of its own, any grade.
/// Error(usage, INT-016) when the labour cost was typed, Error(not_found) for who is nobody or has no rate. Answers its
/// number.
std::string add_labour(Operation& op, const Intake& i, std::string_view text);

}  // namespace intake
}  // namespace agency
