#include "workspace/closed_months.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::period {

std::optional<Month> closed_by(db::Session& db, std::string_view condition) {
    std::optional<Month> closed;
    db.each("SELECT month, action FROM period_event AS e" + std::string(condition) + " ORDER BY id DESC LIMIT 1",
            [&](db::Statement& row) {
                closed = parse_month(row.text(0));
                if (row.text(1) == "reopen") --closed->index;
            });
    return closed && *closed < first_month ? std::nullopt : closed;
}

std::optional<Month> closed_through(db::Session& db) {
    return closed_by(db, "");
}

std::optional<Date> first_open_day(db::Session& db) {
    const auto closed = closed_through(db);
    return closed ? std::optional(closed->last() + 1) : std::nullopt;
}

std::string closed_message(std::optional<Month> closed, Date day) {
    if (!closed || day > closed->last()) return {};
    return say("{day} lies in a closed period; everything up to {month} is closed", fmt::arg("day", to_string(day)),
               fmt::arg("month", to_string(*closed)));
}

std::string reopen_hint(Date day) {
    return say("give a later day, or reopen the month: agency period reopen {month}",
               fmt::arg("month", to_string(month_of(day))));
}

void require_open(db::Session& db, Date day, std::string_view what, std::string_view rule) {
    const auto closed = closed_through(db);
    if (closed && day <= closed->last())
        throw Error(Exit::refused, closed_message(closed, day), reopen_hint(day)).with_rule(rule).with_field(what);
}

}  // namespace agency::period
