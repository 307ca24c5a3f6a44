#include "docket/deadline.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::docket {

Deadline compute(const RuleTerm& rule, Date trigger, bool posted, const Calendar& calendar) {
    Deadline d;
    d.start = posted ? trigger + rule.posted_days : trigger;
    d.trace = rule.code + ": " + to_string(trigger);
    if (d.start != trigger) d.trace += " posted +" + std::to_string(rule.posted_days) + "d = " + to_string(d.start);
    const auto end = end_of_term(calendar, d.start, rule.term, rule.roll);
    d.nominal = end.nominal;
    d.due = end.due;
    d.loaded = end.loaded;
    if (d.due > last_day || d.nominal > last_day)
        throw Error(Exit::usage, say("by rule {rule} it lies beyond the year 9999", fmt::arg("rule", rule.code)),
                    tr("look at the day it begins with"))
            .with_rule("CAL-001")
            .with_field("trigger_on");
    d.trace += (rule.term.count < 0 ? " " : " +") + to_string(rule.term) + " = " + to_string(d.nominal);
    if (!d.loaded)
        d.trace += "; calendar not loaded";
    else if (d.due != d.nominal)
        d.trace += "; " + std::string(to_string(calendar.kind(d.nominal))) + " -> " + to_string(d.due);
    return d;
}

}  // namespace agency::docket
