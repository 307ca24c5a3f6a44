#include "kyc/credit.hpp"

#include <algorithm>

#include "base/translate.hpp"
#include "cost/facts.hpp"
#include "kyc/kyc.hpp"
#include "receivable/book.hpp"
#include "timesheet/wip.hpp"
#include "workspace/home_currency.hpp"

namespace agency::kyc {
namespace {

std::optional<std::int64_t> allowed(db::Session& db, std::int64_t client, const AsOf& when) {
    std::optional<std::int64_t> amount;
    std::vector<std::int64_t> ids;
    db.each(
        "SELECT id FROM credit_override AS r WHERE client = $1 AND starts_on <= $2 AND expires_on >= $2 AND operation "
        "<= "
        "$3 AND " +
            listed(override_record(), "r", "$3") + " ORDER BY id",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, client, when.day, when.operation);
    for (const auto id : ids)
        if (const auto row = find_row(db, override_record(), id, when); row && !row->voided(when.day))
            amount = to_struct<CreditOverride>(override_record(), *row).amount;
    return amount;
}

/// 垫付: as the check says, and what the books show since: official fees paid for its projects, less what of them was
/// invoiced.
std::int64_t advances_of(db::Session& db, const Client& c, const std::optional<Kyc>& check, const AsOf& when) {
    const auto entered = check ? check->advances.value_or(0) : 0;
    const Date since = check ? check->refreshed_on : beginning;
    const auto paid = cost::official_fees(db, c.id.value, c.currency, since, when);
    if (paid == 0) return entered;
    const auto invoiced = invoice::laid_out_invoiced(db, c.id.value, c.currency, since, when);
    return std::max<std::int64_t>(0, add_checked(entered, add_checked(paid, -invoiced)));
}

/// The lesser of the rating's limit and the client's own.
std::optional<std::int64_t> limit_of(const Client& c, const std::optional<std::int64_t>& by_rating) {
    if (!c.credit_limit || !by_rating) return c.credit_limit ? c.credit_limit : by_rating;
    return std::min(*c.credit_limit, *by_rating);
}

}  // namespace

OpenBooks::OpenBooks(Workspace& w, const AsOf& when)
    : w_(w), when_(when), billed_(invoice::net_billings(w.db(), add_years(when.day, -1) + 1, when.day, when)) {
    const auto book = receivable::open_book(w.db(), when);
    for (const auto& i : book.items) {
        auto& e = open_[{i.client, i.currency}];
        auto& sum = i.due_on < when.day.days ? e.overdue : e.not_due;
        sum = add_checked(sum, i.open);
    }
    for (const auto& u : book.unapplied) open_[{u.client, u.currency}].prepaid = u.amount;
    each_row(w.db(), project::record(), when, [&](const Row& row) {
        auto p = to_struct<Project>(project::record(), row);
        if (!row.voided(when.day) && p.open())
            projects_[{p.client.value, packed_code(p.currency.code())}].push_back(std::move(p));
    });
}

std::int64_t OpenBooks::unbilled_of(const Client& c, const std::optional<Kyc>& check) {
    if (const auto it = projects_.find({c.id.value, packed_code(c.currency.code())}); it != projects_.end())
        if (const auto worked = timesheet::work_in_progress(w_.db(), it->second, when_)) return *worked;
    return check ? check->unbilled.value_or(0) : 0;
}

/// What is allowed for a time lets a client owe more, and never less.
Credit OpenBooks::credit_of(const Client& c) {
    auto out = usual_credit_of(c);
    if (const auto amount = allowed(w_.db(), c.id.value, when_); amount && amount >= out.limit) {
        out.limit = amount;
        out.overridden = true;
    }
    return out;
}

Credit OpenBooks::usual_credit_of(const Client& c) {
    const auto p = policy(w_.rules(), c.currency);
    const std::pair key(c.id.value, packed_code(c.currency.code()));
    Credit out;
    if (const auto it = open_.find(key); it != open_.end()) out.exposure = it->second;
    const auto last = last_check(w_.db(), c.id.value, when_);
    std::optional<std::int64_t> by_rating;
    if (last) {
        out.rating = rating_of(w_, c.id.value, when_);
        const auto letter = static_cast<std::size_t>(*out.rating);
        out.term_days = p.term_days[letter];
        out.prepaid = p.prepaid[letter];
        out.refreshed_on = last->refreshed_on;
        out.due_on = next_due(*out.rating, last->refreshed_on, p);
        out.exposure.deposits = last->deposits.value_or(0);
        const auto it = billed_.find(key);
        const bool by_cap = it == billed_.end() && w_.rules().text(first_limit) == "cap";
        by_rating = by_cap ? p.cap[letter] : credit_limit(*out.rating, it == billed_.end() ? 0 : it->second, p);
    }
    out.exposure.unbilled = unbilled_of(c, last);
    out.exposure.advances = advances_of(w_.db(), c, last, when_);
    out.limit = limit_of(c, by_rating);
    return out;
}

std::vector<Credit> credits_of(Workspace& w, std::span<const Client> clients, const AsOf& when) {
    OpenBooks books(w, when);
    std::vector<Credit> all;
    for (const Client& c : clients) all.push_back(books.credit_of(c));
    return all;
}

Credit credit_of(Workspace& w, std::int64_t client, const AsOf& when) {
    const auto c = to_struct<Client>(client::record(), *find_row(w.db(), client::record(), client, when));
    return credits_of(w, std::span(&c, 1), when).front();
}

std::string beyond(const Rules& rules, const Client& c, std::int64_t sum, std::int64_t limit) {
    const int digits = c.currency.digits();
    auto sentence = say("client {code} would owe {sum} {currency}, its limit is {limit}", fmt::arg("code", c.code),
                        fmt::arg("sum", to_plain(sum, digits)), fmt::arg("currency", c.currency.code()),
                        fmt::arg("limit", to_plain(limit, digits)));
    if (limit > 0 || limit_in(rules, 0, c.currency)) return sentence;
    return sentence + ": " + no_rate_of(rules, c.currency);
}

std::optional<Hold> hold(Workspace& w, std::int64_t client, std::int64_t more, const AsOf& when) {
    const auto row = find_row(w.db(), client::record(), client, when);
    const auto c = to_struct<Client>(client::record(), *row);
    if (!c.credit_limit && !last_check(w.db(), client, when) && !allowed(w.db(), client, when)) return std::nullopt;
    const auto credit = OpenBooks(w, when).credit_of(c);
    if (credit.due_on && *credit.due_on < when.day)
        return Hold{"KYC-010",
                    say("client {code} was looked at on {day} and is due again since {due}", fmt::arg("code", c.code),
                        fmt::arg("day", to_string(*credit.refreshed_on)), fmt::arg("due", to_string(*credit.due_on)))};
    if (!credit.limit) return std::nullopt;
    const auto then = add_checked(credit.exposure.sum(), more);
    if (then <= *credit.limit) return std::nullopt;
    return Hold{"KYC-020", beyond(w.rules(), c, then, *credit.limit)};
}

}  // namespace agency::kyc
