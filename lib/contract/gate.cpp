#include "contract/gate.hpp"

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "intake/facts.hpp"
#include "intake/history.hpp"
#include "intake/settings.hpp"
#include "kyc/facts.hpp"

namespace agency::contract {
namespace {

using Blocks = IntakeCondition::Blocks;
using Amount = std::optional<std::int64_t>;

std::optional<Obstacle> open_condition(Workspace& w, std::int64_t intake, Blocks blocks, Date day) {
    const auto open = intake::open_condition(w.db(), intake, blocks, day);
    if (!open) return std::nullopt;
    return Obstacle{"intake", "INT-008",
                    say("condition {number} is not satisfied: {text}", fmt::arg("number", open->number),
                        fmt::arg("text", open->condition)),
                    say("agency intake satisfy {number} --evidence TEXT", fmt::arg("number", open->number))};
}

std::string reassess(const Intake& i) {
    return say("agency intake reopen {number} --reason TEXT makes a new version to be assessed",
               fmt::arg("number", i.number));
}

/// INT-015: a decision is on what was assessed, and so much more.
std::optional<Obstacle> beyond_assessed(const Contract& c, Amount amount, const Intake& i, std::int64_t slack) {
    if (!amount || !i.amount) return std::nullopt;
    if (c.currency.code() != i.currency.code())
        return Obstacle{
            "currency", "INT-015",
            say("assessment {number} is in {assessed}, the contract in {currency}", fmt::arg("number", i.number),
                fmt::arg("assessed", i.currency.code()), fmt::arg("currency", c.currency.code())),
            reassess(i)};
    constexpr std::int64_t million = 1'000'000;
    if (static_cast<__int128>(*amount) * million <= static_cast<__int128>(*i.amount) * (million + slack))
        return std::nullopt;
    const int digits = c.currency.digits();
    return Obstacle{
        "amount", "INT-015",
        say("assessment {number} is on {assessed}, which {amount} is too far above", fmt::arg("number", i.number),
            fmt::arg("assessed", to_plain(*i.amount, digits)), fmt::arg("amount", to_plain(*amount, digits))),
        reassess(i)};
}

/// Nobody works on it.
bool idle(Contract::Status s) {
    using enum Contract::Status;
    return s == draft || s == cancelled || s == voided;
}

/// It is being made ready here, and not signed yet.
bool prepared(Contract::Status s) {
    using enum Contract::Status;
    return s == draft || s == internal_review || s == legal_review || s == approved;
}

bool counts(const Contract& c) {
    return c.intake && !idle(c.status);
}

/// Its stays in each state, also those to come.
std::vector<intake::Stay> stays(db::Session& db, const Contract& c) {
    const auto entered = find_row(db, record(), c.id.value, AsOf{beginning});
    return intake::history(db, record(), "status", c.id.value, beginning, entered->values[record().index("status")].n,
                           {});
}

/// Whether it went beyond draft since it was last in it: what is cancelled as a draft, or void, is none the less one.
bool left_draft(db::Session& db, const Contract& c) {
    bool left = false;
    for (const auto& stay : stays(db, c)) {
        const auto status = static_cast<Contract::Status>(stay.state);
        left = status == Contract::Status::draft ? false : left || !idle(status);
    }
    return left;
}

/// Whether it is beyond being made ready, now or from a known day on, and the day on which that began; no day where it
/// came signed.
struct Left {
    bool beyond = false;
    std::optional<Date> on;
};
Left left_preparation(db::Session& db, const Contract& c) {
    Left left;
    for (const auto& stay : stays(db, c)) {
        const auto status = static_cast<Contract::Status>(stay.state);
        left.beyond = !prepared(status) && !idle(status);
        if (prepared(status)) left.on = stay.until;
    }
    return left;
}

/// The most that is agreed from the day on, as far as it was known at an operation.
Amount most_from(db::Session& db, const Contract& c, Date day, std::int64_t known = AsOf{}.operation) {
    Amount most = c.amount;
    if (!c.id) return most;
    for (auto next = later_change(db, record(), c.id.value, "amount", day); next;
         next = later_change(db, record(), c.id.value, "amount", *next))
        most = std::max(most,
                        to_struct<Contract>(record(), *find_row(db, record(), c.id.value, AsOf{*next, known})).amount);
    return most;
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

bool required(const intake::Policy& policy, bool from_draft) {
    return policy.required == intake::Required::on || (policy.required == intake::Required::sign && from_draft);
}

std::optional<Obstacle> undecided(std::string message, std::string hint = {}) {
    return Obstacle{"intake", "INT-001", std::move(message), std::move(hint)};
}

/// INT-001, INT-002, INT-015 and INT-008 of what leaves draft, or is so linked, from that day on.
std::optional<Obstacle> decision(Workspace& w, const Contract& c, Amount amount, const intake::Policy& policy,
                                 bool from_draft, Date day) {
    if (!c.intake)
        return required(policy, from_draft) ? undecided(tr("no assessment says that it is taken on")) : std::nullopt;
    const auto last = intake::latest_version(w.db(), c.intake.value, {w.today()});
    const auto row = find_row(w.db(), intake::record(), last, {w.today()});
    const auto i = to_struct<Intake>(intake::record(), *row);
    if (row->voided(w.today())) return undecided(say("assessment {number} is voided", fmt::arg("number", i.number)));
    if (i.client != c.client)
        return undecided(say("assessment {number} is of another client", fmt::arg("number", i.number)));
    if (i.status != Intake::Status::decided || !i.decision || *i.decision == intake::Decision::no_go)
        return undecided(
            say("assessment {number} does not say that it is taken on: it is {state}", fmt::arg("number", i.number),
                fmt::arg("state", i.decision ? intake::to_string(*i.decision) : intake::to_string(i.status))));
    const auto decided = intake::decided_on(w.db(), i.id.value, {w.today()});
    if (decided && *decided > day)
        return undecided(
            say("assessment {number} was decided on {decided}, which is after {day}", fmt::arg("number", i.number),
                fmt::arg("decided", to_string(*decided)), fmt::arg("day", to_string(day))),
            say("give the day from which it holds: --effective {day}", fmt::arg("day", to_string(*decided))));
    if (decided && day - *decided >= policy.valid_days)
        return Obstacle{"intake", "INT-002",
                        day > w.today()
                            ? say("assessment {number} was decided on {decided}, {days} {days:day|days} before {day}",
                                  fmt::arg("number", i.number), fmt::arg("decided", to_string(*decided)),
                                  fmt::arg("days", Count(day - *decided)), fmt::arg("day", to_string(day)))
                            : say("assessment {number} was decided on {day}, {days} {days:day|days} ago",
                                  fmt::arg("number", i.number), fmt::arg("day", to_string(*decided)),
                                  fmt::arg("days", Count(day - *decided))),
                        reassess(i)};
    if (auto why = beyond_assessed(c, amount, i, policy.amount_slack)) return why;
    if (auto why = used_already(w, c, i, row->operation)) return why;
    return open_condition(w, i.id.value, Blocks::before_sign, day);
}

/// KYC-010 and KYC-020 of what would come to be owed.
std::optional<Obstacle> beyond_credit(Workspace& w, const Contract& c, Amount amount, const intake::Policy& policy,
                                      bool from_draft) {
    const auto row = find_row(w.db(), client::record(), c.client.value, {w.today()});
    if (!row) return std::nullopt;  // made of its name by the same file
    if (required(policy, from_draft) && !kyc::looked_at(w.db(), c.client.value, {w.today()}))
        return Obstacle{"client", "KYC-010", tr("the client was never looked at"),
                        tr("agency kyc add enters what was found out")};
    if (amount && c.currency == to_struct<Client>(client::record(), *row).currency)
        if (auto why = kyc::hold(w, c.client.value, *amount, {w.today()}))
            return Obstacle{"amount", why->rule, std::move(why->message),
                            tr("agency client allow raises the limit for a time")};
    return std::nullopt;
}

/// INT-001 and INT-015 of a contract that is signed already: it keeps what it rests on.
std::optional<Obstacle> other_ground(Workspace& w, const Step& s, const intake::Policy& policy) {
    const Contract& c = s.after;
    const bool linked = c.intake != s.before->intake;
    if (!linked && takes_decision(s.before, c)) {  // it was given up, and is put back
        const auto last = intake::latest_version(w.db(), c.intake.value, {w.today()});
        const auto row = find_row(w.db(), intake::record(), last, {w.today()});
        return used_already(w, c, to_struct<Intake>(intake::record(), *row), row->operation);
    }
    if (!linked && (!c.intake || c.amount == s.before->amount)) return std::nullopt;
    const auto left = left_preparation(w.db(), c);
    if (!left.beyond) return std::nullopt;
    if (linked && !c.intake && left.on)
        return undecided(tr("it was taken on by an assessment, and keeps it"),
                         tr("another one that says so may take its place: --set intake=NUMBER"));
    if (linked) return decision(w, c, c.amount, policy, left.on.has_value(), std::max(s.day, w.today()));
    if (!left.on || s.day > *left.on) return std::nullopt;  // agreed later, or elsewhere
    const auto row = find_row(w.db(), intake::record(), c.intake.value, {w.today()});
    if (auto why = beyond_assessed(c, c.amount, to_struct<Intake>(intake::record(), *row), policy.amount_slack))
        return why;
    return beyond_credit(w, c, c.amount, policy, true);
}

}  // namespace

bool takes_decision(const Contract* before, const Contract& c) {
    return c.kind != Contract::Kind::framework && counts(c) &&
           !(before && counts(*before) && before->intake == c.intake);
}

std::optional<Obstacle> obstacle(Workspace& w, const Step& s) {
    using enum Contract::Status;
    const Contract& c = s.after;
    const auto from = s.before ? s.before->status : draft, to = c.status;
    if (c.direction == Contract::Direction::expense) return std::nullopt;
    const auto policy = intake::policy(w.rules(), c.currency);
    if (from != to && !idle(to) &&
        (from == draft || (prepared(from) && !prepared(to)) || (idle(from) && !left_draft(w.db(), c)))) {
        const auto amount = most_from(w.db(), c, s.day);
        if (auto why = decision(w, c, amount, policy, s.before != nullptr, s.day)) return why;
        if (auto why = beyond_credit(w, c, amount, policy, s.before != nullptr)) return why;
    } else if (s.before) {
        if (auto why = other_ground(w, s, policy)) return why;
    }
    if (to == performing && from != to && c.intake)
        return open_condition(w, c.intake.value, Blocks::before_start, s.day);
    return std::nullopt;
}

namespace {

/// INT-015: an undo of what was entered before it left preparation agrees to no more from a later day on than the
/// decision was on. What was entered since is a matter of change requests.
std::optional<Obstacle> raised_again(Operation& op, const Contract& before, const Contract& after, Date day) {
    auto& db = op.db();
    const auto entered = intake::turned(op, record(), after.id.value, "amount");
    if (!entered || !after.intake || !left_preparation(db, after).beyond) return std::nullopt;
    const auto then = find_row(db, record(), after.id.value, AsOf{last_day, *entered});
    if (!then || !prepared(to_struct<Contract>(record(), *then).status)) return std::nullopt;
    const auto i = to_struct<Intake>(intake::record(), *find_row(db, intake::record(), after.intake.value, {}));
    const auto slack = intake::policy(op.workspace().rules(), after.currency).amount_slack;
    if (beyond_assessed(before, most_from(db, before, day, op.id() - 1), i, slack)) return std::nullopt;
    return beyond_assessed(after, most_from(db, after, day), i, slack);
}

}  // namespace

void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    budget::settle_contracts(op, first, last, touched);
    auto& db = op.db();
    for (const auto id : touched) {
        const auto now = find_row(db, record(), id, {});
        const auto day = left_preparation(db, to_struct<Contract>(record(), *now)).on.value_or(op.workspace().today());
        const auto was = find_row(db, record(), id, AsOf{day, op.id() - 1}), is = find_row(db, record(), id, AsOf{day});
        if (!was || now->voided_on) continue;
        const auto before = to_struct<Contract>(record(), *was), after = to_struct<Contract>(record(), *is);
        auto why = obstacle(op.workspace(), {&before, after, day});
        if (!why) why = raised_again(op, before, after, day);
        // How old a decision is now, and what the client owes now, was judged when it was used.
        if (!why || why->rule == "INT-002" || why->rule.starts_with("KYC")) continue;
        throw Error(Exit::refused,
                    say("contract {number}: {why}", fmt::arg("number", after.number), fmt::arg("why", why->message)),
                    why->hint)
            .with_rule(why->rule)
            .with_ref(after.number);
    }
}

}  // namespace agency::contract
