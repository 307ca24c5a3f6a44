// House policy of intake: the D values of handbook §2, each a setting `intake.*`.
#pragma once
#include "base/translate.hpp"
#include "intake/assessment.hpp"
#include "intake/ballot.hpp"
#include "intake/trigger.hpp"
#include "workspace/workspace.hpp"

namespace agency::intake {

inline constexpr SettingRow bookkeeping_titles{
    "intake.bookkeeping_titles", "会计师,中级会计师,高级会计师,正高级会计师",
    N_("Certificates of an accountant from the middle level on, by which somebody may lead bookkeeping for others")};
inline constexpr std::string_view off_sign_on[] = {"off", "sign", "on"};
/// Rows of agency.toml; the defaults are the handbook's.
inline constexpr SettingRow settings[] = {
    {"intake.weights", "20,20,20,25,15",
     N_("Weights of the five dimensions in percent: client qualification, feasibility, capability, return, risk")},
    {"intake.go_score", "75", N_("Weighted score from which business is taken on")},
    {"intake.conditional_score", "60", N_("Weighted score from which business is taken on with conditions")},
    {"intake.go_margin", "20%", N_("Risk-adjusted margin from which business is taken on"), SettingType::rate},
    {"intake.conditional_margin", "10%", N_("Risk-adjusted margin from which business is taken on with conditions"),
     SettingType::rate},
    {"intake.margin_floor", "10%", N_("Risk-adjusted margin below which business is ruled out"), SettingType::rate},
    {"intake.go_risk", "9", N_("Highest residual risk, probability times impact, with which business is taken on"),
     SettingType::integer},
    {"intake.conditional_risk", "16", N_("Highest residual risk with which business is taken on with conditions"),
     SettingType::integer},
    {"intake.likelihood", "10%,30%,50%,70%,90%", N_("What the probabilities 1 to 5 of a risk are in percent")},
    {"intake.collective_amount", "500000", N_("Contract amount from which the committee decides"), SettingType::amount},
    {"intake.collective_share", "10%", N_("Share of last year's revenue from which the committee decides"),
     SettingType::rate},
    {"intake.last_year_revenue", "0", N_("Last year's revenue; 0: what was invoiced in it"), SettingType::amount},
    {"intake.collective_advance", "50000", N_("Advance for a client from which the committee decides"),
     SettingType::amount},
    {"intake.collective_score", "60,70", N_("Weighted scores between which the committee decides")},
    {"intake.collective_risk", "10", N_("Residual risk from which the committee decides"), SettingType::integer},
    {"intake.special_share", "2,3", N_("So many of so many eligible votes that a special matter needs")},
    {"intake.legal_veto", "no",
     N_("Whether a legal adviser without a vote may be against it, and it does not pass then"), SettingType::flag},
    {"intake.authority", "approve",
     N_("Authority of job descriptions by which one person takes business on, as agency org approver has it")},
    {"intake.business_department", "BD",
     N_("Code of the department whose people bring business and do not decide alone")},
    {"intake.valid_days", "90", N_("Days for which a decision may be used to sign a contract"), SettingType::integer},
    {"intake.amount_slack", "10%",
     N_("How much more than was assessed a contract may be worth that rests on the decision"), SettingType::rate},
    {"intake.conflict_years", "3", N_("Years for which a former client is looked at for conflicts of interest"),
     SettingType::integer},
    {"intake.stage_probability", "10%,25%,50%,40%,90%,100%",
     N_("How likely a contract is at each stage: lead, opportunity, assessing, deferred, taken on, contract")},
    {"intake.required", "sign",
     N_("Which contracts need a decision to take them on: off none, sign those that leave draft, on also those entered "
        "by hand beyond it"),
     SettingType::word, off_sign_on},
    bookkeeping_titles,
};

/// Which contracts need a decision to take them on; new rows of a file never do.
enum class Required : std::uint8_t { off, sign, on };

struct Policy {
    Weights weights{20, 20, 20, 25, 15};
    Thresholds thresholds;
    std::int64_t margin_floor = 100'000;  ///< ppm; below it the margin is a knock-out
    TriggerLimits limits;
    std::string no_rate;  ///< a sentence: why amounts cannot be compared with the limits; empty: they can
    std::array<std::int64_t, 5> likelihood{100'000, 300'000, 500'000, 700'000, 900'000};  ///< ppm, of 1 to 5
    std::int64_t valid_days = 90;                                                         ///< a decision may be used
    std::int64_t amount_slack = 100'000;  ///< ppm of the assessed amount that a contract may be above it
    std::int64_t conflict_years = 3;
    std::int64_t last_year_revenue = 0;  ///< 0: what was invoiced
    std::string authority;               ///< of job descriptions, to take business on
    std::string business_department;     ///< its people bring business
    Share special;
    bool legal_veto = false;
    Required required = Required::sign;
};
/// Amounts are those of the settings in minor units of the currency. Error(usage) names a setting that cannot be read.
Policy policy(const Rules& rules, const Currency& currency);
/// ppm by stage of the pipeline, from lead to contract.
std::array<std::int64_t, 6> stage_probabilities(const Rules& rules);

}  // namespace agency::intake
