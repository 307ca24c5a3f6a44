#include "intake/parts.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "intake/part_fields.hpp"
#include "record/import.hpp"

namespace agency {

bool IntakeRisk::complete() const {
    return score() < intake::to_be_mitigated ||
           (!mitigation.empty() && !owner.empty() && due_on && residual_probability && residual_impact);
}

namespace intake {
namespace {

constexpr Word dimension_words[] = {{N_("qualification"), "客户资质"},
                                    {N_("feasibility"), "项目可行性"},
                                    {N_("capability"), "能力匹配"},
                                    {N_("return"), "预期收益"},
                                    {N_("risk"), "风险与应对"}};
constexpr Word risk_kinds[] = {{"legal", "法律"},   {"compliance", "合规"}, {"technical", "技术"}, {"schedule", "进度"},
                               {"payment", "回款"}, {"staff", "人员"},      {"other", "其他"}};
constexpr Word knockout_kinds[] = {{N_("invalid_code"), "统一社会信用代码无效"},
                                   {N_("deregistered"), "已注销"},
                                   {N_("dishonest_debtor"), "失信被执行人且无预付"},
                                   {N_("blacklisted"), "制裁或黑名单"},
                                   {N_("illegal_purpose"), "目的违法"},
                                   {N_("missing_approval"), "缺少必备批准"},
                                   {N_("statutory_conflict"), "法定利益冲突"},
                                   {N_("no_licensed_person"), "无持证人员"},
                                   {N_("margin_below_floor"), "风险调整毛利率低于底线"},
                                   {N_("extreme_risk"), "残余风险极高"},
                                   {N_("unmitigated_compliance_risk"), "合规风险无应对"}};

constexpr Field score_fields[] = {
    part_number(member<&IntakeScore::number>),
    part_of("intake", member<&IntakeScore::intake>, "Intake", "评估编号", N_("Assessment that it belongs to"), record),
    Field{"dimension", FieldType::choice, member<&IntakeScore::dimension>, "Dimension", "评估维度",
          N_("One of the five dimensions")}
        .required()
        .fixed()
        .one_of(dimension_words),
    Field{"item", FieldType::text, member<&IntakeScore::item>, "Item", "评估子项", N_("Sub-item of the dimension")}
        .required()
        .fixed(),
    Field{"score", FieldType::decimal, member<&IntakeScore::score>, "Score", "得分", N_("0 to 5, in tenths")}
        .required()
        .fixed()
        .scaled(1),
    Field{"evidence", FieldType::text, member<&IntakeScore::evidence>, "Evidence", "依据",
          N_("What the score rests on")}
        .required()
        .fixed(),
    Field{"assessor", FieldType::text, member<&IntakeScore::assessor>, "Assessor", "评估人", N_("Who scored it")}
        .required()
        .fixed(),
    Field{"scored_on", FieldType::day, member<&IntakeScore::scored_on>, "Scored", "评估日期",
          N_("Day on which it was scored")}
        .required()
        .fixed(),
};

constexpr Field risk_fields[] = {
    part_number(member<&IntakeRisk::number>),
    part_of("intake", member<&IntakeRisk::intake>, "Intake", "评估编号", N_("Assessment that it belongs to"), record),
    Field{"title", FieldType::text, member<&IntakeRisk::title>, "Risk", "风险", N_("What may happen")}
        .required()
        .fixed(),
    Field{"kind", FieldType::choice, member<&IntakeRisk::kind>, "Kind", "风险类别", N_("Where the risk comes from")}
        .filled()
        .fixed()
        .one_of(risk_kinds),
    Field{"probability", FieldType::integer, member<&IntakeRisk::probability>, "Probability", "可能性",
          N_("How likely it is, 1 to 5")}
        .required()
        .fixed(),
    Field{"impact", FieldType::integer, member<&IntakeRisk::impact>, "Impact", "影响",
          N_("How much it would hurt, 1 to 5")}
        .required()
        .fixed(),
    Field{"likelihood", FieldType::rate, member<&IntakeRisk::likelihood>, "Likelihood", "概率",
          N_("How likely in percent; default by the probability and the setting intake.likelihood")}
        .fixed(),
    Field{"loss", FieldType::money, member<&IntakeRisk::loss>, "Loss", "损失额", N_("What it would cost")}.fixed(),
    Field{"mitigation", FieldType::text, member<&IntakeRisk::mitigation>, "Mitigation", "应对措施",
          N_("What is done about it; asked from a score of 10 on")},
    Field{"owner", FieldType::text, member<&IntakeRisk::owner>, "Owner", "责任人", N_("Who does it")},
    Field{"due_on", FieldType::day, member<&IntakeRisk::due_on>, "Due", "完成期限", N_("Until when it is done")},
    Field{"residual_probability", FieldType::integer, member<&IntakeRisk::residual_probability>, "Residual probability",
          "残余可能性", N_("How likely it remains, 1 to 5")},
    Field{"residual_impact", FieldType::integer, member<&IntakeRisk::residual_impact>, "Residual impact", "残余影响",
          N_("How much it would hurt then, 1 to 5")},
    Field{"residual_likelihood", FieldType::rate, member<&IntakeRisk::residual_likelihood>, "Residual likelihood",
          "残余概率", N_("How likely it remains in percent")},
    Field{"residual_loss", FieldType::money, member<&IntakeRisk::residual_loss>, "Residual loss", "残余损失额",
          N_("What it would cost then; default as the loss")},
    part_entered(member<&IntakeRisk::entered_on>),
};

constexpr Field knockout_fields[] = {
    part_number(member<&IntakeKnockout::number>),
    part_of("intake", member<&IntakeKnockout::intake>, "Intake", "评估编号", N_("Assessment that it belongs to"),
            record),
    Field{"kind", FieldType::choice, member<&IntakeKnockout::kind>, "Kind", "一票否决项",
          N_("What rules the business out")}
        .required()
        .fixed()
        .one_of(knockout_kinds),
    Field{"evidence", FieldType::text, member<&IntakeKnockout::evidence>, "Evidence", "依据", N_("What shows it")}
        .required()
        .fixed(),
    Field{"found_on", FieldType::day, member<&IntakeKnockout::found_on>, "Found", "发现日期",
          N_("Day on which it was found")}
        .required()
        .fixed(),
};

constexpr Field cash_fields[] = {
    part_number(member<&IntakeCash::number>),
    part_of("intake", member<&IntakeCash::intake>, "Intake", "评估编号", N_("Assessment that it belongs to"), record),
    Field{"month", FieldType::text, member<&IntakeCash::month>, "Month", "月份", N_("YYYY-MM")}.required().fixed(),
    Field{"net", FieldType::money, member<&IntakeCash::net>, "Net cash", "净现金流",
          N_("What comes in less what goes out in that month")}
        .required()
        .fixed(),
    part_entered(member<&IntakeCash::entered_on>),
};

constexpr std::string_view qualification[] = {"subject_status", "licence",         "credit_rating",
                                              "litigation",     "payment_history", "beneficial_owner"};
constexpr std::string_view feasibility[] = {"legality", "clarity", "inputs", "schedule", "difficulty"};
constexpr std::string_view capability[] = {"staff", "similar_cases", "partners", "conflict_check"};
constexpr std::string_view return_[] = {"revenue", "margin", "cash_profile", "strategic_value"};
constexpr std::string_view risk[] = {"register", "residual_level"};

/// The field with the day from which a part counts.
std::size_t day_of(const Record& r) {
    for (const auto key :
         {"entered_on", "scored_on", "found_on", "checked_on", "convened_on", "voted_on", "decided_on"})
        if (r.find(key)) return r.index(key);
    throw Error(Exit::bug, std::string(r.noun) + " has no day");
}

}  // namespace

const Record& score_record() {
    static const Record r{.noun = N_("intake_score"),
                          .plural = "intake_scores",
                          .en = "Intake score",
                          .zh = "评估打分",
                          .fields = score_fields,
                          .part_of = "intake",
                          .settle = settle_part<score_record>};
    return r;
}
const Record& risk_record() {
    static const Record r{.noun = N_("intake_risk"),
                          .plural = "intake_risks",
                          .en = "Intake risk",
                          .zh = "承接风险",
                          .fields = risk_fields,
                          .currency_from = "intake",
                          .part_of = "intake",
                          .settle = settle_part<risk_record>};
    return r;
}
const Record& knockout_record() {
    static const Record r{.noun = N_("intake_knockout"),
                          .plural = "intake_knockouts",
                          .en = "Intake knock-out",
                          .zh = "一票否决",
                          .fields = knockout_fields,
                          .part_of = "intake",
                          .settle = settle_part<knockout_record>};
    return r;
}
const Record& cash_record() {
    static const Record r{.noun = N_("intake_cash"),
                          .plural = "intake_cash",
                          .en = "Intake cash",
                          .zh = "现金流预测",
                          .fields = cash_fields,
                          .currency_from = "intake",
                          .part_of = "intake",
                          .settle = settle_part<cash_record>};
    return r;
}

std::span<const std::string_view> items_of(Dimension d) {
    switch (d) {
        case Dimension::qualification:
            return qualification;
        case Dimension::feasibility:
            return feasibility;
        case Dimension::capability:
            return capability;
        case Dimension::return_:
            return return_;
        case Dimension::risk:
            return risk;
    }
    return {};
}

std::int64_t word_of(const Record& r, std::string_view field, std::string_view text) {
    const Field& f = r.field(field);
    if (const int i = find_word(f, text); i >= 0) return i;
    std::vector<std::string_view> words;
    std::string all;
    for (const Word& w : f.words) {
        words.push_back(w.word);
        all += (all.empty() ? "" : ", ") + std::string(w.word);
    }
    const auto near = nearest(text, words);
    throw Error(Exit::usage, say("{name} is none of: {all}", fmt::arg("name", text), fmt::arg("all", all)),
                near.empty() ? std::string() : say("did you mean {near}?", fmt::arg("near", near)))
        .with_field(field);
}

Row read_part(const Record& r, const Texts& texts, const Currency& currency) {
    Row row;
    row.values.resize(r.fields.size());
    for (const auto& [key, text] : texts) {
        const auto at = r.index(key);
        if (auto why = parse_value(r.fields[at], text, nullptr, currency.digits(), row.values[at], row.texts,
                                   r.fields[at].type == FieldType::money ? currency.code() : std::string_view()))
            throw Error(Exit::usage, key + ": " + *why).with_field(key);
    }
    return row;
}

std::string add_part_values(Operation& op, const Record& r, const void* part, std::string_view whole, char letter) {
    std::vector<Value> values;
    for (const Field& f : r.fields) values.push_back(f.access.get(part));
    const auto owner = r.fields[1].key;  // the whole stands second in every part
    const auto before =
        op.db()
            .integer("SELECT COUNT(*) FROM " + std::string(r.noun) + " WHERE " + std::string(owner) + " = $1",
                     values[1].n)
            .value_or(0);
    const auto number = fmt::format("{}/{}{}", whole, letter, before + 1);
    values[0] = Value::of(std::string_view(number));
    for (std::size_t i = 0; i < values.size(); ++i)
        if (r.fields[i].never_null && !values[i])
            throw Error(Exit::usage, say("{field} is missing", fmt::arg("field", heading(r.fields[i]))))
                .with_field(r.fields[i].key);
    const auto id = write_record(op, r, values);
    op.audit("add", r.noun, id, "", json_of(op.db(), r, values));
    return number;
}

void settle_parts(Operation& op, const Record& r, std::int64_t first, std::int64_t last,
                  std::span<const std::int64_t> touched) {
    std::vector<std::int64_t> wholes;
    const auto select = "SELECT intake FROM " + std::string(r.noun) + " WHERE id ";
    const auto add = [&](db::Statement& s) { wholes.push_back(s.integer(0)); };
    op.db().each(select + "BETWEEN $1 AND $2 GROUP BY intake", add, first, last);
    if (!r.find("satisfied_on"))  // a condition is satisfied after the decision
        for (const auto id : touched) op.db().each(select + "= $1", add, id);
    for (const auto id : wholes) refuse_closed(op, id);
}

void each_part(db::Session& db, const Record& r, std::string_view owner_field, std::int64_t owner, const AsOf& when,
               const std::function<void(const Row&)>& each) {
    std::vector<std::int64_t> ids;
    db.each(
        "SELECT id FROM " + std::string(r.noun) + " AS r WHERE " + std::string(owner_field) +
            " = $1 AND operation <= $2 AND " + listed(r, "r", "$2") + " ORDER BY id",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, owner, when.operation);
    const auto day = day_of(r);
    for (const auto id : ids)
        if (const auto row = find_row(db, r, id, when);
            row && !row->voided(when.day) && row->values[day].n <= when.day.days)
            each(*row);
}

}  // namespace intake
}  // namespace agency
