#include "timesheet/rate.hpp"

#include "app/command.hpp"
#include "base/translate.hpp"

namespace agency::cli {

extern const Noun rate_noun{
    "rate", N_("What an hour of a person costs and is charged at"), {}, timesheet::rate_record, timesheet::rate_rules};

}  // namespace agency::cli
