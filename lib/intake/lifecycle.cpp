#include "intake/lifecycle.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::intake {
namespace {

using enum Intake::Status;

/// INT-007: nothing becomes of it before it was opened.
void require_opened(const Move& m) {
    const Date opened{static_cast<std::int32_t>(m.row.values[record().index("opened_on")].n)};
    if (m.day >= opened) return;
    const auto number = m.row.values[record().index("number")].s;
    throw Error(Exit::refused,
                say("intake {number} was opened on {opened}, after {day}", fmt::arg("number", number),
                    fmt::arg("opened", to_string(opened)), fmt::arg("day", to_string(m.day))),
                tr("give a later --effective DAY"))
        .with_rule("INT-007")
        .with_ref(std::string(number));
}

/// Why it was deferred, lost or withdrawn stands with the assessment.
void keep_reason(const Move& m) {
    require_opened(m);
    add_change(m.op, record(), m.row.id, record().field("reason"), Value::of(m.reason), m.day);
}

constexpr std::uint8_t to(Intake::Status s) {
    return static_cast<std::uint8_t>(s);
}

constexpr Transition transitions[] = {
    {"assess", states_of({opportunity}), to(assessing), N_("Begin the assessment"), "", require_opened},
    {"defer", states_of({opportunity, assessing}), to(deferred), N_("Wait for what is missing"), "", keep_reason, true},
    {"resume", states_of({deferred}), to(assessing), N_("Go on when it has come"), "", require_opened},
    {"decide", states_of({assessing}), to(decided), N_("Decide whether it is taken on"),
     N_("scores with evidence, conflicts checked, risks mitigated; where a trigger is met, the committee's vote")},
    {"lose", states_of({opportunity, assessing, deferred}), to(lost), N_("Somebody else has got it"), "", keep_reason,
     true},
    {"withdraw", states_of({opportunity, assessing, deferred}), to(withdrawn),
     N_("The client does not want it any more"), "", keep_reason, true},
};

}  // namespace

constexpr Workflow lifecycle{record, transitions, "INT-007"};

}  // namespace agency::intake
