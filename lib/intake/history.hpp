// When an assessment or a lead came into which state.
#pragma once
#include "intake/intake.hpp"

namespace agency::intake {

struct Stay {
    std::int64_t state;  ///< index of the word
    Date from;
    std::optional<Date> until;  ///< nothing: still there
};
/// The states of a record by its dated field, from `entered` on, as known at the moment and up to its day.
std::vector<Stay> history(db::Session& db, const Record& r, std::string_view field, std::int64_t id, Date entered,
                          std::int64_t first, const AsOf& when);
/// The day from which the decision holds.
std::optional<Date> decided_on(db::Session& db, std::int64_t id, const AsOf& when);

}  // namespace agency::intake
