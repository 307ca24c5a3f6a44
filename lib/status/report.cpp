#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "billing/project_billing.hpp"
#include "calendar/working_hours.hpp"
#include "change/change_request.hpp"
#include "milestone/milestone.hpp"
#include "progress/earned_value.hpp"
#include "progress/progress.hpp"
#include "progress/settings.hpp"
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

/// Tasks that were accepted in the period, or that the plan has in the time after it.
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
                    {"ends_on", CellType::day, "Ends", "结束"}};
    for (const auto& t : plan.tasks) {
        if (t.group) continue;
        const auto it = measured.find(t.task.wbs);
        const bool accepted = it != measured.end() && it->second.accepted;
        if (accepted && it->second.measured_on >= from) {
            done.add_text(t.task.wbs);
            done.add_text(t.task.name);
            done.add_day(it->second.measured_on);
        }
        if (!accepted && t.starts_on <= until && t.ends_on > when.day) {
            next.add_text(t.task.wbs);
            next.add_text(t.task.name);
            next.add_day(t.starts_on);
            next.add_day(t.ends_on);
        }
    }
    report.parts.emplace_back(N_("work_done"), std::move(done));
    report.parts.emplace_back(N_("work_next"), std::move(next));
}

void add_raid(Workspace& w, Report& report, const Project& p, bool client, const AsOf& when) {
    raid::ListOptions o;
    o.when = when;
    o.now = std::min(w.now(), instant_of(when.day + 1, 0, w.rules().zone_minutes));
    o.project = p.code;
    o.client_only = client;
    const std::vector<std::string_view> for_client{"number", "title", "due_on", "status"};
    const std::vector<std::string_view> inside{"number",   "title",  "owner", "severity", "probability",
                                               "exposure", "due_on", "with",  "status"};
    for (const auto& [kind, part] : {std::pair{"risk", N_("risks")}, std::pair{"issue", N_("issues")},
                                     std::pair{"dependency", N_("dependencies")}}) {
        o.kind = kind;
        report.parts.emplace_back(part, kept(first(raid::list(w, o).rows, most), client ? for_client : inside));
    }
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

Report report(Workspace& w, std::string_view code, StatusReport::Audience audience, Date from, const AsOf& when) {
    auto& db = w.db();
    const bool client = audience == StatusReport::Audience::client;
    const auto row = get_row(db, project::record(), code, when);
    const auto p = to_struct<Project>(project::record(), row);
    const auto value = progress::earned_value(w, p.id.value, when);
    const auto bound = [&](const SettingRow& s) { return w.rules().rate(s).ppm; };
    const auto rag = [&](std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
        const auto colour = evm::rag(a, b, bound(progress::green), bound(progress::amber));
        return colour ? std::string(evm::to_string(*colour)) : std::string();
    };
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
                 {"complete", CellType::rate, "Complete", "完成比例"},
                 {"rag", CellType::text, "Overall", "总体"},
                 {"rag_time", CellType::text, "Time", "进度"}};
    if (!client) g.columns.push_back({"rag_cost", CellType::text, "Cost", "成本"});
    g.add_text(p.code);
    g.add_text(p.name);
    g.add_constant(client ? "client" : "internal");
    g.add_day(from);
    g.add_day(when.day);
    g.add_constant(project::record().field("status").words[static_cast<std::size_t>(p.status)].word);
    const auto bac = value.inputs.bac;
    bac > 0 ? g.add_rate(mul_div_half_up(value.inputs.ev, 1'000'000, bac)) : g.add_null();
    g.add_text(client ? rag(value.figures.spi, {}) : rag(value.figures.spi, value.figures.cpi));
    g.add_text(rag(value.figures.spi, {}));
    if (!client) g.add_text(rag({}, value.figures.cpi));
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
    add_billing(w, report, p, when);
    add_raid(w, report, p, client, when);
    add_changes(w, report, p, client, when);
    return report;
}

}  // namespace agency::status
