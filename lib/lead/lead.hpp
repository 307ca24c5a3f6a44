// 线索: somebody who may want something, and what it may be worth.
#pragma once
#include <memory>

#include "client/client.hpp"

namespace agency {

struct Lead {
    enum class Status { lead, opportunity, lost, withdrawn };

    Id<Lead> id;
    std::string code;
    Id<Client> client;
    std::string title, source;
    std::optional<std::int64_t> expected_amount;  ///< tax included, minor units
    Currency currency;
    std::optional<Date> expected_on;
    std::string owner;
    Date received_on;
    Status status = Status::lead;
    std::string note;
};

namespace lead {

const Record& record();
std::unique_ptr<RowRules> row_rules();

/// INT-017 as a sentence: why a lead is not given up while an assessment of it is open or taken on; empty when it may.
std::string at_work(db::Session& db, std::int64_t id);

}  // namespace lead
}  // namespace agency
