#include "intake/report.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/translate.hpp"
#include "contract/facts.hpp"
#include "intake/history.hpp"
#include "lead/facts.hpp"
#include "record/report_as_of.hpp"

namespace agency::intake {
namespace {

struct One {
    Row row;
    Intake intake;
};

/// Every assessment that counts; `all_versions` false: of each the last version only.
std::vector<One> assessments(db::Session& db, const AsOf& when, bool all_versions) {
    std::vector<One> out;
    std::set<std::int64_t> reopened;
    each_row(db, record(), when, [&](const Row& row) {
        if (row.voided(when.day)) return;
        auto i = to_struct<Intake>(record(), row);
        if (i.opened_on > when.day) return;
        if (i.reopens) reopened.insert(i.reopens.value);
        Row copy;
        copy.id = row.id;
        copy.operation = row.operation;
        out.push_back({std::move(copy), std::move(i)});
    });
    if (!all_versions) std::erase_if(out, [&](const One& x) { return reopened.contains(x.row.id); });
    return out;
}

std::string name_of(db::Session& db, std::int64_t client, const AsOf& when) {
    const auto row = find_row(db, client::record(), client, when);
    return row ? std::string(row->values[client::record().index("name")].s) : std::string();
}

std::int64_t open_conditions(db::Session& db, std::int64_t intake, const AsOf& when) {
    const auto all = parts_of<IntakeCondition>(db, condition_record(), "intake", intake, when);
    return std::count_if(all.begin(), all.end(),
                         [&](const auto& c) { return !c.satisfied_on || *c.satisfied_on > when.day; });
}

}  // namespace

std::vector<GridColumn> ledger_columns() {
    return {{"number", CellType::text, "Number", "评估编号"},
            {"lead", CellType::text, "Lead", "线索编号"},
            {"client", CellType::text, "Client", "客户"},
            {"client_name", CellType::text, "Client name", "客户名称"},
            {"title", CellType::text, "Title", "业务名称"},
            {"trade", CellType::word, "Trade", "业务类型"},
            {"amount", CellType::money, "Amount", "合同额"},
            {"currency", CellType::text, "Currency", "币种"},
            or_na({"gross_margin", CellType::ratio, "Gross margin", "毛利率"}),
            or_na({"risk_adjusted_margin", CellType::ratio, "Risk-adjusted margin", "风险调整毛利率"}),
            {"weighted_score", CellType::decimal, "Weighted score", "加权得分"},
            {"top_risk", CellType::text, "Top risk", "首要风险"},
            {"residual_risk", CellType::integer, "Residual risk", "残余风险值"},
            {"verdict", CellType::word, "Verdict", "规则结论"},
            {"status", CellType::word, "Status", "状态"},
            {"decision", CellType::word, "Decision", "决策结论"},
            {"decided_by", CellType::text, "Decided by", "决策人"},
            {"decided_on", CellType::day, "Decided", "决策日期"},
            {"conditions_open", CellType::integer, "Conditions open", "未满足条件"},
            {"contract", CellType::text, "Contract", "合同编号"},
            {"owner", CellType::text, "Owner", "商务负责人"},
            {"opened_on", CellType::day, "Opened", "立项评估日期"}};
}

Report ledger(Workspace& w, const AsOf& when, bool all_versions) {
    auto& db = w.db();
    Report report;
    report.name = record().plural;
    report.narrow = {"number", "client_name", "title", "amount", "weighted_score", "decision"};
    auto& g = report.rows;
    g.columns = ledger_columns();
    const auto contracts = contract::by_intake(db, when);
    const auto& trades = record().field("trade").words;
    for (const One& one : assessments(db, when, all_versions)) {
        const auto a = assess(w, one.intake, when, Depth::figures);
        const Intake& i = a.intake;
        g.add_text(i.number);
        g.add_text(i.lead ? number_of(db, lead::record(), i.lead.value) : "");
        g.add_text(number_of(db, client::record(), i.client.value));
        g.add_text(name_of(db, i.client.value, when));
        g.add_text(i.title);
        g.add_constant(trades[static_cast<std::size_t>(i.trade)].word);
        i.amount ? g.add_money(*i.amount, i.currency.digits()) : g.add_null();
        g.add_text(i.currency.code());
        for (const auto& margin : {a.gross_margin, a.risk_adjusted_margin}) margin ? g.add_rate(*margin) : g.add_null();
        a.weighted ? g.add_decimal(*a.weighted, 1) : g.add_null();
        const auto* worst = a.worst_risk();
        g.add_text(worst ? worst->title : "");
        worst ? g.add_integer(a.residual_risk) : g.add_null();
        a.verdict ? g.add_constant(to_string(a.verdict->all)) : g.add_null();
        g.add_constant(to_string(i.status));
        i.decision ? g.add_constant(to_string(*i.decision)) : g.add_null();
        g.add_text(i.decided_by);
        const auto day = decided_on(db, one.row.id, when);
        day ? g.add_day(*day) : g.add_null();
        g.add_integer(open_conditions(db, one.row.id, when));
        auto contract = contracts.find(one.row.id);
        for (auto v = i.reopens.value; v && contract == contracts.end();) {  // it may name an earlier version
            contract = contracts.find(v);
            const auto before = find_row(db, record(), v, when);
            v = before ? before->values[record().index("reopens")].n : 0;
        }
        g.add_text(contract == contracts.end() ? "" : contract->second);
        g.add_text(i.owner);
        g.add_day(i.opened_on);
    }
    return report;
}

std::vector<GridColumn> resolutions_columns() {
    return {{"number", CellType::text, "Number", "会议编号"},
            {"intake", CellType::text, "Intake", "评估编号"},
            {"client", CellType::text, "Client", "客户"},
            {"title", CellType::text, "Title", "业务名称"},
            {"convened_on", CellType::day, "Convened", "召开日期"},
            {"mode", CellType::word, "Mode", "方式"},
            {"eligible", CellType::integer, "Eligible", "应表决"},
            {"present", CellType::integer, "Present", "实到"},
            {"recused", CellType::integer, "Recused", "回避人数"},
            {"in_favour", CellType::integer, "For", "同意"},
            {"against", CellType::integer, "Against", "反对"},
            {"abstained", CellType::integer, "Abstained", "弃权"},
            {"vetoed", CellType::flag, "Vetoed", "法务否决"},
            {"result", CellType::word, "Result", "表决结果"},
            {"signed_on", CellType::day, "Signed", "签署日期"},
            {"decision", CellType::word, "Decision", "决策结论"},
            {"decided_by", CellType::text, "Decided by", "决策人"},
            {"conditions", CellType::text, "Conditions", "承接条件"}};
}

Report resolutions(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    Report report = report_as_of("intake.resolutions", when);
    report.narrow = {"number", "title", "in_favour", "against", "result"};
    auto& g = report.rows;
    g.columns = resolutions_columns();
    const Record& r = meeting_record();
    for (const One& one : assessments(db, when, true))
        for (const auto& meeting : parts_of<IntakeMeeting>(db, r, "intake", one.row.id, when)) {
            const auto m = minutes_of(db, meeting, when);
            const auto b = m.ballot();
            const Intake& i = one.intake;
            g.add_text(meeting.number);
            g.add_text(i.number);
            g.add_text(number_of(db, client::record(), i.client.value));
            g.add_text(i.title);
            g.add_day(meeting.convened_on);
            g.add_constant(r.field("mode").words[static_cast<std::size_t>(meeting.mode)].word);
            for (const auto n : {b.eligible(), b.present(), b.recused, b.in_favour, b.against, b.abstained})
                g.add_integer(n);
            g.add_flag(m.vetoed());
            meeting.result ? g.add_constant(r.field("result").words[static_cast<std::size_t>(*meeting.result)].word)
                           : g.add_null();
            meeting.signed_on ? g.add_day(*meeting.signed_on) : g.add_null();
            meeting.signed_on&& i.decision ? g.add_constant(to_string(*i.decision)) : g.add_null();
            g.add_text(meeting.signed_on ? i.decided_by : "");
            std::string conditions;
            for (const auto& c : parts_of<IntakeCondition>(db, condition_record(), "intake", one.row.id, when))
                conditions += (conditions.empty() ? "" : "; ") + c.condition;
            g.add_text(conditions);
        }
    return report;
}

std::vector<GridColumn> reasons_columns() {
    return {{"outcome", CellType::word, "Outcome", "结果"},
            {"reason", CellType::text, "Reason", "原因"},
            {"currency", CellType::text, "Currency", "币种"},
            {"count", CellType::integer, "Count", "笔数"},
            {"amount", CellType::money, "Amount", "金额"},
            {"last_year", CellType::integer, "Last year", "近一年"},
            {"year_before", CellType::integer, "Year before", "上一年"},
            {"trend", CellType::integer, "Trend", "趋势"}};
}

namespace {

/// Business that was not taken on, and the day from which that holds.
struct Gone {
    std::string outcome, reason, currency;
    std::int64_t amount;
    Date day;
};

/// Leads that were lost or withdrawn; an assessment that says so itself speaks for its lead.
void add_leads(db::Session& db, const AsOf& when, const std::set<std::int64_t>& told, std::vector<Gone>& out) {
    const Record& r = lead::record();
    const auto reasons = lead::reasons(db, when);
    std::vector<Lead> leads;
    each_row(db, r, when, [&](const Row& row) {
        auto l = to_struct<Lead>(r, row);
        const bool gone = l.status == Lead::Status::lost || l.status == Lead::Status::withdrawn;
        if (gone && !row.voided(when.day) && l.received_on <= when.day && !told.contains(row.id))
            leads.push_back(std::move(l));
    });
    for (const Lead& l : leads) {
        const auto day = history(db, r, "status", l.id.value, l.received_on, 0, when).back().from;
        const auto why = reasons.find(l.id.value);
        out.push_back({l.status == Lead::Status::lost ? "lost" : "withdrawn", why == reasons.end() ? "" : why->second,
                       std::string(l.currency.code()), l.expected_amount.value_or(0), day});
    }
}

std::vector<Gone> all_gone(db::Session& db, const AsOf& when) {
    std::vector<Gone> out;
    std::set<std::int64_t> told;
    for (const One& one : assessments(db, when, false)) {
        const Intake& i = one.intake;
        const bool refused = i.status == Intake::Status::decided && i.decision == Decision::no_go;
        if (!refused && i.status != Intake::Status::lost && i.status != Intake::Status::withdrawn) continue;
        if (i.lead) told.insert(i.lead.value);
        const auto day = history(db, record(), "status", one.row.id, i.opened_on, 0, when).back().from;
        out.push_back({refused ? "no_go" : std::string(to_string(i.status)), i.reason, std::string(i.currency.code()),
                       i.amount.value_or(0), day});
    }
    add_leads(db, when, told, out);
    return out;
}

}  // namespace

Report reasons(Workspace& w, const AsOf& when) {
    struct Figures {
        std::int64_t count = 0, amount = 0, last_year = 0, year_before = 0;
    };
    std::map<std::tuple<std::string, std::string, std::string>, Figures> all;
    const Date year_ago = add_years(when.day, -1), before = add_years(when.day, -2);
    for (const Gone& gone : all_gone(w.db(), when)) {
        auto& f = all[{gone.outcome, gone.reason, gone.currency}];
        ++f.count;
        f.amount = add_checked(f.amount, gone.amount);
        if (gone.day > year_ago)
            ++f.last_year;
        else if (gone.day > before)
            ++f.year_before;
    }
    Report report = report_as_of("intake.reasons", when);
    auto& g = report.rows;
    g.columns = reasons_columns();
    for (const auto& [key, f] : all) {
        const auto& [outcome, reason, currency] = key;
        g.add_text(outcome);
        g.add_text(reason);
        g.add_text(currency);
        g.add_integer(f.count);
        g.add_money(f.amount, Currency::parse(currency)->digits());
        g.add_integer(f.last_year);
        g.add_integer(f.year_before);
        g.add_integer(f.last_year - f.year_before);
    }
    return report;
}

}  // namespace agency::intake
