// Credit of several clients at a moment: what all of them have open and were billed is read once.
#pragma once
#include "invoice/facts.hpp"
#include "kyc/facts.hpp"

namespace agency::kyc {

class OpenBooks {
public:
    OpenBooks(Workspace& w, const AsOf& when);
    Credit credit_of(const Client& c);

private:
    Workspace& w_;
    AsOf when_;
    invoice::NetBillings billed_;
    std::map<std::pair<std::int64_t, std::uint32_t>, Exposure> open_;  ///< by client and packed currency
};

/// A sentence: the client would owe more than its limit.
std::string beyond(const Client& c, std::int64_t sum, std::int64_t limit);

}  // namespace agency::kyc
