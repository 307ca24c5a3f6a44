// An assessment with every figure that follows from what was entered.
#pragma once
#include "intake/conflict.hpp"
#include "intake/labour.hpp"
#include "intake/settings.hpp"

namespace agency::intake {

/// A knock-out that somebody entered, or that follows from the figures.
struct Knockout {
    IntakeKnockout::Kind kind;
    std::string evidence;
    bool derived = false;
};

struct Assessment {
    Intake intake;
    Policy policy;
    std::vector<IntakeScore> scores;  ///< the last one of every sub-item
    std::array<Scores, dimensions> dimension{};
    std::array<bool, dimensions> evidenced{};
    std::optional<std::int64_t> weighted;  ///< tenths
    std::vector<IntakeLabour> labour;      ///< nothing: the labour cost was typed
    Estimate estimate;
    bool costed = false;  ///< something was estimated of what it costs, be it nothing; else there is no margin
    std::optional<std::int64_t> gross_margin, risk_adjusted_margin;  ///< ppm
    std::optional<std::int64_t> judged_score, judged_margin;         ///< weighted and risk-adjusted, rounded down
    std::vector<IntakeRisk> risks;
    std::int64_t exposure = 0, residual_exposure = 0;
    std::int64_t top_risk = 0, residual_risk = 0;  ///< highest P × I, before and after; 0: no risks
    std::vector<IntakeCash> cash;                  ///< by month
    std::int64_t peak_cash_need = 0;
    std::vector<Knockout> knockouts;
    std::optional<Verdict> verdict;  ///< nothing while a score, the amount or the cost is missing
    std::vector<Trigger> triggers;
    CheckState check;

    bool knocked_out_by(IntakeKnockout::Kind kind) const;
    /// Mean score of a dimension in hundredths; nothing while it has none.
    std::optional<std::int64_t> mean(Dimension d) const;
    const IntakeRisk* worst_risk() const;
    std::int64_t advance() const;  ///< as estimated, or the peak cash need when that is more
};

/// `figures`: without the triggers, which read all invoices. Of a decision in force the figures that it rested on,
/// whatever the settings say now.
enum class Depth : std::uint8_t { whole, figures };
Assessment assess(Workspace& w, const Intake& intake, const AsOf& when, Depth depth = Depth::whole);

std::string_view to_string(Dimension d);
std::string_view to_string(IntakeKnockout::Kind k);
std::string_view to_string(Level l);
/// Key of a trigger, `amount`, and a translated sentence of why it is met by the policy.
std::string_view to_string(Trigger t);
std::string explain(Trigger t, const Policy& policy);

}  // namespace agency::intake
