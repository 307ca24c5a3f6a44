// The table of nouns, in help order: a new noun is one line here.
#include <algorithm>

#include "app/command.hpp"
#include "client/client_noun.hpp"
#include "contract/contract_noun.hpp"
#include "house/house.hpp"
#include "invoice/invoice_noun.hpp"
#include "period/period_noun.hpp"
#include "receipt/receipt_noun.hpp"
#include "receivable/receivable_noun.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {

std::span<const Noun* const> nouns() {
    static constexpr const Noun* all[] = {
        &client_noun,
        &contract_noun,
        &invoice_noun,
        &receipt_noun,
        &allocation_noun,
        &receivable_noun,
        &period_noun,
        &init_noun,
        &check_noun,
        &config_noun,
        &completion_noun,
        &manual_noun,
        &complete_noun,
    };
    return all;
}

std::vector<Verb> verbs_of(const Noun& noun) {
    std::vector<Verb> verbs = noun.record ? record_verbs(noun) : std::vector<Verb>();
    for (const Verb& own : noun.verbs) {
        const auto it = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& v) { return v.name == own.name; });
        if (it == verbs.end()) verbs.push_back(own);
        else *it = own;
    }
    return verbs;
}

}  // namespace agency::cli
