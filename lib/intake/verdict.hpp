// What a decision rested on and settings bear on, kept with it: settings that change later change nothing that was
// decided.
#pragma once
#include "intake/evaluate.hpp"

namespace agency {

struct IntakeVerdict {
    Id<IntakeVerdict> id;
    std::string number;
    Id<Intake> intake;
    std::string weights;  ///< as the setting has them
    Rate margin_floor;
    std::int64_t weighted_score = 0;                   ///< tenths
    std::int64_t exposure = 0, residual_exposure = 0;  ///< minor units
    std::optional<Rate> risk_adjusted_margin;
    intake::Decision verdict = intake::Decision::no_go;
    std::string knockouts, triggers;  ///< keys, `; ` between: of the knock-outs that followed, and of the committee
    Date decided_on;
};

namespace intake {

const Record& verdict_record();
/// Writes what the assessment comes to, with the decision.
void keep_verdict(Operation& op, const Assessment& a);
/// What was kept of a decision that is in force; nothing where none is, or it was made before verdicts were kept.
std::optional<IntakeVerdict> kept_verdict(db::Session& db, const Intake& i, const AsOf& when);
/// The settings by which that was reckoned, as far as they bear on what is reckoned again.
Rules rules_of(const IntakeVerdict& kept, Rules rules);
/// The figures as they were kept.
void restore(const IntakeVerdict& kept, Assessment& a);

}  // namespace intake
}  // namespace agency
