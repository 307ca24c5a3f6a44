#include "docket/docket.hpp"

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "docket/bidding_fee.hpp"
#include "docket/surcharge.hpp"
#include "record/fail_if.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr std::string_view packs[] = {"bidding",     "procurement", "patent", "trademark",
                                      "bookkeeping", "customs",     "house"};
constexpr std::string_view ways[] = {"electronic", "posted"};
constexpr std::string_view kinds[] = {"goods", "service", "works"};
constexpr Argument number[] = {
    {"NUMBER", N_("Number of the deadline, or a prefix that only one has"), true, false, "docket"}};
constexpr Argument matter[] = {{"MATTER", N_("The case or project that it belongs to")}};
constexpr Option add_options[] = {
    {"rule", "CODE", N_("Code of the rule, see docket rules; without it give --due-on and --title")},
    {"trigger_on", "DAY", N_("Day of the event that starts the period; it is not counted"), 0, true},
    {"client", "NUMBER", N_("For whom"), 0, true, false, {}, "client"},
    {"responsible", "NUMBER", N_("Who sees to it: an employee's number or exact name"), 0, true, false, {}, "employee"},
    {"backup", "NUMBER", N_("Who sees to it that it is seen to; another employee"), 0, true, false, {}, "employee"},
    {"served", "WAY", N_("electronic (default) or posted: then it counts as received later where the rule says so"), 0,
     false, false, ways},
    {"due_on", "DAY", N_("Of an agreed deadline; by a rule it is computed, and a later day is refused")},
    {"title", "TEXT", N_("What is to be done; default the rule's")},
    {"number", "NUMBER", N_("Number of the deadline; default matter, rule and trigger day")},
    {"note", "TEXT", N_("Anything else")},
};
constexpr std::string_view add_examples[] = {
    "agency docket add ZL-2026-018 --rule PAT-OA1 --trigger-on 2026-03-02 --client KH001 --responsible E003 --backup "
    "E007"};
constexpr Option list_options[] = {
    {"within", "DAYS", N_("Due within so many days, as 30d; what is overdue is due")},
    {"overdue", "", N_("Only those past their day")},
    {"all", "", N_("Also those that have ended")},
    {"pack", "WORD", N_("Of one line of business"), 0, false, false, packs},
    {"responsible", "NUMBER", N_("Of one person, responsible or backup"), 0, false, false, {}, "employee"},
    {"as_of", "DAY", N_("As it was on that day; default today")},
    {"known_at", "INSTANT", N_("As it was known then; default now")},
    {"fail_if", "COND", N_("Exit 1 when a row holds, e.g. 'days_left < 3'")},
};
constexpr std::string_view list_examples[] = {"agency docket list --within 30d",
                                              "agency docket list --overdue --fail-if 'days_left < 0'",
                                              "agency docket list --format ics --output deadlines.ics"};
constexpr Option move_options[] = {{"to", "DAY", N_("The new day"), 0, true},
                                   {"evidence", "TEXT", N_("What shows that it was moved; a later day needs it")}};
constexpr std::string_view move_examples[] = {
    "agency docket move NUMBER --to 2026-09-02 --evidence '延长期限审批通知书 2026-07-01'"};
constexpr Option done_options[] = {{"proof", "TEXT", N_("What shows that it was done: receipt number, file"), 0, true},
                                   {"effective", "DAY", N_("When; default today")}};
constexpr Option abandon_options[] = {{"proof", "TEXT", N_("The client's word that it is given up"), 0, true},
                                      {"effective", "DAY", N_("When; default today")}};
constexpr std::string_view done_examples[] = {"agency docket done NUMBER --proof '电子回执 20260630-0017'"};
constexpr Option rules_options[] = {{"pack", "WORD", N_("Of one line of business"), 0, false, false, packs},
                                    {"as_of", "DAY", N_("In force for triggers on that day; default today")},
                                    {"known_at", "INSTANT", N_("As it was known then; default now")}};
constexpr std::string_view rules_examples[] = {"agency docket rules --pack trademark --as-of 2027-01-01"};
constexpr Argument fee_arguments[] = {{"KIND", N_("goods, service or works"), true, false, {}, kinds},
                                      {"AMOUNT", N_("What was awarded, in CNY")}};
