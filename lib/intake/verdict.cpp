#include "intake/verdict.hpp"

#include <algorithm>

#include "base/translate.hpp"
#include "intake/part_fields.hpp"

namespace agency::intake {
namespace {

constexpr Word verdicts[] = {{N_("go"), "承接"}, {N_("go_with_conditions"), "有条件承接"}, {N_("no_go"), "不承接"}};

constexpr Field fields[] = {
    part_number(member<&IntakeVerdict::number>),
    part_of("intake", member<&IntakeVerdict::intake>, "Intake", "评估编号", N_("Assessment that it belongs to"),
            record),
    Field{"weights", FieldType::text, member<&IntakeVerdict::weights>, "Weights", "权重",
          N_("Weights of the five dimensions in percent")}
        .required()
        .fixed(),
    Field{"margin_floor", FieldType::rate, member<&IntakeVerdict::margin_floor>, "Margin floor", "毛利率底线",
          N_("Risk-adjusted margin below which business was ruled out")}
        .required()
        .fixed(),
    Field{"weighted_score", FieldType::decimal, member<&IntakeVerdict::weighted_score>, "Weighted score", "加权得分",
          N_("Weighted score when it was decided")}
        .required()
        .fixed()
        .scaled(1),
    Field{"exposure", FieldType::money, member<&IntakeVerdict::exposure>, "Risk exposure", "风险敞口",
          N_("What the risks came to")}
        .required()
        .fixed(),
    Field{"residual_exposure", FieldType::money, member<&IntakeVerdict::residual_exposure>, "Residual exposure",
          "残余敞口", N_("What remained of them")}
        .required()
        .fixed(),
    Field{"risk_adjusted_margin", FieldType::rate, member<&IntakeVerdict::risk_adjusted_margin>, "Risk-adjusted margin",
          "风险调整毛利率", N_("Margin after that; none: there was no net revenue")}
        .fixed(),
    Field{"verdict", FieldType::choice, member<&IntakeVerdict::verdict>, "Verdict", "规则结论",
          N_("What the rule came to")}
        .required()
        .fixed()
        .one_of(verdicts),
    Field{"knockouts", FieldType::text, member<&IntakeVerdict::knockouts>, "Knock-outs", "一票否决项",
          N_("Knock-outs that followed from the figures")}
        .fixed(),
    Field{"triggers", FieldType::text, member<&IntakeVerdict::triggers>, "Triggers", "集体决策触发条件",
          N_("Why the committee decided")}
        .fixed(),
    part_day("decided_on", member<&IntakeVerdict::decided_on>, "Decided", "决策日期",
             N_("Day on which it was decided")),
};

/// Keys as one text, and which of all keys such a text has.
template <class Keys>
std::string joined(const Keys& keys) {
    std::string out;
    for (const auto key : keys) out += (out.empty() ? "" : "; ") + std::string(to_string(key));
    return out;
}
template <class Key>
std::vector<Key> among(std::string_view text, Key last) {
    std::vector<Key> out;
    const auto kept = "; " + std::string(text) + ";";
    for (int k = 0; k <= static_cast<int>(last); ++k)
        if (kept.find("; " + std::string(to_string(static_cast<Key>(k))) + ";") != kept.npos)
            out.push_back(static_cast<Key>(k));
    return out;
}

}  // namespace

const Record& verdict_record() {
    static const Record r{.noun = N_("intake_verdict"),
                          .plural = "intake_verdicts",
                          .en = "Intake verdict",
                          .zh = "评估结论依据",
                          .fields = fields,
                          .currency_from = "intake",
                          .part_of = "intake",
                          .settle = settle_part<verdict_record>};
    return r;
}

void keep_verdict(Operation& op, const Assessment& a) {
    std::vector<IntakeKnockout::Kind> derived;
    for (const Knockout& k : a.knockouts)
        if (k.derived) derived.push_back(k.kind);
    IntakeVerdict v{.intake = a.intake.id,
                    .weights = fmt::format("{}", fmt::join(a.policy.weights, ",")),
                    .margin_floor = {a.policy.margin_floor},
                    .weighted_score = a.weighted.value_or(0),
                    .exposure = a.exposure,
                    .residual_exposure = a.residual_exposure,
                    .verdict = a.verdict->all,
                    .knockouts = joined(derived),
                    .triggers = joined(a.triggers),
                    .decided_on = op.workspace().today()};
    if (a.risk_adjusted_margin) v.risk_adjusted_margin = Rate{*a.risk_adjusted_margin};
    add_part(op, verdict_record(), v, a.intake.number, 'E');
}

std::optional<IntakeVerdict> kept_verdict(db::Session& db, const Intake& i, const AsOf& when) {
    if (!i.decision) return std::nullopt;
    auto all = parts_of<IntakeVerdict>(db, verdict_record(), "intake", i.id.value, when);
    return all.empty() ? std::nullopt : std::optional(std::move(all.back()));
}

Rules rules_of(const IntakeVerdict& kept, Rules rules) {
    rules.values["intake.weights"] = kept.weights;
    rules.values["intake.margin_floor"] = to_string(kept.margin_floor);
    return rules;
}

void restore(const IntakeVerdict& kept, Assessment& a) {
    a.weighted = kept.weighted_score;
    a.exposure = kept.exposure;
    a.residual_exposure = kept.residual_exposure;
    a.risk_adjusted_margin = kept.risk_adjusted_margin ? std::optional(kept.risk_adjusted_margin->ppm) : std::nullopt;
    a.verdict = a.verdict.value_or(Verdict{});
    a.verdict->all = kept.verdict;
    a.triggers = among(kept.triggers, Trigger::cross_department);
    const auto derived = among(kept.knockouts, IntakeKnockout::Kind::unmitigated_compliance_risk);
    std::erase_if(a.knockouts, [&](const Knockout& k) {
        return k.derived && std::find(derived.begin(), derived.end(), k.kind) == derived.end();
    });
    for (const auto kind : derived)
        if (!a.knocked_out_by(kind)) a.knockouts.push_back({kind, tr("when it was decided"), true});
}

}  // namespace agency::intake
