// Reports of the organization on any day.
#include <chrono>

#include "app/invocation.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "org/approver.hpp"
#include "org/hr_list.hpp"
#include "record/fail_if.hpp"
#include "record/import_verb.hpp"

namespace agency::cli {
namespace {

constexpr Option as_of{"as_of", "DAY", N_("As it was on that day; default today")},
    known_at{"known_at", "INSTANT", N_("As it was known then; default now")};
constexpr Option when_options[] = {as_of, known_at};
constexpr Option check_options[] = {
    as_of, known_at, {"fail_if", "COND", N_("Exit 1 when the totals row holds, e.g. 'errors > 0'")}};
constexpr Option licence_options[] = {
    as_of,
    known_at,
    {"within", "DAYS", N_("Expiring within so many days, 90d; default 90d. What has expired is listed too")}};
constexpr Option approver_options[] = {
    as_of,
    known_at,
    {"amount", "AMOUNT", N_("What is at stake")},
    {"currency", "CODE", N_("Currency of the amount, ISO 4217; default CNY")},
    {"department", "CODE", N_("Department that it concerns"), 0, false, false, {}, "department"},
    {"for", "EMPLOYEE", N_("Who asks: the line of reporting goes up from there"), 0, false, false, {}, "employee"},
    {"function", "CODE", N_("Function that it concerns"), 0, false, false, {}, "function"},
    {"explain", "", N_("Say of each position that was looked at why it may or may not")}};
constexpr Argument action[] = {{"ACTION", N_("What is to be approved, as job descriptions say it")}};
constexpr std::string_view chart_examples[] = {"agency org chart --format tree", "agency org chart --as-of 2025-12-31",
                                               "agency org chart --format svg --output chart.svg"};
constexpr std::string_view check_examples[] = {"agency org check", "agency org check --where 'severity = error'",
                                               "agency org check --format json --fail-if 'errors > 0'"};
constexpr std::string_view licence_examples[] = {"agency org licences --within 90d"};
constexpr std::string_view approver_examples[] = {"agency org approver spend --amount 30000 --for E017 --explain",
                                                  "agency org approver spend --amount 8000 --currency USD"};
constexpr std::string_view import_examples[] = {
    "agency org import people.csv --dry-run", "agency org import people.xlsx --map hr.toml",
    "agency org import people.csv --on-conflict update --effective 2026-04-01"};

Outcome chart(Invocation& in) {
    const auto when = in.as_of();
    return Outcome::of(org::chart_report(org::Chart(in.workspace(), when), when));
}

Outcome headcount(Invocation& in) {
    const auto when = in.as_of();
    return Outcome::of(org::headcount_report(in.workspace(), org::Chart(in.workspace(), when), when));
}

Outcome raci_matrix(Invocation& in) {
    const auto when = in.as_of();
    return Outcome::of(org::raci_report(in.workspace(), org::Chart(in.workspace(), when), when));
}

Outcome jobs(Invocation& in) {
    const auto when = in.as_of();
    return Outcome::of(org::jobs_report(in.workspace(), org::Chart(in.workspace(), when), when));
}

Outcome check(Invocation& in) {
    const auto when = in.as_of();
    auto outcome = Outcome::of(org::check_report(in.workspace(), org::Chart(in.workspace(), when), when));
    fail_if(in, outcome);
    return outcome;
}

Outcome licences(Invocation& in) {
    const auto when = in.as_of();
    const auto days = in.days("within").value_or(90);
    return Outcome::of(org::licences_report(in.workspace(), org::Chart(in.workspace(), when), when, days));
}

Outcome approver(Invocation& in) {
    auto& w = in.workspace();
    const auto when = in.as_of();
    org::Request request;
    request.action = in.argument(0);
    if (in.has("currency")) {
        const auto currency = Currency::parse(in.get("currency"));
        if (!currency || !in.has("amount"))
            throw Error(Exit::usage,
                        currency
                            ? std::string(tr("--currency is that of an amount"))
                            : say("\"{text}\" is not a currency of ISO 4217", fmt::arg("text", in.get("currency"))),
                        currency ? tr("add --amount") : tr("write it as USD"))
                .with_field("currency");
        request.currency = *currency;
    }
    if (in.has("amount")) {
        const auto a = parse_amount(in.get("amount"), request.currency.digits());
        if (a.fault != AmountFault::none || a.value < 0)
            throw Error(Exit::usage, say("\"{text}\" is not an amount", fmt::arg("text", in.get("amount"))),
                        tr("write 1234.50"))
                .with_field("amount");
        request.amount = a.value;
    }
    const auto id = [&](const char* option, const Record& r) {
        return in.has(option) ? in.row(r, in.get(option), when).id : 0;
    };
    if (in.has("department")) request.department = in.resolve(department::record(), in.get("department"));
    request.requester = id("for", employee::record());
    request.function = id("function", function::record());
    const org::Chart chart(w, when);
    const auto found = org::find_approver(w, chart, when, request);
    if (!found.position && !in.has("explain")) throw org::nobody_found(chart, request, found);
    if (!found.position) in.error_after = org::nobody_found(chart, request, found);
    return Outcome::of(org::approver_report(chart, when, request, found, in.has("explain")));
}

Outcome import_people(Invocation& in) {
    if (in.has("learn")) return learn_map(in, org::hr_list());
    const auto start = std::chrono::steady_clock::now();
    const auto options = import_options_of(in);
    const auto result = org::import_hr_list(in.workspace(), options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return import_outcome(in, options, result, seconds);
}

constexpr Argument list_argument[] = {{"FILE", N_("File of rows; - is standard input"), false, false, "file"}};
constexpr Option import_options[] = {
    import_option::map,
    {"from", "KIND", N_("What the file is: csv, tsv, jsonl, xlsx; default by its name"), 0, false, false, kind_names},
    import_option::sheet,
    import_option::encoding,
    import_option::learn,
    import_option::on_error,
    import_option::rejects,
    {"on_conflict", "WAY", N_("Somebody who is known: fail (default), skip, or update"), 0, false, false,
     import_option::ways_on_conflict},
    import_option::effective,
    import_option::batch};

constexpr Verb verbs[] = {
    {"chart",
     N_("Positions in the order of the tree, with who holds them; drawn by --format tree, dot or svg"),
     chart,
     {},
     when_options,
     chart_examples,
     Needs::read,
     true,
     org::chart_columns},
    {"headcount",
     N_("Planned, holding, acting and vacant, by position"),
     headcount,
     {},
     when_options,
     {},
     Needs::read,
     true,
     org::headcount_columns},
    {"raci",
     N_("The matrix of functions and positions, with what is wrong in it"),
     raci_matrix,
     {},
     when_options,
     {},
     Needs::read,
     true,
     org::raci_columns},
    {"jobs",
     N_("Job descriptions: what each has and lacks, who acknowledged it"),
     jobs,
     {},
     when_options,
     {},
     Needs::read,
     true,
     org::jobs_columns},
    {"licences",
     N_("Certificates that expire soon or have expired"),
     licences,
     {},
     licence_options,
     licence_examples,
     Needs::read,
     true,
     org::licences_columns},
    {"check",
     N_("Layers, span, ratios, blanks, overlaps, vague duties, incompatible duties: each with evidence"),
     check,
     {},
     check_options,
     check_examples,
     Needs::read,
     true,
     org::check_columns},
    {"approver", N_("Who may approve something of that amount on that day"), approver, action, approver_options,
     approver_examples, Needs::read, true, org::approver_columns},
    {"import", N_("Read an HR list: departments, positions, people and their managers at once"), import_people,
     list_argument, import_options, import_examples, Needs::write},
};

}  // namespace

extern const Noun org_noun{"org", N_("The organization on any day: chart, checks, who may approve"), verbs};

}  // namespace agency::cli
