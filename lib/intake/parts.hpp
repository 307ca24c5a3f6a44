// What belongs to an assessment and has no life of its own: scores, risks, knock-outs, monthly cash. Each part is a
// record, so that undo and check know it; its number is that of the whole with a letter and a count, `IN-2026-001/R2`.
#pragma once
#include <functional>

#include "intake/intake.hpp"

namespace agency {

struct IntakeScore {
    Id<IntakeScore> id;
    std::string number;
    Id<Intake> intake;
    intake::Dimension dimension = intake::Dimension::qualification;
    std::string item;
    std::int64_t score = 0;  ///< tenths, 0–50
    std::string evidence, assessor;
    Date scored_on;
};

struct IntakeRisk {
    enum class Kind { legal, compliance, technical, schedule, payment, staff, other };
    Id<IntakeRisk> id;
    std::string number;
    Id<Intake> intake;
    std::string title;
    Kind kind = Kind::other;
    std::int64_t probability = 0, impact = 0;  ///< 1–5
    std::optional<Rate> likelihood;            ///< nothing: that of the probability by the settings
    std::optional<std::int64_t> loss;          ///< minor units
    std::string mitigation, owner;
    std::optional<Date> due_on;
    std::optional<std::int64_t> residual_probability, residual_impact;
    std::optional<Rate> residual_likelihood;
    std::optional<std::int64_t> residual_loss;  ///< nothing: as the loss
    Date entered_on;

    std::int64_t score() const { return probability * impact; }
    std::int64_t residual_score() const {
        return residual_probability.value_or(probability) * residual_impact.value_or(impact);
    }
    /// From 10 on a risk has a mitigation, an owner, a day and what remains.
    bool complete() const;
};

struct IntakeKnockout {
    enum class Kind {
        invalid_code,
        deregistered,
        dishonest_debtor,
        blacklisted,
        illegal_purpose,
        missing_approval,
        statutory_conflict,
        no_licensed_person,
        margin_below_floor,
        extreme_risk,
        unmitigated_compliance_risk
    };
    Id<IntakeKnockout> id;
    std::string number;
    Id<Intake> intake;
    Kind kind = Kind::invalid_code;
    std::string evidence;
    Date found_on;
};

struct IntakeCash {
    Id<IntakeCash> id;
    std::string number;
    Id<Intake> intake;
    std::string month;  ///< YYYY-MM
    std::int64_t net = 0;
    Date entered_on;
};

namespace intake {

const Record& score_record();
const Record& risk_record();
const Record& knockout_record();
const Record& cash_record();

/// The sub-items of a dimension (handbook §2.2).
std::span<const std::string_view> items_of(Dimension d);
/// A word of the dimension's or kind's field; throws Error(usage) with the nearest.
std::int64_t word_of(const Record& r, std::string_view field, std::string_view text);

/// Texts by field key, read as a file's cells are, into the values of a part; amounts in the currency. Error(usage)
/// names the field.
using Texts = std::vector<std::pair<std::string, std::string>>;
Row read_part(const Record& r, const Texts& texts, const Currency& currency);

/// Writes a part (its fields but the number are set) with its row in the trail, and answers its number.
std::string add_part_values(Operation& op, const Record& r, const void* part, std::string_view whole, char letter);
template <class Part>
std::string add_part(Operation& op, const Record& r, Part& part, std::string_view whole, char letter) {
    return part.number = add_part_values(op, r, &part, whole, letter);
}
/// Rows of a part that belong to `owner`, as they count at the moment, in the order in which they were entered.
void each_part(db::Session& db, const Record& r, std::string_view owner_field, std::int64_t owner, const AsOf& when,
               const std::function<void(const Row&)>& each);
/// Record::settle of a part: what belongs to an assessment that is decided, lost or withdrawn is neither taken back nor
/// brought back.
void settle_parts(Operation& op, const Record& r, std::int64_t first, std::int64_t last,
                  std::span<const std::int64_t> touched);
template <const Record& (*record_of)()>
void settle_part(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    settle_parts(op, record_of(), first, last, touched);
}
template <class Part>
std::vector<Part> parts_of(db::Session& db, const Record& r, std::string_view owner_field, std::int64_t owner,
                           const AsOf& when) {
    std::vector<Part> out;
    each_part(db, r, owner_field, owner, when, [&](const Row& row) { out.push_back(to_struct<Part>(r, row)); });
    return out;
}

}  // namespace intake
}  // namespace agency
