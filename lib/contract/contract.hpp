// 合同: what was agreed with a client; amounts include tax.
#pragma once
#include <memory>

#include "client/client.hpp"
#include "intake/intake.hpp"
#include "record/import.hpp"

namespace agency {

struct Contract {
    enum class Kind { mandate, brokerage, commission, work, technology, lease, purchase, framework, other };
    enum class Direction { income, expense };
    enum class Status {
        draft,
        internal_review,
        legal_review,
        approved,
        signed_,
        effective,
        performing,
        suspended,
        terminated,
        closed,
        archived,
        cancelled,
        voided
    };

    Id<Contract> id;
    std::string number;
    Id<Client> client;
    std::string title;
    Kind kind = Kind::other;
    Direction direction = Direction::income;
    std::optional<std::int64_t> amount;  ///< minor units; nothing: a framework without amount
    Currency currency;
    std::optional<Rate> tax_rate;
    std::optional<Date> signed_on, starts_on, ends_on;
    std::string department, owner, project;
    Status status = Status::draft;
    std::string note;
    Id<Intake> intake;  ///< the assessment by which it was taken on; 0: none
};

namespace contract {

const Record& record();
std::unique_ptr<RowRules> row_rules();

/// Error(refused) while invoices that count stand on it.
void void_contract(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                   std::string_view command);

}  // namespace contract
}  // namespace agency
