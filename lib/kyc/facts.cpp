#include "kyc/facts.hpp"

#include "base/text.hpp"
#include "base/translate.hpp"
#include "invoice/facts.hpp"
#include "kyc/kyc.hpp"
#include "receivable/book.hpp"

namespace agency::kyc {
namespace {

/// The last check on or before the day.
std::optional<Kyc> last_check(db::Session& db, std::int64_t client, const AsOf& when) {
    std::optional<Kyc> last;
    std::vector<std::int64_t> ids;
    db.each(
        "SELECT id FROM kyc AS r WHERE client = $1 AND refreshed_on <= $2 AND operation <= $3 AND " +
            listed(record(), "r", "$3") + " ORDER BY refreshed_on DESC, id DESC",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, client, when.day, when.operation);
    for (const auto id : ids)
        if (const auto row = find_row(db, record(), id, when); row && !row->voided(when.day))
            return to_struct<Kyc>(record(), *row);
    return last;
}

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

/// Adds the open receivables and unapplied receipts of a client, in its currency.
void add_open(Exposure& e, const receivable::Book& book, const Client& c, Date day) {
    const auto packed = packed_code(c.currency.code());
    for (const auto& i : book.items) {
        if (i.client != c.id.value || i.currency != packed) continue;
        (i.due_on < day.days ? e.overdue : e.not_due) += i.open;
    }
    const auto it = book.unapplied.find({static_cast<std::uint32_t>(c.id.value), packed});
    if (it != book.unapplied.end()) e.prepaid = it->second;
}

}  // namespace

std::optional<Rating> rating_of(Workspace& w, std::int64_t client, const AsOf& when) {
    const auto last = last_check(w.db(), client, when);
    if (!last) return std::nullopt;
    if (last->blacklisted.value_or(false)) return Rating::d;
    return rate(last->points(), policy(w.rules(), Currency{}));
}

Background background_of(Workspace& w, std::int64_t client, const AsOf& when) {
    Background out;
    const auto last = last_check(w.db(), client, when);
    if (!last) return out;
    out.gone = last->standing == Kyc::Standing::revoked || last->standing == Kyc::Standing::deregistered;
    out.blacklisted = last->blacklisted.value_or(false);
    const auto due = next_due(*rating_of(w, client, when), last->refreshed_on, policy(w.rules(), Currency{}));
    if (due < when.day) out.due_since = due;
    for (const auto& [role, names] :
         {std::pair<std::string_view, std::string_view>{"legal_representative", last->legal_representative},
          {"shareholder", last->shareholders},
          {"shareholder", last->beneficial_owner},
          {"related_person", last->related_parties}})
        for (std::string_view rest = names; !rest.empty();) {
            const auto end = rest.find(';');
            if (const auto name = trim(rest.substr(0, end)); !name.empty()) out.people.emplace_back(role, name);
            rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
        }
    return out;
}

namespace {

/// Everything of a client's credit but what is open.
Credit terms_of(Workspace& w, const Client& c, const AsOf& when) {
    auto& db = w.db();
    const auto p = policy(w.rules(), c.currency);
    Credit out;
    out.limit = c.credit_limit;
    if (const auto last = last_check(db, c.id.value, when)) {
        out.rating = rating_of(w, c.id.value, when);
        out.refreshed_on = last->refreshed_on;
        out.due_on = next_due(*out.rating, last->refreshed_on, p);
        out.exposure.unbilled = last->unbilled.value_or(0);
        out.exposure.advances = last->advances.value_or(0);
        out.exposure.deposits = last->deposits.value_or(0);
        const auto billed =
            invoice::net_billing(db, c.id.value, c.currency, add_years(when.day, -1) + 1, when.day, when);
        const auto by_rating = credit_limit(*out.rating, billed.value_or(0), p);
        out.limit = out.limit ? std::min(*out.limit, by_rating) : by_rating;
    }
    if (const auto amount = allowed(db, c.id.value, when)) {
        out.limit = amount;
        out.overridden = true;
    }
    return out;
}

}  // namespace

std::vector<Credit> credits_of(Workspace& w, std::span<const Client> clients, const AsOf& when) {
    const auto book = receivable::open_book(w.db(), when);
    std::vector<Credit> all;
    for (const Client& c : clients) add_open(all.emplace_back(terms_of(w, c, when)).exposure, book, c, when.day);
    return all;
}

Credit credit_of(Workspace& w, std::int64_t client, const AsOf& when) {
    const auto c = to_struct<Client>(client::record(), *find_row(w.db(), client::record(), client, when));
    return credits_of(w, std::span(&c, 1), when).front();
}

std::optional<Hold> hold(Workspace& w, std::int64_t client, std::int64_t more, const AsOf& when) {
    const auto c = to_struct<Client>(client::record(), *find_row(w.db(), client::record(), client, when));
    auto credit = terms_of(w, c, when);
    if (credit.due_on && *credit.due_on < when.day)
        return Hold{"KYC-010",
                    say("client {code} was looked at on {day} and is due again since {due}", fmt::arg("code", c.code),
                        fmt::arg("day", to_string(*credit.refreshed_on)), fmt::arg("due", to_string(*credit.due_on)))};
    if (!credit.limit) return std::nullopt;
    add_open(credit.exposure, receivable::open_book(w.db(), when), c, when.day);
    if (credit.exposure.sum() + more <= *credit.limit) return std::nullopt;
    const int digits = c.currency.digits();
    return Hold{"KYC-020",
                say("client {code} would owe {sum} {currency}, its limit is {limit}", fmt::arg("code", c.code),
                    fmt::arg("sum", to_plain(credit.exposure.sum() + more, digits)),
                    fmt::arg("currency", c.currency.code()), fmt::arg("limit", to_plain(*credit.limit, digits)))};
}

}  // namespace agency::kyc