constexpr Option fee_options[] = {
    {"agreed", "RATE", N_("The part of the fee that was agreed, 80%; default the whole")}};
constexpr std::string_view fee_examples[] = {"agency docket fee works 60000000",
                                             "agency docket fee service 8000000 --agreed 80%"};

constexpr std::string_view late_kinds[] = {"annuity", "customs"};
constexpr Argument surcharge_arguments[] = {
    {"KIND", N_("annuity of a patent, or customs: a late import declaration"), true, false, {}, late_kinds},
    {"AMOUNT", N_("The whole annual fee, or the duty-paid value of the goods, in CNY")}};
constexpr Option surcharge_options[] = {{"due_on", "DAY", N_("Day by which it was due"), 0, true},
                                        {"paid_on", "DAY", N_("Day on which it is paid or declared; default today")}};
constexpr std::string_view surcharge_examples[] = {
    "agency docket surcharge annuity 1200 --due-on 2026-03-02 --paid-on 2026-05-10"};
constexpr Argument security_arguments[] = {{"ESTIMATE", N_("Estimated value of the tender, in CNY")},
                                           {"CONTRACT", N_("Amount of the contract, in CNY"), false}};
constexpr std::string_view security_examples[] = {"agency docket security 10000000 8600000"};

Outcome show_row(Invocation& in, const std::string& ref) {
    const Record& r = docket::record();
    auto& db = in.workspace().db();
    const auto row = get_row(db, r, ref, {});
    Report report;
    report.shape = Report::Shape::record;
    report.name = r.noun;
    report.rows.columns = agency::list_columns(r);
    std::string text;
    add_row(report.rows, db, r, row,
            [&](std::size_t i) -> std::string_view { return text = display(db, r.fields[i], row.values[i], 0); });
    return Outcome::of(std::move(report));
}

/// A prefix is completed; what is none may be a name.
std::string by_prefix(Invocation& in, const Record& r, const std::string& text) {
    auto& db = in.workspace().db();
    return !key_exists(db, r, text) && !keys_with_prefix(db, r, text, 1).empty() ? in.resolve(r, text) : text;
}

Outcome add(Invocation& in) {
    std::vector<std::pair<std::string, std::string>> texts{{"matter", std::string(in.argument(0))}};
    for (const Option& o : add_options) {
        if (!in.has(o.key)) continue;
        std::string text(in.get(o.key));
        if (o.key == "trigger_on" || o.key == "due_on") text = to_string(*in.day(o.key));
        if (o.key == "client") text = by_prefix(in, client::record(), text);
        if (o.key == "responsible" || o.key == "backup") text = by_prefix(in, employee::record(), text);
        texts.emplace_back(o.key, text);
    }
    ImportOptions options;
    options.command = in.command_line;
    options.path = std::string(in.argument(0));
    const auto rules = docket::row_rules();
    const auto id = add_record(in.workspace(), docket::record(), *rules, texts, options,
                               [&](const Problem& p) { in.tell(say("warning: {text}", fmt::arg("text", p.message))); });
    if (in.globals.dry_run) return done(in, docket::record().noun, in.argument(0), N_("added"));
    return show_row(in, number_of(in.workspace().db(), docket::record(), id));
}

Outcome list(Invocation& in) {
    docket::ListOptions o;
    o.when = in.as_of();
    o.today = in.day("as_of").value_or(in.workspace().today());
    if (in.has("within")) o.within = *in.days("within");
    o.overdue = in.has("overdue");
    o.all = in.has("all");
    o.pack = in.get("pack");
    if (in.has("responsible")) o.responsible = by_prefix(in, employee::record(), std::string(in.get("responsible")));
    auto outcome = Outcome::of(docket::list(in.workspace(), o));
    fail_if_row(in, outcome);
    return outcome;
}

Outcome move_verb(Invocation& in) {
    const auto ref = in.resolve(docket::record(), in.argument(0));
    docket::move_due(in.workspace(), ref, *in.day("to"), in.get("evidence"), in.command_line);
    return done(in, docket::record().noun, ref, N_("moved"), in.get("to"));
}

