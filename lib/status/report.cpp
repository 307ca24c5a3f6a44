#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "billing/project_billing.hpp"
#include "calendar/working_hours.hpp"
#include "change/change_request.hpp"
#include "checkpoint/checkpoint.hpp"
#include "milestone/milestone.hpp"
#include "progress/earned_value.hpp"
#include "progress/progress.hpp"
#include "progress/settings.hpp"
#include "project/forecast.hpp"
#include "raid/raid.hpp"
#include "record/store.hpp"
#include "status/status.hpp"

namespace agency::status {
namespace {

constexpr std::size_t most = 5;  // risks and issues that are told

Grid kept(Grid g, const std::vector<std::string_view>& keys) {
    std::vector<std::size_t> columns;
    for (const auto key : keys)
        if (const int c = g.find(key); c >= 0) columns.push_back(static_cast<std::size_t>(c));
    g.keep_columns(columns);
    return g;
}

Grid first(Grid g, std::size_t n) {
    std::vector<std::size_t> rows;
    for (std::size_t r = 0; r < std::min(n, g.rows()); ++r) rows.push_back(r);
    g.keep_rows(rows);
    return g;
}

/// Tasks that were accepted in the period, and those to come: what is late, and what the plan has in the time after it.
void add_work(Workspace& w, Report& report, const Project& p, Date from, const AsOf& when) {
    const auto plan = project::load_plan(w.db(), p.id.value, when);
    const auto measured = progress::latest(w.db(), p.id.value, when);
    const Date until = when.day + (when.day - from + 1);
    Grid done, next;
    done.columns = {{"wbs", CellType::text, "WBS", "WBS编码"},
                    {"name", CellType::text, "Name", "任务名称"},
                    {"accepted_on", CellType::day, "Accepted", "验收日期"}};
    next.columns = {{"wbs", CellType::text, "WBS", "WBS编码"},
                    {"name", CellType::text, "Name", "任务名称"},
                    {"starts_on", CellType::day, "Starts", "开始"},
                    {"ends_on", CellType::day, "Ends", "结束"},
                    {"forecast_on", CellType::day, "Forecast", "预测"}};
    project::WorkDays days(w.db());
    const auto forecast = project::forecast_of(w.db(), p, when, days);
    for (const auto& t : plan.tasks) {
        if (t.group) continue;
        const auto it = measured.find(t.task.wbs);
        const bool accepted = it != measured.end() && it->second.accepted;
        if (accepted && it->second.measured_on >= from) {
            done.add_text(t.task.wbs);
            done.add_text(t.task.name);
            done.add_day(it->second.measured_on);
        }
        if (!accepted && t.starts_on <= until) {  // what is late comes next, too
            next.add_text(t.task.wbs);
            next.add_text(t.task.name);
            next.add_day(t.starts_on);
            next.add_day(t.ends_on);
            const auto ends = forecast ? forecast->tasks.find(t.task.wbs) : decltype(forecast->tasks.end()){};
            forecast&& ends != forecast->tasks.end() ? next.add_day(ends->second) : next.add_null();
        }
    }
    report.parts.emplace_back(N_("work_done"), std::move(done));
    report.parts.emplace_back(N_("work_next"), std::move(next));
}

raid::ListOptions raid_options(Workspace& w, const Project& p, bool client, const AsOf& when) {
    raid::ListOptions o;
    o.when = when;
    o.now = raid::clock_at(w, when);
    o.project = p.code;
    o.client_only = client;
    return o;
}

void add_raid(Workspace& w, Report& report, const Project& p, bool client, const AsOf& when) {
    auto o = raid_options(w, p, client, when);
    const std::vector<std::string_view> for_client{"number", "title", "waiting", "waits_for", "due_on", "status"};
    const std::vector<std::string_view> inside{"number",       "title",    "owner",   "severity",
                                               "probability",  "exposure", "due_on",  "with",
                                               "escalated_to", "status",   "waiting", "waits_for"};
    const auto keys = [&](std::string_view kind) {
        auto k = client ? for_client : inside;
        if (kind != "dependency") std::erase_if(k, [](auto key) { return key == "waiting" || key == "waits_for"; });
        return k;
    };
    for (const auto& [kind, part] : {std::pair{"risk", N_("risks")}, std::pair{"issue", N_("issues")},
                                     std::pair{"dependency", N_("dependencies")}}) {
        o.kind = kind;
        report.parts.emplace_back(part, kept(first(raid::list(w, o).rows, most), keys(kind)));
    }
}

/// Requests for a change that wait, and (inside) issues that went up a level.
void add_decisions(Workspace& w, Report& report, const Project& p, bool client, const AsOf& when) {
    Grid g;
    g.columns = {{"kind", CellType::text, "Kind", "类别"},
                 {"number", CellType::text, "Number", "编号"},
                 {"title", CellType::text, "Title", "标题"}};
    if (!client) g.columns.push_back({"by", CellType::text, "By", "决定人"});
    const Record& r = change::record();
    each_row_of(w.db(), r, "project", p.id.value, when, [&](const Row& row) {
        const auto c = to_struct<ChangeRequest>(r, row);
        if (row.voided(when.day) || c.status != ChangeRequest::Status::submitted) return;
        g.add_constant("change");
        g.add_text(c.number);
        g.add_text(c.title);
        if (!client) g.add_constant(r.field("level").words[static_cast<std::size_t>(c.level)].word);
    });
    if (!client) {
        auto o = raid_options(w, p, client, when);
        o.kind = "issue";
        o.escalated = true;
        const Grid up = kept(raid::list(w, o).rows, {"number", "title", "escalated_to"});
        for (std::size_t row = 0; row < up.rows(); ++row) {
            g.add_constant("issue");
            for (std::size_t c = 0; c < 3; ++c) g.add_text(up.cell(row, c).text());
        }
    }
    report.parts.emplace_back(N_("decisions_needed"), std::move(g));
}

/// What waits for the client: the dependencies that it may see and that are not over.
void add_client_actions(Workspace& w, Report& report, const Project& p, const AsOf& when) {
    auto o = raid_options(w, p, true, when);
    o.kind = "dependency";
    report.parts.emplace_back(
        N_("client_actions"),
        kept(raid::list(w, o).rows, {"number", "title", "waiting", "waits_for", "party", "due_on", "status"}));
}

/// Green: no change waits; amber: one is asked for, or agreed and not in the baseline yet; red: such a one is above
/// what the project's manager may decide.
evm::Rag rag_of_scope(db::Session& db, const Project& p, const AsOf& when) {
    auto worst = evm::Rag::green;
    each_row_of(db, change::record(), "project", p.id.value, when, [&](const Row& row) {
        const auto c = to_struct<ChangeRequest>(change::record(), row);
        using enum ChangeRequest::Status;
        if (row.voided(when.day) || (c.status != submitted && c.status != approved)) return;
        worst = std::max(worst, c.level == ChangeRequest::Level::sponsor ? evm::Rag::red : evm::Rag::amber);
    });
    return worst;
}

/// Red: a hold point failed; amber: another checkpoint did; nothing where there are none.
std::optional<evm::Rag> rag_of_quality(db::Session& db, const Project& p, const AsOf& when) {
    std::optional<evm::Rag> worst;
    each_row_of(db, checkpoint::record(), "project", p.id.value, when, [&](const Row& row) {
        const auto c = to_struct<Checkpoint>(checkpoint::record(), row);
        if (row.voided(when.day)) return;
        const auto now = c.status != Checkpoint::Status::failed ? evm::Rag::green
                         : c.kind == Checkpoint::Kind::hold     ? evm::Rag::red
                                                                : evm::Rag::amber;
        worst = std::max(worst.value_or(now), now);
    });
    return worst;
}

void add_changes(Workspace& w, Report& report, const Project& p, bool client, const AsOf& when) {
    Grid g;
    g.columns = {{"number", CellType::text, "Number", "编号"},
                 {"title", CellType::text, "Title", "标题"},
                 {"days", CellType::integer, "Days", "工期影响天数"},
                 {"status", CellType::text, "Status", "状态"}};
    if (!client) g.columns.push_back({"cost", CellType::money, "Cost", "成本影响"});
    const Record& r = change::record();
    each_row_of(w.db(), r, "project", p.id.value, when, [&](const Row& row) {
        const auto c = to_struct<ChangeRequest>(r, row);
        if (row.voided(when.day) || (client && c.status == ChangeRequest::Status::draft)) return;
        g.add_text(c.number);
        g.add_text(c.title);
        c.days ? g.add_integer(*c.days) : g.add_null();
        g.add_constant(r.field("status").words[static_cast<std::size_t>(c.status)].word);
        if (client) return;
        c.cost ? g.add_money(*c.cost, p.currency.digits()) : g.add_null();
    });
    report.parts.emplace_back(N_("changes_asked"), std::move(g));
}

/// The client sees what was billed by its contract as a whole: parts by the projects' budgets would tell these.
void add_contract_billing(Workspace& w, Report& report, const Project& p, const AsOf& when) {
    Grid g;
    g.columns = {{"currency", CellType::text, "Currency", "币种"},
                 {"billed", CellType::money, "Billed", "已开票"},
                 {"received", CellType::money, "Received", "已回款"},
                 {"outstanding", CellType::money, "Outstanding", "未收"},
                 {"contract", CellType::text, "Contract", "合同编号"}};
    for (const auto& of : billing::billed_by_contract(w.db(), when, beginning, when.day)) {
        if (std::ranges::none_of(of.sharers, [&](const auto& s) { return s.project == p.id.value; })) continue;
        g.add_text(of.currency);
        for (const auto n : {of.billed.gross, of.billed.received_gross, of.billed.gross - of.billed.received_gross})
            g.add_money(n, p.currency.digits());
        g.add_text(number_of(w.db(), contract::record(), of.contract));
    }
    report.parts.emplace_back(N_("billing"), std::move(g));
}

void add_billing(Workspace& w, Report& report, const Project& p, const AsOf& when) {
    const auto all = billing::billed_by_project(w.db(), when, beginning, when.day);
    const auto it = all.find(p.id.value);
    const auto b = it == all.end() ? billing::Billed{} : it->second;
    Grid g;
    g.columns = {{"currency", CellType::text, "Currency", "币种"},
                 {"billed", CellType::money, "Billed", "已开票"},
                 {"received", CellType::money, "Received", "已回款"},
                 {"outstanding", CellType::money, "Outstanding", "未收"}};
    g.add_text(p.currency.code());
    for (const auto n : {b.gross, b.received_gross, b.gross - b.received_gross}) g.add_money(n, p.currency.digits());
    report.parts.emplace_back(N_("billing"), std::move(g));
}

}  // namespace

std::optional<evm::Rag> Colours::overall(bool with_cost) const {
    std::optional<evm::Rag> worst;
    for (const auto& colour : {time, scope, quality, with_cost ? cost : std::nullopt})
        if (colour) worst = std::max(worst.value_or(*colour), *colour);
    return worst;
}

Colours colours_of(const Rules& rules, db::Session& db, const Project& p, const evm::Figures& figures,
                   const AsOf& when) {
    const auto rag = [&](const std::optional<evm::Ratio>& index) {
        return evm::rag(index, {}, rules.rate(progress::green).ppm, rules.rate(progress::amber).ppm);
    };
    return {rag(figures.spi), rag_of_scope(db, p, when), rag_of_quality(db, p, when), rag(figures.cpi)};
}

Report report(Workspace& w, std::string_view code, StatusReport::Audience audience, Date from, const AsOf& when) {
    auto& db = w.db();
    const bool client = audience == StatusReport::Audience::client;
    const auto row = get_row(db, project::record(), code, when);
    const auto p = to_struct<Project>(project::record(), row);
    const auto value = progress::earned_value(w, p.id.value, when);
    const auto all = colours_of(w.rules(), db, p, value.figures, when);
    std::vector<std::pair<GridColumn, std::optional<evm::Rag>>> colours{
        {{"rag_time", CellType::text, "Time", "进度"}, all.time},
        {{"rag_scope", CellType::text, "Scope", "范围"}, all.scope},
        {{"rag_quality", CellType::text, "Quality", "质量"}, all.quality}};
    if (!client) colours.push_back({{"rag_cost", CellType::text, "Cost", "成本"}, all.cost});
    const auto overall = all.overall(!client);
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("status");
    auto& g = report.rows;
    g.columns = {{"project", CellType::text, "Project", "项目代码"},
                 {"name", CellType::text, "Name", "项目名称"},
                 {"audience", CellType::text, "Audience", "报告对象"},
                 {"from", CellType::day, "From", "期初"},
                 {"to", CellType::day, "To", "期末"},
                 {"stage", CellType::text, "Stage", "阶段"},
                 {"complete", CellType::ratio, "Complete", "完成比例"},
                 {"rag", CellType::text, "Overall", "总体"}};
    for (const auto& [column, colour] : colours) g.columns.push_back(column);
    g.add_text(p.code);
    g.add_text(p.name);
    g.add_constant(client ? "client" : "internal");
    g.add_day(from);
    g.add_day(when.day);
    g.add_constant(project::record().field("status").words[static_cast<std::size_t>(p.status)].word);
    const auto bac = value.inputs.bac;
    bac > 0 ? g.add_rate(mul_div_half_up(value.inputs.ev, 1'000'000, bac)) : g.add_null();
    overall ? g.add_constant(evm::to_string(*overall)) : g.add_null();
    for (const auto& [column, colour] : colours) colour ? g.add_constant(evm::to_string(*colour)) : g.add_null();
    add_work(w, report, p, from, when);
    report.parts.emplace_back(N_("milestones"),
                              kept(milestone::list(w, when, when.day, p.code).rows,
                                   {"name", "baseline_on", "forecast_on", "reached_on", "slip_days", "state"}));
    if (!client) {
        report.parts.emplace_back(N_("evm"), progress::evm_report(w, p.code, when, {}).rows);
        report.parts.emplace_back(
            N_("budget"), kept(budget(w, p.code, when).rows, {"currency", "budget", "approved_changes", "committed",
                                                              "actual", "left", "used", "rule"}));
    }
    client ? add_contract_billing(w, report, p, when) : add_billing(w, report, p, when);
    add_raid(w, report, p, client, when);
    add_changes(w, report, p, client, when);
    add_decisions(w, report, p, client, when);
    add_client_actions(w, report, p, when);
    return report;
}

}  // namespace agency::status
