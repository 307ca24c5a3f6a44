#include "intake/lifecycle.hpp"
#include "intake/options.hpp"
#include "intake/verdict.hpp"
#include "report/calibration.hpp"

namespace agency::cli {
namespace {

constexpr Argument number_arguments[] = {intake_argument};
constexpr Option list_options[] = {
    moment_options[0], moment_options[1], {"all_versions", "", N_("Also what was reopened since")}};
constexpr std::string_view list_examples[] = {"agency intake list --where \"decision = go_with_conditions\"",
                                              "agency intake list --sort -weighted_score --format csv"};
constexpr std::string_view pipeline_examples[] = {"agency intake pipeline --as-of 2026-03-31",
                                                  "agency intake pipeline --format chart"};

Outcome list(Invocation& in) {
    return Outcome::of(intake::ledger(in.workspace(), in.as_of(), in.has("all_versions")));
}
Outcome show(Invocation& in) {
    return Outcome::of(intake::sheet(in.workspace(), intake_number(in), in.as_of()));
}
Outcome pipeline(Invocation& in) {
    return Outcome::of(intake::pipeline(in.workspace(), in.as_of()));
}
Outcome resolutions(Invocation& in) {
    return Outcome::of(intake::resolutions(in.workspace(), in.as_of()));
}
Outcome reasons(Invocation& in) {
    return Outcome::of(intake::reasons(in.workspace(), in.as_of()));
}

constexpr std::string_view groups[] = {"intake", "assessor", "dimension"};
constexpr Option calibrate_options[] = {
    moment_options[0],
    moment_options[1],
    {"by", "KEY", N_("intake (default), assessor, dimension"), 0, false, false, groups}};

Outcome calibrate(Invocation& in) {
    const std::string by(in.has("by") ? in.get("by") : "intake");
    return Outcome::of(calibration(in.workspace(), in.as_of(), by));
}

constexpr Verb verbs[] = {
    {"list",
     N_("The ledger: assessments with score, margins, risk, decision and open conditions"),
     list,
     {},
     list_options,
     list_examples,
     Needs::read,
     true,
     intake::ledger_columns},
    {"show", N_("The whole sheet of an assessment"), show, number_arguments, moment_options, {}, Needs::read},
    {"pipeline",
     N_("By stage how many, how much, for how long, and how many went on"),
     pipeline,
     {},
     moment_options,
     pipeline_examples,
     Needs::read,
     true,
     intake::pipeline_columns},
    {"resolutions",
     N_("The committee's meetings with their counts"),
     resolutions,
     {},
     moment_options,
     {},
     Needs::read,
     true,
     intake::resolutions_columns},
    {"reasons",
     N_("Why business was not taken on, lost or withdrawn"),
     reasons,
     {},
     moment_options,
     {},
     Needs::read,
     true,
     intake::reasons_columns},
    {"calibrate",
     N_("What was expected against what the contracts then showed"),
     calibrate,
     {},
     calibrate_options,
     {},
     Needs::read,
     true,
     calibration_columns},
};

/// The verbs of the noun stand in three files by what they are for.
std::span<const Verb> more_verbs() {
    static const auto more = [] {
        std::vector<Verb> out;
        for (const auto part : {assess_verbs, decide_verbs}) out.insert(out.end(), part.begin(), part.end());
        return out;
    }();
    return more;
}

constexpr const Record& (*parts[])() = {intake::score_record, intake::risk_record,      intake::knockout_record,
                                        intake::cash_record,  intake::labour_record,    intake::party_record,
                                        intake::check_record, intake::meeting_record,   intake::recusal_record,
                                        intake::vote_record,  intake::condition_record, intake::verdict_record};

}  // namespace

extern const Noun intake_noun{.name = "intake",
                              .summary = N_("Whether business is taken on: assessment and decision"),
                              .verbs = verbs,
                              .record = intake::record,
                              .rules = intake::row_rules,
                              .workflow = &intake::lifecycle,
                              .parts = parts,
                              .more = more_verbs};
extern const Noun committee_noun{.name = "committee",
                                 .summary = N_("Who decides on what is taken on"),
                                 .record = intake::committee_record,
                                 .rules = intake::committee_rules};
extern const Noun relative_noun{.name = "relative",
                                .summary = N_("Relatives whom employees declared"),
                                .record = intake::relative_record,
                                .rules = intake::relative_rules};

}  // namespace agency::cli
