// What other rooms may ask of assessments.
#pragma once
#include <map>
#include <string>

#include "intake/meeting.hpp"

namespace agency::intake {

/// The first condition of that stage that is not met by the day; nothing when all are. Conditions are those of the last
/// version that was decided: while one that was reopened is assessed again, the old ones hold.
std::optional<IntakeCondition> open_condition(db::Session& db, std::int64_t intake, IntakeCondition::Blocks blocks,
                                              Date day);
/// Work of the project begins on that day. Error(refused, INT-008) while a before_start condition is open.
void require_start(db::Session& db, std::int64_t intake, Date day, std::string_view project);

/// Numbers of the assessments that are open or taken on, by the lead that they came of.
std::map<std::int64_t, std::string> by_lead(db::Session& db);

}  // namespace agency::intake
