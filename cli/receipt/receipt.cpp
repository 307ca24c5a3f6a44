#include "receipt/receipt.hpp"

#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "record/record_verbs.hpp"
#include "report/money_sheets.hpp"

namespace agency::cli {
namespace {

constexpr Argument receipt_argument{"RECEIPT", N_("Number of the receipt"), true, false, "receipt"},
    invoice_argument{"INVOICE", N_("Number of the invoice"), true, false, "invoice"},
    amount_argument{"AMOUNT", N_("How much")};
constexpr Argument allocate_arguments[] = {receipt_argument, invoice_argument, amount_argument},
                   pair_arguments[] = {receipt_argument, invoice_argument},
                   refund_arguments[] = {receipt_argument, amount_argument}, claim_arguments[] = {receipt_argument};
constexpr Option allocate_options[] = {
    {"on", "DAY", N_("From when it counts; default the later of received_on and issued_on")}};
constexpr Option on_options[] = {{"on", "DAY", N_("From when it counts; default today")}};
constexpr Option claim_options[] = {{"client", "CODE", N_("Whose money it is"), 0, true, false, {}, "client"},
                                    {"effective", "DAY", N_("From when it holds; default today")}};
constexpr Option as_of_options[] = {{"as_of", "DAY", N_("As it was on that day; default today")},
                                    {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr std::string_view show_examples[] = {"agency receipt show R-1 --as-of 2026-03-31"};
constexpr std::string_view allocate_examples[] = {"agency receipt allocate R-1 FP-1 600.00 --on 2026-03-05"},
                           unallocate_examples[] = {"agency receipt unallocate R-1 FP-1 --on 2026-04-02"},
                           claim_examples[] = {"agency receipt claim R-7 --client K1"};

Outcome allocate(Invocation& in) {
    const auto r = in.resolve(receipt::record(), in.argument(0)), i = in.resolve(invoice::record(), in.argument(1));
    receipt::allocate(in.workspace(), r, i, in.argument(2), in.day("on"), in.command_line);
    return done(in, "receipt", r, N_("allocated"), i);
}

Outcome unallocate(Invocation& in) {
    const auto r = in.resolve(receipt::record(), in.argument(0)), i = in.resolve(invoice::record(), in.argument(1));
    receipt::unallocate(in.workspace(), r, i, in.day("on"), in.command_line);
    return done(in, "receipt", r, N_("unallocated"), i);
}

Outcome refund(Invocation& in) {
    const auto r = in.resolve(receipt::record(), in.argument(0));
    receipt::refund(in.workspace(), r, in.argument(1), in.day("on"), in.command_line);
    return done(in, "receipt", r, N_("refunded"));
}

Outcome claim(Invocation& in) {
    const auto r = in.resolve(receipt::record(), in.argument(0)), c = in.resolve(client::record(), in.get("client"));
    receipt::claim(in.workspace(), r, c, in.day("effective"), in.command_line);
    return done(in, "receipt", r, N_("claimed"), c);
}

Outcome show(Invocation& in) {
    const auto ref = in.resolve(receipt::record(), in.argument(0));
    return Outcome::of(receipt_sheet(in.workspace(), ref, in.as_of()));
}

constexpr Verb verbs[] = {
    {"show", N_("One receipt: what of it is allocated, to which invoices, refunded and unapplied"), show,
     claim_arguments, as_of_options, show_examples, Needs::read},
    {"allocate", N_("Settle an invoice with it"), allocate, allocate_arguments, allocate_options, allocate_examples,
     Needs::write},
    {"unallocate", N_("Take back what is allocated of it to an invoice"), unallocate, pair_arguments, on_options,
     unallocate_examples, Needs::write},
    {"refund", N_("Pay back what is unapplied"), refund, refund_arguments, on_options, {}, Needs::write},
    {"claim", N_("Say whose an unidentified receipt is"), claim, claim_arguments, claim_options, claim_examples,
     Needs::write},
};

}  // namespace

extern const Noun receipt_noun{"receipt",       N_("Receipts of money"), verbs,
                               receipt::record, receipt::row_rules,      receipt::void_receipt};
extern const Noun allocation_noun{"allocation",
                                  N_("What receipts settle"),
                                  {},
                                  receipt::allocation_record,
                                  receipt::allocation_rules,
                                  receipt::void_allocation};

}  // namespace agency::cli
