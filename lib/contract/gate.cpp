#include "contract/gate.hpp"

#include "base/money.hpp"
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
                        fmt::arg("text", open->condition)),
                    say("agency intake satisfy {number} --evidence TEXT", fmt::arg("number", open->number))};
}

std::string reassess(const Intake& i) {
    return say("agency intake reopen {number} makes a new version to be assessed", fmt::arg("number", i.number));
}

/// INT-015: a decision is on what was assessed, and so much more.
std::optional<Obstacle> beyond_assessed(const Contract& c, const Intake& i, std::int64_t slack) {
    if (!c.amount || !i.amount) return std::nullopt;
    if (c.currency.code() != i.currency.code())
        return Obstacle{
            "currency", "INT-015",
            say("assessment {number} is in {assessed}, the contract in {currency}", fmt::arg("number", i.number),
                fmt::arg("assessed", i.currency.code()), fmt::arg("currency", c.currency.code())),
            reassess(i)};
    constexpr std::int64_t million = 1'000'000;
    if (static_cast<__int128>(*c.amount) * million <= static_cast<__int128>(*i.amount) * (million + slack))
        return std::nullopt;
    const int digits = c.currency.digits();
    return Obstacle{
        "amount", "INT-015",
        say("assessment {number} is on {assessed}, which {amount} is too far above", fmt::arg("number", i.number),
            fmt::arg("assessed", to_plain(*i.amount, digits)), fmt::arg("amount", to_plain(*c.amount, digits))),
        reassess(i)};
}

/// Nobody works on it.
bool idle(Contract::Status s) {
    using enum Contract::Status;
    return s == draft || s == cancelled || s == voided;
}

bool counts(const Contract& c) {
    return c.intake && !idle(c.status);
}

/// Whether it went beyond draft since it was last in it: what is cancelled as a draft, or void, is none the less one.
bool left_draft(db::Session& db, const Contract& c) {
    if (!c.id) return false;
    const auto entered = find_row(db, record(), c.id.value, AsOf{beginning});
    bool left = false;
    for (const auto& stay : intake::history(db, record(), "status", c.id.value, beginning,
                                            entered->values[record().index("status")].n, {})) {
        const auto status = static_cast<Contract::Status>(stay.state);
        left = status == Contract::Status::draft ? false : left || !idle(status);
    }
    return left;
}

/// INT-015: a decision takes on one contract; a framework and what is ordered under it share one. What had left draft
/// when this version was opened rests on an older one.
std::optional<Obstacle> used_already(Workspace& w, const Contract& c, const Intake& i, std::int64_t opened_by) {
    if (c.kind == Contract::Kind::framework) return std::nullopt;
    std::string other;
    bool framework = false;
    each_row_of(w.db(), record(), "client", c.client.value, {w.today()}, [&](const Row& row) {
        const auto x = to_struct<Contract>(record(), row);
        if (x.id.value == c.id.value || row.voided(w.today()) || !counts(x)) return;
        if (intake::latest_version(w.db(), x.intake.value, {w.today()}) != i.id.value) return;
        const auto then = find_row(w.db(), record(), row.id, {w.today(), opened_by});
        if (i.reopens && then && counts(to_struct<Contract>(record(), *then))) return;
        framework = framework || x.kind == Contract::Kind::framework;
        if (other.empty()) other = x.number;
    });
    if (other.empty() || framework) return std::nullopt;
    return Obstacle{"intake", "INT-015",
                    say("by assessment {number} contract {contract} was taken on already", fmt::arg("number", i.number),
                        fmt::arg("contract", other)),
                    reassess(i)};
}

bool required(const intake::Policy& policy, Came came) {
    return policy.required == intake::Required::on ||
           (policy.required == intake::Required::sign && came == Came::from_draft);
}

std::optional<Obstacle> decision(Workspace& w, const Contract& c, const intake::Policy& policy, Came came) {
    if (!c.intake)
        return required(policy, came)
                   ? std::optional(Obstacle{"intake", "INT-001", tr("no assessment says that it is taken on"), {}})
                   : std::nullopt;
    const auto last = intake::latest_version(w.db(), c.intake.value, {w.today()});
    const auto row = find_row(w.db(), intake::record(), last, {w.today()});
    const auto i = to_struct<Intake>(intake::record(), *row);
    if (row->voided(w.today()))
        return Obstacle{"intake", "INT-001", say("assessment {number} is voided", fmt::arg("number", i.number)), {}};
    if (i.client != c.client)
        return Obstacle{
            "intake", "INT-001", say("assessment {number} is of another client", fmt::arg("number", i.number)), {}};
    if (i.status != Intake::Status::decided || !i.decision || *i.decision == intake::Decision::no_go)
        return Obstacle{
            "intake",
            "INT-001",
            say("assessment {number} does not say that it is taken on: it is {state}", fmt::arg("number", i.number),
                fmt::arg("state", i.decision ? intake::to_string(*i.decision) : intake::to_string(i.status))),
            {}};
    const auto day = intake::decided_on(w.db(), i.id.value, {w.today()});
    if (day && w.today() - *day >= policy.valid_days)
        return Obstacle{
            "intake", "INT-002",
            say("assessment {number} was decided on {day}, {days} {days:day|days} ago", fmt::arg("number", i.number),
                fmt::arg("day", to_string(*day)), fmt::arg("days", Count(w.today() - *day))),
            reassess(i)};
    if (auto why = beyond_assessed(c, i, policy.amount_slack)) return why;
    if (auto why = used_already(w, c, i, row->operation)) return why;
    return open_condition(w, i.id.value, Blocks::before_sign);
}

}  // namespace

std::optional<Obstacle> obstacle(Workspace& w, const Contract& c, Contract::Status from, Contract::Status to,
                                 Came came) {
    using enum Contract::Status;
    if (c.direction == Contract::Direction::expense || to == from || idle(to)) return std::nullopt;
    if (from == draft || (idle(from) && !left_draft(w.db(), c))) {
        const auto policy = intake::policy(w.rules(), c.currency);
        if (auto why = decision(w, c, policy, came)) return why;
        const auto row = find_row(w.db(), client::record(), c.client.value, {w.today()});
        if (!row) return std::nullopt;  // made of its name by the same file
        if (required(policy, came) && !kyc::looked_at(w.db(), c.client.value, {w.today()}))
            return Obstacle{"client", "KYC-010", tr("the client was never looked at"),
                            tr("agency kyc add enters what was found out")};
        if (c.amount && c.currency == to_struct<Client>(client::record(), *row).currency)
            if (auto why = kyc::hold(w, c.client.value, *c.amount, {w.today()}))
                return Obstacle{"amount", why->rule, std::move(why->message), {}};
    }
    if (to == performing && c.intake) return open_condition(w, c.intake.value, Blocks::before_start);
    return std::nullopt;
}

}  // namespace agency::contract
