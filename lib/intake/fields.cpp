#include "base/translate.hpp"
#include "client/reference.hpp"
#include "intake/intake.hpp"

namespace agency::intake {
namespace {

constexpr std::string_view number_aliases[] = {"编号", "评估号", "assessment", "assessment number"};
constexpr std::string_view lead_aliases[] = {"线索", "商机", "商机编号"};
constexpr std::string_view client_aliases[] = {"客户名称", "客户编号", "client name", "customer"};
constexpr std::string_view title_aliases[] = {"名称", "项目", "项目名称", "业务名称", "name", "subject"};
constexpr std::string_view trade_aliases[] = {"业务类型", "业务类别", "type"};
constexpr std::string_view amount_aliases[] = {"合同金额", "金额", "预计合同额", "contract amount"};
constexpr std::string_view rate_aliases[] = {"税率%", "增值税税率", "vat rate"};
constexpr std::string_view pass_aliases[] = {"官费", "代收代付款"};
constexpr std::string_view labour_aliases[] = {"人工", "labor cost", "labour"};
constexpr std::string_view subcontract_aliases[] = {"分包", "外包成本", "subcontract"};
constexpr std::string_view travel_aliases[] = {"差旅", "travel"};
constexpr std::string_view other_aliases[] = {"其他费用"};
constexpr std::string_view advance_aliases[] = {"垫付", "垫资金额"};
constexpr std::string_view owner_aliases[] = {"负责人", "商务"};

constexpr Word trades[] = {{N_("bidding"), "招标代理"}, {N_("patent"), "专利代理"},  {N_("trademark"), "商标代理"},
                           {N_("customs"), "报关"},     {N_("advertising"), "广告"}, {N_("bookkeeping"), "代理记账"},
                           {N_("other"), "其他"}};
constexpr Word statuses[] = {{N_("opportunity"), "商机"}, {N_("assessing"), "评估中"}, {N_("deferred"), "补充资料"},
                             {N_("decided"), "已决策"},   {N_("lost"), "丢单"},        {N_("withdrawn"), "客户撤回"}};
constexpr Word decisions[] = {{N_("go"), "承接"}, {N_("go_with_conditions"), "有条件承接"}, {N_("no_go"), "不承接"}};

constexpr Field amount_field(std::string_view key, Access access, const char* en, const char* zh, const char* meaning) {
    return Field{key, FieldType::money, access, en, zh, meaning};
}
constexpr Field score_field(std::string_view key, Access access, const char* en, const char* zh) {
    return Field{
        key,    FieldType::decimal,
        access, en,
        zh,     N_("Score of the whole dimension, 0 to 5 in tenths; its sub-items count instead where they are scored")}
        .scaled(1);
}
constexpr Field flag_field(std::string_view key, Access access, const char* en, const char* zh, const char* meaning) {
    return Field{key, FieldType::flag, access, en, zh, meaning};
}

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Intake::number>, "Number", "评估编号",
          N_("Number of the assessment; open gives the next one of the year")}
        .required()
        .fixed()
        .also(number_aliases),
    Field{"lead", FieldType::reference, member<&Intake::lead>, "Lead", "线索编号", N_("Lead that it comes from")}
        .fixed()
        .also(lead_aliases)
        .refers_to(lead::record),
    Field{"client", FieldType::reference, member<&Intake::client>, "Client", "客户",
          N_("Who wants it: a client's code, in files also its exact name; default the lead's")}
        .filled()
        .fixed()
        .also(client_aliases)
        .refers_to(client::record),
    Field{"title", FieldType::text, member<&Intake::title>, "Title", "业务名称",
          N_("What is wanted; default the lead's")}
        .filled()
        .also(title_aliases),
    Field{"trade", FieldType::choice, member<&Intake::trade>, "Trade", "业务类型",
          N_("Line of business; the rules on conflicts of interest depend on it; default other")}
        .filled()
        .also(trade_aliases)
        .one_of(trades),
    amount_field("amount", member<&Intake::amount>, "Amount", "合同额",
                 N_("Price that the contract would have, tax included"))
        .also(amount_aliases),
    Field{"currency", FieldType::currency, member<&Intake::currency>, "Currency", "币种",
          N_("ISO 4217; default the client's")}
        .filled()
        .fixed(),
    Field{"tax_rate", FieldType::rate, member<&Intake::tax_rate>, "Tax rate", "税率",
          N_("Rate of value-added tax in the amount, 0.06 or 6%; none: the amount is without tax")}
        .also(rate_aliases),
    amount_field("pass_through", member<&Intake::pass_through>, "Pass-through", "代收代付",
                 N_("Official fees and what else is only passed on"))
        .also(pass_aliases),
    amount_field("rebates", member<&Intake::rebates>, "Rebates", "返利", N_("What is given back of the price")),
    amount_field("labour_cost", member<&Intake::labour_cost>, "Labour cost", "人工成本",
                 N_("Hours times their cost rate"))
        .also(labour_aliases),
    amount_field("subcontract_cost", member<&Intake::subcontract_cost>, "Subcontract cost", "分包成本",
                 N_("What others are paid to do"))
        .also(subcontract_aliases),
    amount_field("travel_cost", member<&Intake::travel_cost>, "Travel cost", "差旅成本", N_("Travel"))
        .also(travel_aliases),
    amount_field("other_cost", member<&Intake::other_cost>, "Other cost", "其他成本", N_("Any other direct cost"))
        .also(other_aliases),
    amount_field("advance", member<&Intake::advance>, "Advance", "垫资",
                 N_("Most that we would lay out for the client"))
        .also(advance_aliases),
    score_field("qualification_score", member<&Intake::qualification_score>, "Client qualification", "客户资质"),
    score_field("feasibility_score", member<&Intake::feasibility_score>, "Feasibility", "项目可行性"),
    score_field("capability_score", member<&Intake::capability_score>, "Capability match", "能力匹配"),
    score_field("return_score", member<&Intake::return_score>, "Expected return", "预期收益"),
    score_field("risk_score", member<&Intake::risk_score>, "Risk and mitigation", "风险与应对"),
    Field{"evidence", FieldType::text, member<&Intake::evidence>, "Evidence", "评估依据",
          N_("What the scores in these columns rest on")},
    flag_field("new_business_line", member<&Intake::new_business_line>, "New business line", "新业务类型",
               N_("Whether we have never done such business")),
    flag_field("public_project", member<&Intake::public_project>, "Public project", "涉密或重大公共项目",
               N_("Whether it touches state secrets or is a major public project")),
    flag_field("related_party", member<&Intake::related_party>, "Related party", "关联方",
               N_("Whether the client is related to us")),
    flag_field("unlimited_liability", member<&Intake::unlimited_liability>, "Unlimited liability", "无限责任或担保",
               N_("Whether we would guarantee, or be liable without limit")),
    flag_field("cross_department", member<&Intake::cross_department>, "Cross-department", "跨部门或涉外",
               N_("Whether several departments or foreign law are needed")),
    Field{
        "owner", FieldType::text, member<&Intake::owner>, "Owner", "商务负责人",
        N_("Who brings the business; cannot alone decide on it; default the lead's. An employee, where those are kept")}
        .also(owner_aliases),
    Field{"assessor", FieldType::text, member<&Intake::assessor>, "Assessor", "评估人",
          N_("Who assesses it; cannot alone decide on it. An employee, where those are kept")},
    Field{"opened_on", FieldType::day, member<&Intake::opened_on>, "Opened", "立项评估日期",
          N_("Day on which it was opened; default today")}
        .filled()
        .fixed(),
    Field{"version", FieldType::integer, member<&Intake::version>, "Version", "版本",
          N_("Counts how often it was opened")}
        .filled()
        .fixed()
        .by_verb_only(),
    Field{"reopens", FieldType::reference, member<&Intake::reopens>, "Reopens", "上一版本", N_("The version before")}
        .fixed()
        .by_verb_only()
        .refers_to(record),
    Field{"status", FieldType::choice, member<&Intake::status>, "Status", "状态", N_("State of the assessment")}
        .filled()
        .dated()
        .by_verb_only()
        .one_of(statuses),
    Field{"decision", FieldType::choice, member<&Intake::decision>, "Decision", "决策结论",
          N_("Whether it is taken on, with conditions, or not")}
        .dated()
        .by_verb_only()
        .one_of(decisions),
    Field{"decided_by", FieldType::text, member<&Intake::decided_by>, "Decided by", "决策人",
          N_("Person, or number of the committee's meeting")}
        .dated()
        .by_verb_only(),
    Field{"reason", FieldType::text, member<&Intake::reason>, "Reason", "原因",
          N_("Why it was deferred, lost, withdrawn or not taken on")}
        .dated()
        .by_verb_only(),
    Field{"note", FieldType::text, member<&Intake::note>, "Note", "备注", N_("Anything else")},
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("intake"),
                          .plural = N_("intakes"),
                          .en = "Intake",
                          .zh = "承接评估",
                          .fields = fields,
                          .booked = true,
                          .settle = settle};
    return r;
}

std::string_view to_string(Decision d) {
    return decisions[static_cast<std::size_t>(d)].word;
}
std::string_view to_string(Intake::Status s) {
    return statuses[static_cast<std::size_t>(s)].word;
}

}  // namespace agency::intake
