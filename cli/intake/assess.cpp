// What is entered of an assessment: figures, scores, risks, knock-outs, parties.
#include "intake/options.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr std::string_view
    trades[] = {"bidding", "patent", "trademark", "customs", "advertising", "bookkeeping", "other"},
    risk_kinds[] = {"legal", "compliance", "technical", "schedule", "payment", "staff", "other"},
    roles[] = {"legal_representative", "shareholder", "group", "opponent", "bidder", "related_person", "matter"},
    dimensions[] = {"qualification", "feasibility", "capability", "return", "risk"},
    knockouts[] = {"invalid_code",       "deregistered",     "dishonest_debtor",           "blacklisted",
                   "illegal_purpose",    "missing_approval", "statutory_conflict",         "no_licensed_person",
                   "margin_below_floor", "extreme_risk",     "unmitigated_compliance_risk"};
constexpr Argument open_arguments[] = {{"LEAD", N_("Code of the lead that it comes from"), false, false, "lead"}};
constexpr Option open_options[] = {
    {"number", "NUMBER", N_("Number; default the next of the year, IN-YYYY-NNN")},
    {"client", "CODE", N_("Who wants it; default the lead's client"), 0, false, false, {}, "client"},
    {"title", "TEXT", N_("What is wanted; default the lead's title")},
    {"trade", "WORD", N_("Line of business; the rules on conflicts of interest depend on it; default other"), 0, false,
     false, trades},
    {"amount", "AMOUNT", N_("Price that the contract would have, tax included; default the lead's")},
    {"tax_rate", "RATE", N_("Rate of value-added tax in the amount")},
    {"owner", "NAME", N_("Who brings the business; default the lead's owner")},
    {"assessor", "NAME", N_("Who assesses it")},
    {"note", "TEXT", N_("Anything else")},
};
constexpr std::string_view open_examples[] = {"agency intake open L-1 --assessor 王芳",
                                              "agency intake open --client K1 --title 招标代理 --amount 300000"};

constexpr Argument number_arguments[] = {intake_argument};
constexpr Option reason_options[] = {{"reason", "TEXT", N_("Why; kept with it"), 0, true}};

constexpr Argument score_arguments[] = {intake_argument,
                                        {"DIMENSION", N_("One of the five dimensions"), true, false, {}, dimensions},
                                        {"ITEM", N_("Sub-item of the dimension; an unknown one lists them")},
                                        {"SCORE", N_("0 to 5, in tenths")}};
constexpr Option score_options[] = {{"evidence", "TEXT", N_("What the score rests on"), 0, true},
                                    {"assessor", "NAME", N_("Who scored it; default the actor")}};
constexpr std::string_view score_examples[] = {
    "agency intake score IN-2026-001 qualification credit_rating 4 --evidence 征信报告2026-03"};

constexpr Option estimate_options[] = {
    {"amount", "AMOUNT", N_("Price that the contract would have, tax included")},
    {"tax_rate", "RATE", N_("Rate of value-added tax in the amount")},
    {"pass_through", "AMOUNT", N_("Official fees and what else is only passed on")},
    {"rebates", "AMOUNT", N_("What is given back of the price")},
    {"labour_cost", "AMOUNT", N_("Hours times their cost rate, where it is not reckoned of --hours")},
    {"subcontract_cost", "AMOUNT", N_("What others are paid to do")},
    {"travel_cost", "AMOUNT", N_("Travel")},
    {"other_cost", "AMOUNT", N_("Any other direct cost")},
    {"advance", "AMOUNT", N_("Most that we would lay out for the client")},
    {"hours", "WHO=HOURS",
     N_("Hours of an employee or a position at their cost rates, E1=40, or at a rate of their own, senior=20@350; may "
        "be "
        "repeated"),
     0, false, true},
    {"cash", "MONTH=AMOUNT", N_("Net cash of a month, 2026-03=-5000; may be repeated"), 0, false, true},
};
constexpr std::string_view estimate_examples[] = {
    "agency intake estimate IN-2026-001 --amount 318000 --tax-rate 6% --labour-cost 150000 --cash 2026-03=-50000 "
    "--cash "
    "2026-06=200000",
    "agency intake estimate IN-2026-001 --hours E012=80 --hours PM=24 --hours 高级顾问=20@350"};

constexpr Option risk_options[] = {
    {"title", "TEXT", N_("What may happen"), 0, true},
    {"kind", "WORD", N_("Where the risk comes from"), 0, true, false, risk_kinds},
    {"probability", "N", N_("How likely it is, 1 to 5"), 0, true},
    {"impact", "N", N_("How much it would hurt, 1 to 5"), 0, true},
    {"likelihood", "RATE", N_("How likely in percent; default by the probability")},
    {"loss", "AMOUNT", N_("What it would cost")},
    {"mitigation", "TEXT", N_("What is done about it; asked from a score of 10 on")},
    {"owner", "NAME", N_("Who does it")},
    {"due_on", "DAY", N_("Until when it is done")},
    {"residual_probability", "N", N_("How likely it remains, 1 to 5")},
    {"residual_impact", "N", N_("How much it would hurt then, 1 to 5")},
    {"residual_likelihood", "RATE", N_("How likely it remains in percent")},
    {"residual_loss", "AMOUNT", N_("What it would cost then; default as the loss")},
};
constexpr std::span<const Option> mitigate_options(risk_options + 6, std::size(risk_options) - 6);
constexpr std::string_view risk_examples[] = {
    "agency intake risk IN-2026-001 --title 甲方付款拖延 --kind payment --probability 4 --impact 3 --loss 60000 "
    "--mitigation 预付50% --owner 李强 --due-on 2026-03-31 --residual-probability 2 --residual-impact 3"};
