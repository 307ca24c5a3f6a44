#include "receivable/receivable.hpp"

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "client/client.hpp"
#include "record/fail_if.hpp"
#include "report/aging.hpp"

namespace agency::cli {
namespace {

constexpr std::string_view groups[] = {"client", "contract", "owner", "department", "project", "currency", "invoice"},
                           bases[] = {"due", "issue"}, credits[] = {"own", "net-oldest"};
constexpr Option aging_options[] = {
    {"as_of", "DAY", N_("The day; default today")},
    {"known_at", "INSTANT", N_("What was known then; default now")},
    {"by", "KEY", N_("client (default), contract, owner, department, project, currency, invoice"), 0, false, false,
     groups},
    {"basis", "WHICH", N_("due (default): days since the due day; issue: since the day of issue"), 0, false, false,
     bases},
    {"buckets", "LIST", N_("Upper bounds in days, 30,60,90,180,365, or years, 1y,2y,3y,4y,5y")},
    {"credits", "WAY", N_("Standing credit notes: own (default) rows, or net-oldest"), 0, false, false, credits},
    {"client", "CODE", N_("Of one client"), 0, false, false, {}, "client"},
    {"fail_if", "COND", N_("Exit 1 when a totals row holds, e.g. 'overdue > 0'")},
};
constexpr std::string_view aging_examples[] = {
    "agency receivable aging --as-of today",
    "agency receivable aging --as-of 2026-03-31 --by invoice --where \"bucket = d91_180\"",
    "agency receivable aging --as-of today --format csv --output aging.csv --fail-if 'overdue > 0'"};
constexpr Option match_options[] = {{"client", "CODE", N_("Of one client"), 0, false, false, {}, "client"},
                                    {"explain", "", N_("Say why each allocation was made")}};
constexpr std::string_view match_examples[] = {"agency receivable match --explain --dry-run"};

Outcome aging_verb(Invocation& in) {
    auto& w = in.workspace();
    AgingOptions o;
    o.when = in.as_of();
    if (in.has("by")) o.by = in.get("by");
    if (in.has("basis")) o.basis = in.get("basis");
    o.buckets = in.has("buckets") ? std::string(in.get("buckets")) : w.rules().aging_buckets;
    o.credits = in.has("credits") ? std::string(in.get("credits")) : w.rules().aging_credits;
    if (in.has("client")) o.client = in.resolve(client::record(), in.get("client"));
    o.where = in.globals.shaping.where;
    o.fail_if = in.get("fail_if");
    auto outcome = Outcome::of(aging(w, o));
    for (const Check& c : outcome.report.checks) {
        if (c.ok) continue;
        outcome.exit = Exit::data_file;
        in.error_after =
            Error(Exit::data_file, say("the report does not agree with itself: {what}", fmt::arg("what", c.message)),
                  tr("run: agency check"));
    }
    fail_if(in, outcome);
    return outcome;
}

Outcome match_verb(Invocation& in) {
    std::string client;
    if (in.has("client")) client = in.resolve(client::record(), in.get("client"));
    auto outcome = Outcome::of(receivable::match(in.workspace(), client, in.command_line));
    if (!in.has("explain")) outcome.report.hidden = {"reason"};
    return outcome;
}

constexpr Verb verbs[] = {
    {"aging",
     N_("What is open, by how long it has been due"),
     aging_verb,
     {},
     aging_options,
     aging_examples,
     Needs::read,
     true,
     aging_columns},
    {"match",
     N_("Allocate unapplied receipts to open invoices"),
     match_verb,
     {},
     match_options,
     match_examples,
     Needs::write,
     true,
     receivable::match_columns},
};

}  // namespace

extern const Noun receivable_noun{"receivable", N_("What clients owe"), verbs};

}  // namespace agency::cli