Outcome step(Invocation& in, std::string_view verb, const char* change) {
    const auto ref = in.resolve(docket::record(), in.argument(0));
    agency::move(in.workspace(), docket::workflow, ref, verb, in.day("effective"), in.get("proof"), in.command_line);
    return done(in, docket::record().noun, ref, change);
}
Outcome done_verb(Invocation& in) {
    return step(in, "done", N_("done"));
}
Outcome abandon_verb(Invocation& in) {
    return step(in, "abandon", N_("abandoning"));
}

Outcome recompute(Invocation& in) {
    return Outcome::of(docket::recompute(in.workspace(), in.command_line));
}

Outcome rules(Invocation& in) {
    return Outcome::of(docket::rules(in.workspace(), in.as_of(), in.get("pack")));
}

std::int64_t amount_argument(const Invocation& in, std::size_t n) {
    const auto amount = parse_amount(in.argument(n), 2, false, 0, "CNY");
    if (amount.fault != AmountFault::none)
        throw Error(Exit::usage, say("\"{text}\" is not an amount", fmt::arg("text", in.argument(n))),
                    tr("write 60000000 or 60,000,000.00"));
    return amount.value;
}

Outcome surcharge(Invocation& in) {
    return Outcome::of(docket::surcharge_report(*docket::late_kind(in.argument(0)), amount_argument(in, 1),
                                                *in.day("due_on"), in.day("paid_on").value_or(in.workspace().today()),
                                                Calendar::load(in.workspace().db())));
}

Outcome security(Invocation& in) {
    return Outcome::of(docket::security_report(amount_argument(in, 0), in.arguments.size() > 1
                                                                           ? std::optional(amount_argument(in, 1))
                                                                           : std::optional<std::int64_t>()));
}

Outcome fee(Invocation& in) {
    const auto amount = amount_argument(in, 1);
    std::optional<Rate> agreed = Rate{1'000'000};
    if (in.has("agreed")) agreed = parse_rate(in.get("agreed"));
    if (!agreed || agreed->ppm <= 0)
        throw Error(Exit::usage, say("\"{text}\" is not a rate", fmt::arg("text", in.get("agreed"))), tr("write 80%"))
            .with_field("agreed");
    return Outcome::of(docket::bidding_fee_report(*docket::bid_kind(in.argument(0)), amount, agreed->ppm));
}

constexpr Verb verbs[] = {
    {"add", N_("Enter a deadline; its day is computed by the rule"), add, matter, add_options, add_examples,
     Needs::write},
    {"list",
     N_("Deadlines that run, the first due first"),
     list,
     {},
     list_options,
     list_examples,
     Needs::read,
     true,
     docket::list_columns},
    {"move", N_("Move the day, a later one with evidence"), move_verb, number, move_options, move_examples,
     Needs::write},
    {"done", N_("It was done, with proof"), done_verb, number, done_options, done_examples, Needs::write},
    {"abandon", N_("The client gives it up, with proof"), abandon_verb, number, abandon_options, {}, Needs::write},
    {"recompute",
     N_("Compute due days again that were waiting for the calendar of their year"),
     recompute,
     {},
     {},
     {},
     Needs::write,
     true,
     docket::recompute_columns},
    {"rules",
     N_("The rules in force, by packs"),
     rules,
     {},
     rules_options,
     rules_examples,
     Needs::read,
     true,
     docket::rules_columns},
    {"fee", N_("The progressive fee of a tender by the price notice 1980 of 2002"), fee, fee_arguments, fee_options,
     fee_examples, Needs::nothing, true, docket::bidding_fee_columns},
    {"surcharge", N_("What a late annuity or a late import declaration costs"), surcharge, surcharge_arguments,
     surcharge_options, surcharge_examples, Needs::read, true, docket::surcharge_columns},
    {"security",
     N_("The most that may be asked for as bid deposit and performance bond"),
     security,
     security_arguments,
     {},
     security_examples,
     Needs::nothing,
     true,
     docket::security_columns},
};

}  // namespace

extern const Noun docket_noun{"docket",
                              N_("Deadlines of clients' matters"),
                              verbs,
                              docket::record,
                              docket::row_rules,
                              docket::void_docket,
                              &docket::workflow};

}  // namespace agency::cli
