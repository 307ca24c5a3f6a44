#include "receivable/facts.hpp"

#include <map>

#include "invoice/invoice.hpp"
#include "receivable/book.hpp"

namespace agency::receivable {

std::vector<Money> open_of_contract(db::Session& db, std::int64_t contract, const AsOf& when) {
    std::map<std::uint32_t, std::int64_t> sums;
    for (const Item& i : open_items_of(db, when, contract)) sums[i.currency] = add_checked(sums[i.currency], i.open);
    std::vector<Money> out;
    for (const auto& [code, minor] : sums)
        if (minor != 0) out.push_back({minor, *Currency::parse(unpacked_code(code))});
    return out;
}

}  // namespace agency::receivable
