#include "contract/lifecycle.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "contract/gate.hpp"

namespace agency::contract {
namespace {

using enum Contract::Status;

void require_taken_on(const Move& m) {
    const auto c = to_struct<Contract>(record(), m.row);
    auto bound = c;
    bound.status = signed_;
    if (const auto why = budget::Guard(m.op.workspace()).commit(bound); !why.empty())
        throw Error(Exit::refused, why).with_rule("PRJ-040").with_ref(c.number);
    const auto why = obstacle(m.op.workspace(), {&c, bound, m.day});
    if (!why) {
        if (!c.signed_on)
            add_change(m.op, record(), m.row.id, record().field("signed_on"), Value::of(std::int64_t{m.day.days}),
                       m.day);
        return;
    }
    throw Error(
        Exit::refused,
        say("contract {number} is not signed: {why}", fmt::arg("number", c.number), fmt::arg("why", why->message)),
        !why->hint.empty()       ? why->hint
        : why->field == "intake" ? tr("agency intake list --where \"decision != ''\" shows what was decided")
                                 : tr("agency client allow raises the limit for a time"))
        .with_rule(why->rule)
        .with_ref(c.number)
        .with_field(why->field);
}

constexpr Transition transitions[] = {
    {"sign", states_of({draft, internal_review, legal_review, approved}), static_cast<std::uint8_t>(signed_),
     N_("It is signed by all"), N_("decided to be taken on, its conditions met, within the client's limit"),
     require_taken_on},
};

}  // namespace

constexpr Workflow lifecycle{record, transitions, "CON-010"};

}  // namespace agency::contract
