#include <map>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "intake/history.hpp"
#include "intake/report.hpp"

namespace agency::intake {
namespace {

/// `0.31383`, as cells of rates in data are.
std::string to_decimal(std::int64_t ppm) {
    return plain(Cell{nullptr, ppm, 0, 0, false}, CellType::ratio);
}

void add_rate(Grid& g, const std::optional<std::int64_t>& ppm) {
    ppm ? g.add_rate(*ppm) : g.add_null();
}

void add_figure_columns(std::vector<GridColumn>& columns) {
    columns.insert(columns.end(),
                   {{"weighted_score", CellType::decimal, "Weighted score", "加权得分"},
                    {"net_revenue", CellType::money, "Net revenue", "净收入"},
                    {"direct_cost", CellType::money, "Direct cost", "直接成本"},
                    or_na({"gross_margin", CellType::ratio, "Gross margin", "毛利率"}),
                    {"exposure", CellType::money, "Risk exposure", "风险敞口"},
                    {"residual_exposure", CellType::money, "Residual exposure", "残余敞口"},
                    or_na({"risk_adjusted_margin", CellType::ratio, "Risk-adjusted margin", "风险调整毛利率"}),
                    {"peak_cash_need", CellType::money, "Peak cash need", "最大资金占用"},
                    {"top_risk", CellType::integer, "Top risk", "最高风险值"},
                    {"residual_risk", CellType::integer, "Residual risk", "残余风险值"},
                    {"verdict", CellType::word, "Verdict", "规则结论"},
                    {"triggers", CellType::text, "Triggers", "集体决策触发条件"},
                    {"conflict", CellType::word, "Conflict of interest", "利益冲突"},
                    {"decided_on", CellType::day, "Decided", "决策日期"}});
}

void add_figures(Grid& g, db::Session& db, const Assessment& a, const AsOf& when) {
    const int digits = a.intake.currency.digits();
    a.weighted ? g.add_decimal(*a.weighted, 1) : g.add_null();
    g.add_money(a.estimate.net_revenue(), digits);
    a.costed ? g.add_money(a.estimate.direct_cost(), digits) : g.add_null();
    add_rate(g, a.gross_margin);
    g.add_money(a.exposure, digits);
    g.add_money(a.residual_exposure, digits);
    add_rate(g, a.risk_adjusted_margin);
    g.add_money(a.peak_cash_need, digits);
    a.risks.empty() ? g.add_null() : g.add_integer(a.top_risk);
    a.risks.empty() ? g.add_null() : g.add_integer(a.residual_risk);
    a.verdict ? g.add_constant(to_string(a.verdict->all)) : g.add_null();
    std::string triggers;
    for (const auto t : a.triggers) triggers += (triggers.empty() ? "" : "; ") + std::string(to_string(t));
    g.add_text(triggers);
    if (a.check.last && a.check.current)
        g.add_constant(check_record().field("result").words[static_cast<std::size_t>(a.check.last->result)].word);
    else
        g.add_null();
    const auto day = decided_on(db, a.intake.id.value, when);
    day ? g.add_day(*day) : g.add_null();
}

Grid dimension_grid(const Assessment& a) {
    Grid g;
    g.columns = {{"dimension", CellType::word, "Dimension", "评估维度"},
                 {"weight", CellType::integer, "Weight", "权重"},
                 {"score", CellType::decimal, "Score", "得分"},
                 {"items", CellType::integer, "Items", "子项数"},
                 {"evidence", CellType::flag, "Evidence", "有依据"}};
    for (std::size_t d = 0; d < dimensions; ++d) {
        g.add_constant(to_string(static_cast<Dimension>(d)));
        g.add_integer(a.policy.weights[d]);
        const auto mean = a.mean(static_cast<Dimension>(d));
        mean ? g.add_decimal(*mean, 2) : g.add_null();
        g.add_integer(a.dimension[d].count);
        g.add_flag(a.evidenced[d]);
    }
    return g;
}

Grid knockout_grid(const Assessment& a) {
    Grid g;
    g.columns = {{"kind", CellType::word, "Kind", "一票否决项"},
                 {"evidence", CellType::text, "Evidence", "依据"},
                 {"derived", CellType::flag, "Derived", "系统判定"}};
    for (const auto& k : a.knockouts) {
        g.add_constant(to_string(k.kind));
        g.add_text(k.evidence);
        g.add_flag(k.derived);
    }
    return g;
}

/// The rows of a part as its own record has them, without the whole that they stand in.
Grid part_grid(db::Session& db, const Record& r, std::string_view owner, std::int64_t id, const AsOf& when) {
    Grid g;
    g.columns = list_columns(r);
    std::string text;
    each_part(db, r, owner, id, when, [&](const Row& row) {
        add_row(g, db, r, row, [&](std::size_t k) -> std::string_view {
            return text = number_of(db, r.fields[k].target(), row.values[k].n);
        });
    });
    std::vector<std::size_t> keep;
    for (std::size_t c = 0; c < g.columns.size(); ++c)
        if (g.columns[c].key != owner && g.columns[c].key != "currency" && g.columns[c].key != "voided_on")
            keep.push_back(c);
    g.keep_columns(keep);
    return g;
}

Grid labour_grid(const Assessment& a) {
    Grid g;
    g.columns = {{"number", CellType::text, "Number", "编号"},
                 {"who", CellType::text, "Who", "人员或岗位"},
                 {"hours", CellType::decimal, "Hours", "工时"},
                 {"rate", CellType::money, "Cost rate", "成本费率"},
                 {"cost", CellType::money, "Cost", "成本"}};
    const int digits = a.intake.currency.digits();
    for (const auto& line : a.labour) {
        g.add_text(line.number);
        g.add_text(line.who);
        g.add_decimal(line.hours, 2);
        g.add_money(line.rate, digits);
        g.add_money(cost_of(std::span(&line, 1)), digits);
    }
    return g;
}

Grid member_grid(const Minutes& m) {
    Grid g;
    g.columns = {{"member", CellType::text, "Member", "委员"},   {"name", CellType::text, "Name", "姓名"},
                 {"role", CellType::word, "Role", "委员会职务"}, {"voting", CellType::flag, "Voting", "有表决权"},
                 {"recused", CellType::text, "Recused", "回避"}, {"vote", CellType::word, "Vote", "表决"},
                 {"reason", CellType::text, "Reason", "理由"},   {"voted_on", CellType::day, "Voted", "表决日期"}};
    for (const auto& member : m.members) {
        g.add_text(member.employee);
        g.add_text(member.name);
        g.add_constant(committee_record().field("role").words[static_cast<std::size_t>(member.role)].word);
        g.add_flag(member.voting);
        std::string recused;
        for (const auto& r : m.recusals)
            if (r.member == member.id) recused = r.reason;
        g.add_text(recused);
        const auto* v = m.vote_of(member.id);
        v ? g.add_constant(vote_record().field("vote").words[static_cast<std::size_t>(v->vote)].word) : g.add_null();
        g.add_text(v ? v->reason : "");
        v ? g.add_day(v->voted_on) : g.add_null();
    }
    return g;
}

}  // namespace

Report sheet(Workspace& w, std::string_view number, const AsOf& when) {
    auto& db = w.db();
    const Record& r = record();
    const auto row = get_row(db, r, number, when);
    const auto a = assess(w, to_struct<Intake>(r, row), when);
    Report report;
    report.shape = Report::Shape::record;
    report.name = r.noun;
    report.rows.columns = list_columns(r);
    add_figure_columns(report.rows.columns);
    std::string text;
    add_row(report.rows, db, r, row, [&](std::size_t k) -> std::string_view {
        return text = number_of(db, r.fields[k].target(), row.values[k].n);
    });
    add_figures(report.rows, db, a, when);
    report.parts = {{N_("dimensions"), dimension_grid(a)},
                    {N_("scores"), part_grid(db, score_record(), "intake", row.id, when)},
                    {N_("risks"), part_grid(db, risk_record(), "intake", row.id, when)},
                    {N_("knockouts"), knockout_grid(a)},
                    {N_("labour"), labour_grid(a)},
                    {N_("cash"), part_grid(db, cash_record(), "intake", row.id, when)},
                    {N_("parties"), part_grid(db, party_record(), "intake", row.id, when)},
                    {N_("conflict_checks"), part_grid(db, check_record(), "intake", row.id, when)},
                    {N_("meetings"), part_grid(db, meeting_record(), "intake", row.id, when)},
                    {N_("conditions"), part_grid(db, condition_record(), "intake", row.id, when)}};
    return report;
}

Report minutes_sheet(Workspace& w, std::string_view number, const AsOf& when) {
    auto& db = w.db();
    const auto row = get_row(db, record(), number, when);
    const auto m = last_minutes(db, row.id, when);
    if (!m)
        throw Error(Exit::not_found, say("there was no meeting on intake {number}", fmt::arg("number", number)),
                    say("agency intake convene {number}", fmt::arg("number", number)))
            .with_ref(number);
    const auto i = to_struct<Intake>(record(), row);
    const auto meeting = get_row(db, meeting_record(), m->meeting.number, when);
    const auto b = m->ballot();
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("minutes");
    auto& g = report.rows;
    g.columns = list_columns(meeting_record());
    for (auto& c : g.columns)
        if (c.key == "mode" || c.key == "result") c.type = CellType::word;  // as in the list of resolutions
    g.columns.insert(g.columns.end(), {{"client", CellType::text, "Client", "客户"},
                                       {"title", CellType::text, "Title", "业务名称"},
                                       {"eligible", CellType::integer, "Eligible", "应表决"},
                                       {"present", CellType::integer, "Present", "实到"},
                                       {"recused", CellType::integer, "Recused", "回避人数"},
                                       {"in_favour", CellType::integer, "For", "同意"},
                                       {"against", CellType::integer, "Against", "反对"},
                                       {"abstained", CellType::integer, "Abstained", "弃权"},
                                       {"vetoed", CellType::flag, "Vetoed", "法务否决"},
                                       {"decision", CellType::word, "Decision", "决策结论"},
                                       {"decided_by", CellType::text, "Decided by", "决策人"}});
    add_row(g, db, meeting_record(), meeting, [&](std::size_t) -> std::string_view { return i.number; });
    g.add_text(number_of(db, client::record(), i.client.value));
    g.add_text(i.title);
    for (const auto n : {b.eligible(), b.present(), b.recused, b.in_favour, b.against, b.abstained}) g.add_integer(n);
    g.add_flag(m->vetoed());
    i.decision ? g.add_constant(to_string(*i.decision)) : g.add_null();
    g.add_text(i.decided_by);
    report.parts = {{N_("members"), member_grid(*m)},
                    {N_("conditions"), part_grid(db, condition_record(), "intake", row.id, when)}};
    return report;
}

std::vector<GridColumn> explanation_columns() {
    return {{"subject", CellType::word, "Subject", "项目"}, {"value", CellType::text, "Value", "数值"},
            {"go", CellType::text, "Go", "承接"},           {"conditional", CellType::text, "Conditional", "有条件"},
            {"outcome", CellType::word, "Outcome", "结论"}, {"meaning", CellType::text, "Meaning", "说明"}};
}

Report explanation(const Decided& d) {
    const Assessment& a = d.assessment;
    const auto& t = a.policy.thresholds;
    Report report;
    report.name = N_("explanation");
    auto& g = report.rows;
    g.columns = explanation_columns();
    const auto add = [&](const char* subject, std::string value, std::string go, std::string conditional,
                         std::string_view outcome, std::string meaning) {
        g.add_constant(subject);
        g.add_text(value);
        g.add_text(go);
        g.add_text(conditional);
        g.add_text(outcome);
        g.add_text(meaning);
    };
    const auto v = *a.verdict;
    // Figures are shown rounded, as everywhere; where only the rounding reaches a bar, that is said.
    const auto shown = judge(*a.weighted, a.risk_adjusted_margin, a.residual_risk, 0, t);
    const auto below = [](Decision rounded, Decision exact) {
        return rounded == exact ? std::string() : tr("the exact figure is just below the bar");
    };
    const auto at_least = [](std::int64_t ppm) { return ">= " + to_decimal(ppm); };
    add(N_("weighted_score"), to_plain(*a.weighted, 1), ">= " + to_plain(t.go_score, 1),
        ">= " + to_plain(t.conditional_score, 1), to_string(v.score), below(shown.score, v.score));
    add(N_("risk_adjusted_margin"), a.risk_adjusted_margin ? to_decimal(*a.risk_adjusted_margin) : "",
        at_least(t.go_margin), at_least(t.conditional_margin), to_string(v.margin), below(shown.margin, v.margin));
    const auto* worst = a.worst_risk();
    add(N_("residual_risk"), std::to_string(a.residual_risk), "<= " + std::to_string(t.go_risk),
        "<= " + std::to_string(t.conditional_risk), to_string(v.risk), worst ? worst->title : "");
    add(N_("knockouts"), std::to_string(a.knockouts.size()), "0", "0", to_string(v.knockouts), "");
    for (const auto& k : a.knockouts)
        add(N_("knockout"), std::string(to_string(k.kind)), "", "", to_string(Decision::no_go), k.evidence);
    for (const auto x : a.triggers)
        add(N_("trigger"), std::string(to_string(x)), "", "", N_("committee"), explain(x, a.policy));
    if (d.minutes) {
        const auto b = d.minutes->ballot();
        add(N_("committee"), fmt::format("{}:{}:{}", b.in_favour, b.against, b.abstained), "", "",
            !d.allowed                      ? ""
            : *d.allowed == Decision::no_go ? N_("not_passed")
                                            : N_("passed"),
            say("{present} of {eligible} voted, {recused} recused", fmt::arg("present", b.present()),
                fmt::arg("eligible", b.eligible()), fmt::arg("recused", b.recused)));
        if (d.minutes->vetoed())
            add(N_("legal_veto"), "", "", "", N_("not_passed"), tr("a legal adviser is against it"));
    }
    for (const auto& step : d.authority)
        add(N_("authority"), step.position, "", "", step.approves ? N_("approves") : "", step.verdict);
    add(N_("rule"), "", "", "", to_string(v.all), tr("the worst column wins"));
    if (d.made)
        add(N_("decision"), "", "", "", to_string(d.decision), d.by + (d.reason.empty() ? "" : ": " + d.reason));
    return report;
}

std::vector<GridColumn> conflicts_columns() {
    return {{"name", CellType::text, "Name", "名称"},         {"role", CellType::word, "Role", "角色"},
            {"met", CellType::word, "Met", "命中"},           {"where", CellType::text, "Where", "位置"},
            {"result", CellType::word, "Result", "审查结论"}, {"rule", CellType::text, "Rule", "规定"}};
}

Report conflicts(const std::vector<Finding>& findings, std::string_view number) {
    Report report;
    report.name = N_("conflicts");
    report.title = number;
    auto& g = report.rows;
    g.columns = conflicts_columns();
    const auto& words = check_record().field("result").words;
    for (const auto& f : findings) {
        g.add_text(f.name);
        g.add_text(f.role);
        g.add_constant(f.met);
        g.add_text(f.where);
        g.add_constant(words[static_cast<std::size_t>(f.result)].word);
        g.add_text(f.rule);
    }
    if (findings.empty()) {
        for (int i = 0; i < 4; ++i) g.add_null();
        g.add_constant(words[0].word);
        g.add_null();
    }
    return report;
}

}  // namespace agency::intake
