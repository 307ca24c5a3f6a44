// 退款: money of a receipt that was paid back; it lowers what is unapplied from its day on.
#pragma once
#include <memory>

#include "receipt/receipt.hpp"

namespace agency {

struct Refund {
    Id<Refund> id;
    std::string number;  ///< optional
    Id<Receipt> receipt;
    std::int64_t amount = 0;  ///< minor units of the receipt's currency, > 0
    Date refunded_on;
    std::string note;
};

namespace refund {

const Record& record();
std::unique_ptr<RowRules> row_rules();

}  // namespace refund
}  // namespace agency
