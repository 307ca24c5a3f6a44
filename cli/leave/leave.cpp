#include "leave/leave.hpp"

#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr Option list_options[] = {{"on", "DAY", N_("Only leaves that have this day")},
                                   {"as_of", "DAY", N_("As it was on that day; default today")},
                                   {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr std::string_view list_examples[] = {"agency leave list --on today --where 'status = approved'",
                                              "agency leave list --where 'status = requested'"};

Outcome list(Invocation& in) {
    return Outcome::of(leave::list(in.workspace(), in.as_of(), in.day("on")));
}

constexpr Verb verbs[] = {
    {"list",
     N_("Leaves by employee and first day"),
     list,
     {},
     list_options,
     list_examples,
     Needs::read,
     true,
     leave::list_columns},
};

}  // namespace

extern const Noun leave_noun{"leave",
                             N_("Leave of employees; to leave the agency is employee leave"),
                             verbs,
                             leave::record,
                             leave::row_rules,
                             nullptr,
                             &leave::workflow};

}  // namespace agency::cli
