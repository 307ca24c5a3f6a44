
#include "contract/contract.hpp"
#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "contract/lifecycle.hpp"
#include "report/ledger.hpp"

namespace agency::cli {
namespace {

constexpr Option as_of_options[] = {{"as_of", "DAY", N_("As it was on that day; default today")},
                                    {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr Argument number[] = {
    {"NUMBER", N_("Number of the contract, or a prefix that only one has"), true, false, "contract"}};
constexpr std::string_view list_examples[] = {"agency contract list --where 'overdue > 0' --sort -overdue",
                                              "agency contract list --as-of 2026-03-31 --format csv"};
constexpr std::string_view show_examples[] = {"agency contract show HT-2026-0042",
                                              "agency contract show HT-2026-0042 --format json"};

Outcome list(Invocation& in) {
    return Outcome::of(contract_ledger(in.workspace(), in.as_of(), in.has("as_of")));
}

Outcome show(Invocation& in) {
    const auto when = in.as_of();
    return Outcome::of(contract_sheet(in.workspace(), in.row(contract::record(), in.argument(0), when), when));
}

constexpr Verb verbs[] = {
    {"list",
     N_("The ledger: contracts with what is invoiced, received, open and overdue"),
     list,
     {},
     as_of_options,
     list_examples,
     Needs::read,
     true,
     ledger_columns},
    {"show", N_("One contract with its invoices and receipts"), show, number, as_of_options, show_examples,
     Needs::read},
};

}  // namespace

extern const Noun contract_noun{"contract",
                                N_("Contracts and their ledger"),
                                verbs,
                                contract::record,
                                contract::row_rules,
                                contract::void_contract,
                                &contract::lifecycle};

}  // namespace agency::cli
