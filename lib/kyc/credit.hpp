// Credit of several clients at a moment: what all of them have open and were billed is read once.
#pragma once
#include "invoice/facts.hpp"
#include "kyc/facts.hpp"
#include "kyc/kyc.hpp"
#include "project/project.hpp"

namespace agency::kyc {

class OpenBooks {
public:
    OpenBooks(Workspace& w, const AsOf& when);
    Credit credit_of(const Client& c);

private:
    /// Without what is allowed for a time.
    Credit usual_credit_of(const Client& c);
    /// WIP: what the timesheets of its open projects show, else what the check says.
    std::int64_t unbilled_of(const Client& c, const std::optional<Kyc>& check);

    Workspace& w_;
    AsOf when_;
    invoice::NetBillings billed_;
    std::map<std::pair<std::int64_t, std::uint32_t>, Exposure> open_;  ///< by client and packed currency
    std::map<std::pair<std::int64_t, std::uint32_t>, std::vector<Project>> projects_;  ///< open ones, the same
};

/// A sentence: the client would owe more than its limit; and what that lacks.
std::string beyond(const Rules& rules, const Client& c, std::int64_t sum, std::int64_t limit);

}  // namespace agency::kyc
