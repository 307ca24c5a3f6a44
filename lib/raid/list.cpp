#include <algorithm>

#include "base/translate.hpp"
#include "org/superior.hpp"
#include "raid/raid.hpp"
#include "record/store.hpp"

namespace agency::raid {

Escalation escalation(const Raid& r, Instant now) {
    // Instants are kept so that their texts sort as they do.
    const auto at = to_string(now);
    Escalation e;
    for (const auto& [limit, done] : {std::pair(&r.respond_by, &r.responded_at), {&r.resolve_by, &r.closed_at}})
        if (!limit->empty() && (done->empty() ? at : *done) > *limit) {
            ++e.level;
            e.at = *limit;
        }
    return e;
}

std::optional<Employee> escalated_to(db::Session& db, const Raid& r, const Escalation& e, std::int64_t known,
                                     std::int32_t zone_minutes) {
    const auto at = parse_instant(e.at);
    if (!at) return {};
    const AsOf when{day_of(*at, zone_minutes), known};
    auto to = org::superior_of(db, r.owner, when);
    if (!to) {
        const auto row = find_row(db, project::record(), r.project.value, when);
        const auto manager = row ? to_struct<Project>(project::record(), *row).manager : Id<Employee>{};
        if (manager && !(manager == r.owner))
            to = to_struct<Employee>(employee::record(), *find_row(db, employee::record(), manager.value, when));
    }
    for (int level = 1; to && level < e.level; ++level) {
        auto next = org::superior_of(db, to->id, when);
        if (!next) break;  // the top of the house keeps it
        to = std::move(next);
    }
    return to;
}

Instant clock_at(const Workspace& w, const AsOf& when) {
    return std::min(when.known_at.value_or(w.now()), instant_of(when.day + 1, 0, w.rules().zone_minutes));
}

namespace {

/// On what a dependency waits: task or project, and who is outside. A client reads of no other client's projects.
std::string waits_for(db::Session& db, const Raid& x, const Project& owner, const ListOptions& o) {
    auto on = x.on_project.value;
    std::string what = on ? number_of(db, project::record(), on) : std::string();
    if (x.on_task) {
        const auto t = to_struct<Task>(task::record(), *find_row(db, task::record(), x.on_task.value, {}));
        on = t.project.value;
        what = t.number;
    }
    if (on && on != x.project.value && o.client_only) {
        const auto p = find_row(db, project::record(), on, o.when);
        if (!p || !(to_struct<Project>(project::record(), *p).client == owner.client)) what = tr("another project");
    }
    return what.empty() || x.party.empty() ? what + x.party : what + "; " + x.party;
}

}  // namespace

std::vector<GridColumn> list_columns() {
    return {{"number", CellType::text, "Number", "编号"},
            {"project", CellType::text, "Project", "项目代码"},
            {"kind", CellType::text, "Kind", "类别"},
            {"title", CellType::text, "Title", "标题"},
            {"owner", CellType::text, "Owner", "负责人"},
            {"severity", CellType::integer, "Severity", "严重程度"},
            {"probability", CellType::ratio, "Probability", "概率"},
            {"exposure", CellType::money, "Exposure", "风险敞口"},
            {"response", CellType::text, "Response", "应对"},
            {"due_on", CellType::day, "Due", "到期日"},
            {"respond_by", CellType::instant, "Respond by", "响应时限"},
            {"resolve_by", CellType::instant, "Resolve by", "解决时限"},
            {"level", CellType::integer, "Level", "升级层级"},
            {"with", CellType::text, "With", "当前层级"},
            {"status", CellType::text, "Status", "状态"},
            {"audience", CellType::text, "Audience", "可见范围"},
            {"escalated_to", CellType::text, "Escalated to", "升级至"},
            {"escalated_at", CellType::instant, "Escalated at", "升级时刻"},
            {"party", CellType::text, "Party", "依赖方"},
            {"overdue", CellType::flag, "Overdue", "逾期"},
            {"waiting", CellType::text, "Waiting", "等待方"},
            {"waits_for", CellType::text, "Waits for", "所依赖"}};
}

Report list(Workspace& w, const ListOptions& o) {
    auto& db = w.db();
    Report report;
    report.name = N_("raids");
    auto& g = report.rows;
    g.columns = list_columns();
    report.hidden = {"response", "audience", "escalated_at", "party"};
    report.narrow = {"number", "kind", "title", "owner", "severity", "level", "escalated_to", "status"};
    const Record& r = record();
    const std::int64_t only = o.project.empty() ? 0 : get_row(db, project::record(), o.project, {}).id;
    std::vector<Raid> found;
    each_row(db, r, o.when, [&](const Row& row) {
        if (row.voided_on) return;
        auto x = to_struct<Raid>(r, row);
        if ((only && x.project.value != only) || (!o.all && x.status == Raid::Status::closed) ||
            (o.escalated && escalation(x, o.now).level == 0) || (o.client_only && x.audience != Raid::Audience::client))
            return;
        if (!o.kind.empty() && r.field("kind").words[static_cast<std::size_t>(x.kind)].word != o.kind) return;
        found.push_back(std::move(x));
    });
    std::stable_sort(found.begin(), found.end(), [&](const Raid& a, const Raid& b) {
        const auto rank = [&](const Raid& x) {
            return std::tuple(-escalation(x, o.now).level, x.severity.value_or(9), -x.exposure().value_or(0));
        };
        return rank(a) < rank(b);
    });
    const Date today = day_of({o.now.micros - 1}, w.rules().zone_minutes);
    constexpr std::string_view levels[] = {"owner", "manager", "management"};
    const auto word = [&](std::string_view field, auto value) {
        return r.field(field).words[static_cast<std::size_t>(value)].word;
    };
    for (const Raid& x : found) {
        const auto p = find_row(db, project::record(), x.project.value, {});
        const auto owner = to_struct<Project>(project::record(), *p);
        const auto up = escalation(x, o.now);
        g.add_text(x.number);
        g.add_text(owner.code);
        g.add_constant(word("kind", x.kind));
        g.add_text(x.title);
        g.add_text(number_of(db, employee::record(), x.owner.value));
        x.severity ? g.add_integer(*x.severity) : g.add_null();
        x.probability ? g.add_rate(x.probability->ppm) : g.add_null();
        const auto exposure = x.exposure();
        exposure ? g.add_money(*exposure, owner.currency.digits()) : g.add_null();
        x.response ? g.add_constant(word("response", *x.response)) : g.add_null();
        x.due_on ? g.add_day(*x.due_on) : g.add_null();
        for (const auto* limit : {&x.respond_by, &x.resolve_by}) {
            const auto at = parse_instant(*limit);
            at ? g.add_instant(*at) : g.add_null();
        }
        g.add_integer(up.level);
        g.add_constant(levels[up.level]);
        g.add_constant(word("status", x.status));
        g.add_constant(word("audience", x.audience));
        const auto to = escalated_to(db, x, up, o.when.operation, w.rules().zone_minutes);
        g.add_text(to ? to->number : std::string());
        const auto at = parse_instant(up.at);
        at ? g.add_instant(*at) : g.add_null();
        g.add_text(x.party);
        g.add_flag(up.level > 0 || (x.due_on && *x.due_on < today && x.status != Raid::Status::closed));
        const bool depends = x.kind == Raid::Kind::dependency;
        g.add_text(!depends         ? std::string()
                   : x.waiting_task ? number_of(db, task::record(), x.waiting_task.value)
                                    : owner.code);
        g.add_text(depends ? waits_for(db, x, owner, o) : std::string());
    }
    return report;
}

}  // namespace agency::raid
