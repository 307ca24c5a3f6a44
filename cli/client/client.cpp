#include "client/client.hpp"

#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "kyc/kyc.hpp"
#include "kyc/report.hpp"
#include "record/fail_if.hpp"
#include "record/record_verbs.hpp"
#include "report/client_card.hpp"

namespace agency::cli {
namespace {

constexpr Argument code_arguments[] = {
    {"CODE", N_("Code of the client, or a prefix that only one has"), true, false, "client"}};
constexpr Option moment_options[] = {{"as_of", "DAY", N_("As it was on that day; default today")},
                                     {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr Option credit_options[] = {
    moment_options[0], moment_options[1], {"fail_if", "COND", N_("Exit 1 when a row holds, e.g. 'due = true'")}};
constexpr Option allow_options[] = {{"amount", "AMOUNT", N_("What the client may owe while it holds"), 0, true},
                                    {"until", "DAY", N_("Last day"), 0, true},
                                    {"approver", "NAME", N_("Who allows it, another than who asks; default the actor")},
                                    {"requested_by", "NAME", N_("Who asks for it; default the actor")},
                                    {"reason", "TEXT", N_("Why; kept with it"), 0, true}};
constexpr std::string_view credit_examples[] = {"agency client credit --where \"hold = true\"",
                                                "agency client credit --sort headroom --format csv",
                                                "agency client credit --fail-if 'due = true' --quiet"};
constexpr std::string_view allow_examples[] = {
    "agency client allow K1 --amount 200000 --until 2026-06-30 --requested-by 张伟 --reason 大客户续约"};

Outcome credit(Invocation& in) {
    auto outcome = Outcome::of(kyc::credit_report(in.workspace(), in.as_of()));
    fail_if_row(in, outcome);
    return outcome;
}
Outcome show(Invocation& in) {
    return Outcome::of(client_card(in.workspace(), in.resolve(client::record(), in.argument(0)), in.as_of()));
}
Outcome sheet(Invocation& in) {
    return Outcome::of(kyc::client_sheet(in.workspace(), in.resolve(client::record(), in.argument(0)), in.as_of()));
}
Outcome allow(Invocation& in) {
    const auto code = in.resolve(client::record(), in.argument(0));
    const auto number =
        kyc::allow(in.workspace(),
                   {code, std::string(in.get("amount")), std::string(in.get("approver")), std::string(in.get("reason")),
                    *in.day("until"), std::string(in.get("requested_by"))},
                   in.command_line);
    return done(in, "client", code, N_("allowed"), number);
}

constexpr Verb verbs[] = {
    {"show", N_("One client with its branches and contacts"), show, code_arguments, moment_options, {}, Needs::read},
    {"credit",
     N_("Rating, limit, exposure and headroom of every client, and when to look again"),
     credit,
     {},
     credit_options,
     credit_examples,
     Needs::read,
     true,
     kyc::credit_columns},
    {"kyc",
     N_("What was found out of a client, with its rating, limit and exposure"),
     sheet,
     code_arguments,
     moment_options,
     {},
     Needs::read},
    {"allow", N_("Let a client owe more than its limit, until a day"), allow, code_arguments, allow_options,
     allow_examples, Needs::write},
};

}  // namespace

extern const Noun client_noun{"client", N_("Clients"), verbs, client::record, client::row_rules, client::void_client};

}  // namespace agency::cli
