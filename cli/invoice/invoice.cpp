#include "invoice/invoice.hpp"

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/record_verbs.hpp"
#include "report/money_sheets.hpp"

namespace agency::cli {
namespace {

constexpr Argument number[] = {{"NUMBER", N_("Number of the invoice"), true, false, "invoice"}};
constexpr Option effective{"effective", "DAY", N_("From when it holds; default today")},
    reason{"reason", "TEXT", N_("Why; kept in the trail"), 0, true};
constexpr Option redate_options[] = {{"due", "DAY", N_("The new due day"), 0, true}, effective, reason};
constexpr Option assign_options[] = {{"owner", "WHO", N_("Who collects it from then on"), 0, true}, effective};
constexpr Option dispute_options[] = {
    {"amount", "AMOUNT", N_("What is disputed, in the invoice's currency"), 0, true}, effective, reason};
constexpr Option undispute_options[] = {effective};
constexpr std::string_view redate_examples[] = {
    "agency invoice redate FP-1 --due 2026-04-30 --effective 2026-03-20 --reason 'agreed by letter'"};

constexpr Option as_of_options[] = {{"as_of", "DAY", N_("As it was on that day; default today")},
                                    {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr std::string_view show_examples[] = {"agency invoice show FP-1 --as-of 2026-03-31"};

Outcome changed(const Invocation& in, std::string_view ref) {
    return done(in, "invoice", ref, N_("changed"));
}

Outcome redate(Invocation& in) {
    const auto ref = in.resolve(invoice::record(), in.argument(0));
    invoice::redate(in.workspace(), ref, *in.day("due"), in.day("effective"), in.get("reason"), in.command_line);
    return changed(in, ref);
}

Outcome assign(Invocation& in) {
    const auto ref = in.resolve(invoice::record(), in.argument(0));
    invoice::assign(in.workspace(), ref, in.get("owner"), in.day("effective"), in.command_line);
    return changed(in, ref);
}

Outcome dispute(Invocation& in) {
    const auto ref = in.resolve(invoice::record(), in.argument(0));
    if (in.get("amount").empty()) throw Error(Exit::usage, tr("--amount is empty")).with_field("amount");
    invoice::dispute(in.workspace(), ref, in.get("amount"), in.day("effective"), in.get("reason"), in.command_line);
    return changed(in, ref);
}

Outcome undispute(Invocation& in) {
    const auto ref = in.resolve(invoice::record(), in.argument(0));
    invoice::dispute(in.workspace(), ref, {}, in.day("effective"), {}, in.command_line);
    return changed(in, ref);
}

Outcome show(Invocation& in) {
    const auto ref = in.resolve(invoice::record(), in.argument(0));
    return Outcome::of(invoice_sheet(in.workspace(), ref, in.as_of()));
}

constexpr Verb verbs[] = {
    {"show", N_("One invoice: what is settled and open of it, by which receipts and credit notes"), show, number,
     as_of_options, show_examples, Needs::read},
    {"redate", N_("Give it another due day, from a day on"), redate, number, redate_options, redate_examples,
     Needs::write},
    {"assign", N_("Make somebody collect it, from a day on"), assign, number, assign_options, {}, Needs::write},
    {"dispute", N_("Note what the client disputes"), dispute, number, dispute_options, {}, Needs::write},
    {"undispute", N_("Note that the dispute is over"), undispute, number, undispute_options, {}, Needs::write},
};

}  // namespace

extern const Noun invoice_noun{
    "invoice", N_("Invoices and credit notes"), verbs, invoice::record, invoice::row_rules, invoice::void_invoice};

}  // namespace agency::cli
