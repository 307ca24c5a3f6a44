#include "status/status.hpp"

#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "record/fail_if.hpp"

namespace agency::cli {
namespace {

constexpr Option due_options[] = {{"as_of", "DAY", N_("As it was on that day; default today")},
                                  {"known_at", "INSTANT", N_("As it was known then; default now")},
                                  {"fail_if", "COND", N_("Exit 1 when a row holds, e.g. 'missed > 1'")}};
constexpr std::string_view due_examples[] = {"agency status due --fail-if 'missed > 1'"};

Outcome due(Invocation& in) {
    auto outcome = Outcome::of(status::due(in.workspace(), in.as_of()));
    fail_if_row(in, outcome);
    return outcome;
}

constexpr Verb verbs[] = {
    {"due",
     N_("Reports of running projects that are due; two missed in a row have gone up"),
     due,
     {},
     due_options,
     due_examples,
     Needs::read,
     true,
     status::due_columns},
};

}  // namespace

extern const Noun status_noun{"status", N_("Status reports that were issued, and those that are due"), verbs,
                              status::record, status::row_rules};

}  // namespace agency::cli
