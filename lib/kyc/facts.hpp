// What other nouns may ask of a client's credit.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>

#include "base/money.hpp"
#include "client/client.hpp"
#include "kyc/rating.hpp"
#include "workspace/workspace.hpp"

namespace agency::kyc {

/// Whether somebody ever looked at the client [KYC-010].
bool looked_at(db::Session& db, std::int64_t client, const AsOf& when);
/// Nothing when the client was never looked at.
std::optional<Rating> rating_of(Workspace& w, std::int64_t client, const AsOf& when);

/// A client's credit on a day, in minor units of its currency.
struct Credit {
    std::optional<Rating> rating;
    std::optional<Date> refreshed_on, due_on;  ///< last and next look [KYC-010]
    Exposure exposure;
    std::optional<std::int64_t> limit;               ///< nothing: no rating and no limit of its own
    bool overridden = false;                         ///< the limit is one that was allowed for a time
    std::optional<std::int64_t> term_days, prepaid;  ///< by the rating: days to pay, and ppm paid before the work

    std::optional<std::int64_t> headroom() const {
        return limit ? std::optional(add_checked(*limit, -exposure.sum())) : std::nullopt;
    }
};
Credit credit_of(Workspace& w, std::int64_t client, const AsOf& when);
/// Of several clients, in their order; what is open is read once.
std::vector<Credit> credits_of(Workspace& w, std::span<const Client> clients, const AsOf& when);

/// What the last check says of a client that bears on taking its business on.
struct Background {
    bool gone = false;  ///< revoked or deregistered
    bool blacklisted = false;
    std::optional<Date> due_since;  ///< it must be looked at again [KYC-010]
    /// Role (legal_representative, shareholder, related_person) and name.
    std::vector<std::pair<std::string_view, std::string>> people;
};
Background background_of(Workspace& w, std::int64_t client, const AsOf& when);

/// Why a client may not owe so much more: KYC-010, it must be looked at again; KYC-020, it is beyond its limit.
struct Hold {
    std::string_view rule;
    std::string message;
};
std::optional<Hold> hold(Workspace& w, std::int64_t client, std::int64_t more, const AsOf& when);

/// Whether clients may owe more, for one import or one record by hand, asked by what makes them owe: invoices, and what
/// is laid out for them. What is open is read once, and only when a row is of a client that has a
/// limit; what earlier rows made a client owe counts.
class Limits {
public:
    static constexpr std::string_view may_be_accepted[] = {"KYC-020"};

    explicit Limits(Workspace& w);
    ~Limits();
    /// No client has a limit; nothing has to be asked.
    bool none() const { return !books_; }
    /// What makes it owe more: a bill, by which work in progress becomes a receivable and does not count twice, or what
    /// is laid out.
    enum class For : std::uint8_t { bill, outlay };
    /// Why the client may not owe so much more [KYC-020]: exposure and amount are beyond the limit of today. Empty when
    /// it may; an amount in another currency than the client's, or not above zero, is not judged.
    std::string refuse(std::int64_t client, const Money& more, For what);
    /// The client owes so much more, or less.
    void owe(std::int64_t client, const Money& more, For what);

private:
    struct Books;
    std::unique_ptr<Books> books_;  ///< nothing: no client has a limit
};

}  // namespace agency::kyc