constexpr Argument part_arguments[] = {{"PART", N_("Number of the part, as show lists it: IN-2026-001/R1")}};

constexpr Argument knockout_arguments[] = {intake_argument,
                                           {"KIND", N_("What rules the business out"), true, false, {}, knockouts}};
constexpr Option evidence_options[] = {{"evidence", "TEXT", N_("What shows it"), 0, true}};

constexpr Option party_options[] = {
    {"role", "WORD", N_("What the party is to the business; a matter is a tender, patent or trademark number"), 0, true,
     false, roles},
    {"name", "TEXT", N_("Name, or the matter's number"), 0, true},
    {"identifier", "TEXT", N_("USCC, or what else tells it from others of the name")},
    {"note", "TEXT", N_("Anything else")},
};
constexpr std::string_view party_examples[] = {"agency intake party IN-2026-001 --role opponent --name 乙公司",
                                               "agency intake party IN-2026-001 --role matter --name ZB-2026-118"};
constexpr Option conflict_options[] = {{"by", "NAME", N_("Who checks; default the actor")},
                                       {"fail_if_found", "", N_("Exit 1 when anything was found")}};

Outcome open(Invocation& in) {
    std::string lead(in.argument(0));
    if (!lead.empty()) lead = in.resolve(lead::record(), lead);
    auto texts = texts_of(in, open_options);
    for (auto& [key, text] : texts)
        if (key == "client") text = in.resolve(client::record(), text);
    const auto number = intake::open(in.workspace(), lead, std::move(texts), in.command_line);
    return done(in, "intake", number, N_("opened"));
}

Outcome reopen(Invocation& in) {
    const auto number = intake_number(in);
    const auto next = intake::reopen(in.workspace(), number, in.get("reason"), in.command_line);
    return done(in, "intake", number, N_("reopened"), next);
}

Outcome estimate(Invocation& in) {
    const auto number = intake_number(in);
    const std::span all(estimate_options);
    intake::estimate(in.workspace(), number, texts_of(in, all.first(all.size() - 2)), in.all("hours"), in.all("cash"),
                     in.command_line);
    return done(in, "intake", number, N_("estimated"));
}

Outcome score(Invocation& in) {
    const auto number = intake_number(in);
    const auto part = intake::score(in.workspace(), number, in.argument(1), in.argument(2), in.argument(3),
                                    in.get("evidence"), in.get("assessor"), in.command_line);
    return done(in, "intake", number, N_("scored"), part);
}

Outcome risk(Invocation& in) {
    const auto number = intake_number(in);
    const auto part = intake::add_risk(in.workspace(), number, texts_of(in, risk_options), in.command_line);
    return done(in, "intake", number, N_("added"), part);
}

Outcome mitigate(Invocation& in) {
    const auto part = in.resolve(intake::risk_record(), in.argument(0));
    intake::mitigate(in.workspace(), part, texts_of(in, mitigate_options), in.command_line);
    return done(in, "intake_risk", part, N_("changed"));
}

Outcome knockout(Invocation& in) {
    const auto number = intake_number(in);
    const auto part = intake::knock_out(in.workspace(), number, in.argument(1), in.get("evidence"), in.command_line);
    return done(in, "intake", number, N_("added"), part);
}

Outcome party(Invocation& in) {
    const auto number = intake_number(in);
    const auto part = intake::add_party(in.workspace(), number, texts_of(in, party_options), in.command_line);
    return done(in, "intake", number, N_("added"), part);
}

Outcome drop(Invocation& in) {
    const std::string part(in.argument(0));
    intake::take_out(in.workspace(), part, in.get("reason"), in.command_line);
    return done(in, "intake", part, N_("voided"));
}

Outcome conflict(Invocation& in) {
    const auto number = intake_number(in);
    const auto found = intake::check_conflicts(in.workspace(), number, in.get("by"), in.command_line);
    warn_of_capability(in, number);
    auto outcome = Outcome::of(intake::conflicts(found, number));
    if (in.has("fail_if_found") && !found.empty()) outcome.exit = Exit::condition;
    return outcome;
}

constexpr Verb verbs[] = {
    {"open", N_("Open an assessment, of a lead or of a client"), open, open_arguments, open_options, open_examples,
     Needs::write},
    {"estimate", N_("Enter what it would bring and cost, and the cash by month"), estimate, number_arguments,
     estimate_options, estimate_examples, Needs::write},
    {"score", N_("Score a sub-item; the last score of one counts"), score, score_arguments, score_options,
     score_examples, Needs::write},
    {"risk", N_("Enter a risk"), risk, number_arguments, risk_options, risk_examples, Needs::write},
    {"mitigate",
     N_("Enter what is done about a risk, and what remains of it"),
     mitigate,
     part_arguments,
     mitigate_options,
     {},
     Needs::write},
    {"knockout",
     N_("Enter what rules the business out"),
     knockout,
     knockout_arguments,
     evidence_options,
     {},
     Needs::write},
    {"party", N_("Enter whom the business touches beside the client"), party, number_arguments, party_options,
     party_examples, Needs::write},
    {"conflict",
     N_("Check conflicts of interest against clients, opponents, employees and relatives"),
     conflict,
     number_arguments,
     conflict_options,
     {},
     Needs::write,
     true,
     intake::conflicts_columns},
    {"drop",
     N_("Take a part out of force: a score, risk, knock-out, line of hours, party or condition"),
     drop,
     part_arguments,
     reason_options,
     {},
     Needs::write},
    {"reopen",
     N_("Make a new version of one that was decided, lost or withdrawn"),
     reopen,
     number_arguments,
     reason_options,
     {},
     Needs::write},
};

}  // namespace

const std::span<const Verb> assess_verbs = verbs;

}  // namespace agency::cli
