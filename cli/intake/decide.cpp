// How it is decided: the committee's meeting, the decision, conditions.
#include "base/error.hpp"
#include "intake/options.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr Argument number_arguments[] = {intake_argument};
constexpr std::string_view modes[] = {"meeting", "circular"};
constexpr Option convene_options[] = {
    {"convened_on", "DAY", N_("Day of the meeting; default today")},
    {"mode", "WORD", N_("Meeting (default), or written circular"), 0, false, false, modes},
    {"place", "TEXT", N_("Where")},
    {"due_on", "DAY", N_("Last day of a circular")},
    {"attendees", "TEXT", N_("Who was there without a vote")},
    {"materials", "HASH", N_("Hash of what was laid before the members")},
    {"special", "", N_("Two thirds are needed")},
    {"discussion", "TEXT", N_("What was said")},
};
constexpr std::string_view convene_examples[] = {
    "agency intake convene IN-2026-001 --place 会议室A",
    "agency intake convene IN-2026-001 --mode circular --due-on 2026-03-20"};
constexpr Option recuse_options[] = {{"member", "NAME", N_("Member of the committee"), 0, true},
                                     {"reason", "TEXT", N_("Why; kept with it"), 0, true}};
constexpr Option vote_options[] = {{"member", "NAME", N_("Member of the committee"), 0, true},
                                   {"for", "", N_("For taking the business on")},
                                   {"against", "", N_("Against it; needs a reason")},
                                   {"abstain", "", N_("Abstain; counts in the denominator")},
                                   {"reason", "TEXT", N_("Why; asked of a vote against")}};
constexpr std::string_view vote_examples[] = {
    "agency intake vote IN-2026-001 --member 张伟 --for",
    "agency intake vote IN-2026-001 --member 李娜 --against --reason 毛利过低"};
constexpr std::string_view decisions[] = {"go", "go_with_conditions", "no_go"};
constexpr Option decide_options[] = {
    {"as", "WORD", N_("go, go_with_conditions or no_go; default what rule and committee come to"), 0, false, false,
     decisions},
    {"by", "NAME", N_("Who decides, where no committee does; default the actor")},
    {"superior", "TEXT", N_("Resolution of the shareholders, where fewer than three unrelated members remain")},
    {"discussion", "TEXT", N_("What was said in the meeting; for the minutes")},
    {"reason", "TEXT", N_("Why; default what rules it out")},
    {"explain", "", N_("Show every column of the rule and what would be decided; decides nothing")}};
constexpr std::string_view decide_examples[] = {"agency intake decide IN-2026-001 --by 张伟 --explain",
                                                "agency intake decide IN-2026-001 --as no_go --reason 产能不足"};
constexpr Argument condition_arguments[] = {intake_argument, {"TEXT", N_("What must be done")}};
constexpr std::string_view stages[] = {"before_sign", "before_start"};
constexpr Option condition_options[] = {
    {"blocks", "STAGE", N_("What waits for it: before_sign, before_start"), 0, true, false, stages},
    {"owner", "NAME", N_("Who does it")},
    {"due_on", "DAY", N_("Until when it is done")}};
constexpr Argument satisfy_arguments[] = {
    {"CONDITION", N_("Number of the condition, as show lists it: IN-2026-001/C1")}};
constexpr Option satisfy_options[] = {{"evidence", "TEXT", N_("What shows it"), 0, true},
                                      {"on", "DAY", N_("Day on which it was done; default today")}};

Outcome convene(Invocation& in) {
    const auto number = intake_number(in);
    auto texts = texts_of(in, convene_options);
    for (auto& [key, text] : texts)
        if (key == "convened_on" || key == "due_on") text = to_string(*in.day(key));
    if (!in.has("special")) texts.emplace_back("special", "no");
    if (!in.has("mode")) texts.emplace_back("mode", "meeting");
    return done(in, "intake", number, N_("convened"), intake::convene(in.workspace(), number, texts, in.command_line));
}

Outcome recuse(Invocation& in) {
    const auto number = intake_number(in);
    return done(in, "intake", number, N_("recused"),
                intake::recuse(in.workspace(), number, in.get("member"), in.get("reason"), in.command_line));
}

Outcome vote(Invocation& in) {
    const auto number = intake_number(in);
    if (in.has("for") + in.has("against") + in.has("abstain") != 1)
        throw Error(Exit::usage, tr("a vote is one of --for, --against, --abstain")).with_field("for");
    const auto v = in.has("for")       ? IntakeVote::Vote::for_
                   : in.has("against") ? IntakeVote::Vote::against
                                       : IntakeVote::Vote::abstain;
    return done(in, "intake", number, N_("voted"),
                intake::vote(in.workspace(), number, in.get("member"), v, in.get("reason"), in.command_line));
}

Outcome decide(Invocation& in) {
    const auto number = intake_number(in);
    intake::DecideOptions o;
    if (in.has("as")) o.as = static_cast<intake::Decision>(intake::word_of(intake::record(), "decision", in.get("as")));
    o.by = in.get("by");
    o.superior = in.get("superior");
    o.discussion = in.get("discussion");
    o.reason = in.get("reason");
    o.explain = in.has("explain");
    intake::Decided d;
    try {
        intake::decide(in.workspace(), number, o, in.command_line, &d);
    } catch (const Error& e) {
        if (!o.explain || !d.assessment.verdict) throw;
        in.error_after = e;  // why it was refused stands in the table
    }
    warn_of_capability(in, number);
    if (o.explain) {
        in.tell(tr("nothing is decided yet: the command without --explain decides"));
        return Outcome::of(intake::explanation(d));
    }
    return done(in, "intake", number, N_("decided"), intake::to_string(d.decision));
}

Outcome condition(Invocation& in) {
    const auto number = intake_number(in);
    auto texts = texts_of(in, condition_options);
    texts.emplace_back("condition", in.argument(1));
    return done(in, "intake", number, N_("added"),
                intake::add_condition(in.workspace(), number, texts, in.command_line));
}

Outcome satisfy(Invocation& in) {
    const auto number = in.resolve(intake::condition_record(), in.argument(0));
    intake::satisfy(in.workspace(), number, in.day("on"), in.get("evidence"), in.command_line);
    return done(in, "intake_condition", number, N_("satisfied"));
}

Outcome minutes(Invocation& in) {
    return Outcome::of(intake::minutes_sheet(in.workspace(), intake_number(in), in.as_of()));
}

constexpr Verb verbs[] = {
    {"condition",
     N_("Enter a condition of taking it on"),
     condition,
     condition_arguments,
     condition_options,
     {},
     Needs::write},
    {"satisfy", N_("A condition is met"), satisfy, satisfy_arguments, satisfy_options, {}, Needs::write},
    {"convene", N_("Open a meeting of the committee, or a written circular"), convene, number_arguments,
     convene_options, convene_examples, Needs::write},
    {"recuse",
     N_("A member is related and neither counts nor votes"),
     recuse,
     number_arguments,
     recuse_options,
     {},
     Needs::write},
    {"vote", N_("Enter the vote of a member"), vote, number_arguments, vote_options, vote_examples, Needs::write},
    {"decide", N_("Decide whether it is taken on; the committee's minutes are signed by it"), decide, number_arguments,
     decide_options, decide_examples, Needs::write},
    {"minutes", N_("Minutes of the committee's meeting"), minutes, number_arguments, moment_options, {}, Needs::read},
};

}  // namespace

const std::span<const Verb> decide_verbs = verbs;

}  // namespace agency::cli
