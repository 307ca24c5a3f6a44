// 联系人: persons at a client, and what allows us to keep and use what we know of them.
#pragma once
#include "client/client.hpp"

namespace agency {

struct Contact {
    enum class Basis { consent, contract, legal_duty };

    Id<Contact> id;
    std::string number;  ///< client/name
    Id<Client> client;
    std::string name, title, phone, email;
    std::optional<bool> preferred;
    Basis basis = Basis::consent;  ///< Personal Information Protection Law, art. 13
    std::optional<Date> consented_on, withdrawn_on;
    std::string evidence, note;

    /// Whether what is known of the person may be used on that day: by consent only between its day and that of its
    /// withdrawal (art. 15).
    bool may_be_used(Date day) const {
        return basis != Basis::consent ||
               (consented_on && *consented_on <= day && !(withdrawn_on && *withdrawn_on <= day));
    }
};

namespace contact {

const Record& record();
/// KYC-012: a consent has a day that is not to come, and is not withdrawn before it.
std::unique_ptr<RowRules> row_rules();

/// Those of a client that count, by name.
std::vector<Contact> contacts_of(db::Session& db, std::int64_t client, const AsOf& when);

}  // namespace contact
}  // namespace agency
