#include "contract/gate.hpp"

#include "base/translate.hpp"
#include "intake/facts.hpp"
#include "intake/history.hpp"
#include "intake/settings.hpp"
#include "kyc/facts.hpp"

namespace agency::contract {
namespace {

using Blocks = IntakeCondition::Blocks;

std::optional<Obstacle> open_condition(Workspace& w, std::int64_t intake, Blocks blocks) {
    const auto open = intake::open_condition(w.db(), intake, blocks, w.today());
    if (!open) return std::nullopt;
    return Obstacle{"intake", "INT-008",
                    say("condition {number} is not satisfied: {text}", fmt::arg("number", open->number),
                        fmt::arg("text", open->condition))};
}

bool required(const intake::Policy& policy, Came came) {
    return policy.required == intake::Required::on ||
           (policy.required == intake::Required::sign && came == Came::from_draft);
}

std::optional<Obstacle> decision(Workspace& w, const Contract& c, const intake::Policy& policy, Came came) {
    if (!c.intake)
        return required(policy, came)
                   ? std::optional(Obstacle{"intake", "INT-001", tr("no assessment says that it is taken on")})
                   : std::nullopt;
    const auto last = intake::latest_version(w.db(), c.intake.value, {w.today()});
    const auto row = find_row(w.db(), intake::record(), last, {w.today()});
    const auto i = to_struct<Intake>(intake::record(), *row);
    if (row->voided(w.today()))
        return Obstacle{"intake", "INT-001", say("assessment {number} is voided", fmt::arg("number", i.number))};
    if (i.client != c.client)
        return Obstacle{"intake", "INT-001",
                        say("assessment {number} is of another client", fmt::arg("number", i.number))};
    if (i.status != Intake::Status::decided || !i.decision || *i.decision == intake::Decision::no_go)
        return Obstacle{
            "intake", "INT-001",
            say("assessment {number} does not say that it is taken on: it is {state}", fmt::arg("number", i.number),
                fmt::arg("state", i.decision ? intake::to_string(*i.decision) : intake::to_string(i.status)))};
    const auto day = intake::decided_on(w.db(), i.id.value, {w.today()});
    if (day && w.today() - *day >= policy.valid_days)
        return Obstacle{"intake", "INT-002",
                        say("assessment {number} was decided on {day}, {days} days ago", fmt::arg("number", i.number),
                            fmt::arg("day", to_string(*day)), fmt::arg("days", w.today() - *day))};
    return open_condition(w, i.id.value, Blocks::before_sign);
}

}  // namespace

std::optional<Obstacle> obstacle(Workspace& w, const Contract& c, Contract::Status from, Contract::Status to,
                                 Came came) {
    using enum Contract::Status;
    if (c.direction == Contract::Direction::expense || to == from || to == draft || to == cancelled || to == voided)
        return std::nullopt;
    if (from == draft) {
        if (auto why = decision(w, c, intake::policy(w.rules(), c.currency), came)) return why;
        const auto row = find_row(w.db(), client::record(), c.client.value, {w.today()});
        if (!row) return std::nullopt;  // made of its name by the same file
        if (c.amount && c.currency == to_struct<Client>(client::record(), *row).currency)
            if (auto why = kyc::hold(w, c.client.value, *c.amount, {w.today()}))
                return Obstacle{"amount", why->rule, std::move(why->message)};
    }
    if (to == performing && c.intake) return open_condition(w, c.intake.value, Blocks::before_start);
    return std::nullopt;
}

}  // namespace agency::contract
