// Which months are closed: what nothing may be written into. Closing and reopening them is the noun `period`.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "db/session.hpp"

namespace agency::period {

constexpr Month first_month{12};  ///< 0001-01

/// The last closed month; nothing when none is closed.
std::optional<Month> closed_through(db::Session& db);
/// The first day on which facts may be entered; nothing when every day is open.
std::optional<Date> first_open_day(db::Session& db);
/// Throws Error(refused) by `rule` when the day lies in a closed month. `what` is the field's key.
void require_open(db::Session& db, Date day, std::string_view what, std::string_view rule = "PER-001");
/// The sentence of PER-001 for an import; empty when the day is open.
std::string closed_message(std::optional<Month> closed, Date day);
/// What to do about it.
std::string reopen_hint(Date day);
/// The last month closed by the last event that meets an SQL condition on `period_event AS e`.
std::optional<Month> closed_by(db::Session& db, std::string_view condition);

}  // namespace agency::period
