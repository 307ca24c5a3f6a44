#include <algorithm>

#include "base/translate.hpp"
#include "raid/raid.hpp"
#include "record/store.hpp"

namespace agency::raid {

int escalation(const Raid& r, Instant now) {
    // Instants are kept so that their texts sort as they do.
    const auto at = to_string(now);
    const auto passed = [&](const std::string& limit, const std::string& done) {
        return !limit.empty() && (done.empty() ? at : done) > limit;
    };
    if (passed(r.resolve_by, r.closed_at)) return 2;
    return passed(r.respond_by, r.responded_at) ? 1 : 0;
}

std::vector<GridColumn> list_columns() {
    return {{"number", CellType::text, "Number", "编号"},
            {"project", CellType::text, "Project", "项目代码"},
            {"kind", CellType::text, "Kind", "类别"},
            {"title", CellType::text, "Title", "标题"},
            {"owner", CellType::text, "Owner", "负责人"},
            {"severity", CellType::integer, "Severity", "严重程度"},
            {"probability", CellType::rate, "Probability", "概率"},
            {"exposure", CellType::money, "Exposure", "风险敞口"},
            {"response", CellType::text, "Response", "应对"},
            {"due_on", CellType::day, "Due", "到期日"},
            {"respond_by", CellType::instant, "Respond by", "响应时限"},
            {"resolve_by", CellType::instant, "Resolve by", "解决时限"},
            {"level", CellType::integer, "Level", "升级层级"},
            {"with", CellType::text, "With", "当前层级"},
            {"status", CellType::text, "Status", "状态"},
            {"audience", CellType::text, "Audience", "可见范围"}};
}

Report list(Workspace& w, const ListOptions& o) {
    auto& db = w.db();
    Report report;
    report.name = N_("raids");
    auto& g = report.rows;
    g.columns = list_columns();
    report.hidden = {"response", "audience"};
    report.narrow = {"number", "kind", "title", "owner", "severity", "level", "status"};
    const Record& r = record();
    const std::int64_t only = o.project.empty() ? 0 : get_row(db, project::record(), o.project, {}).id;
    std::vector<Raid> found;
    each_row(db, r, o.when, [&](const Row& row) {
        if (row.voided_on) return;
        auto x = to_struct<Raid>(r, row);
        if ((only && x.project.value != only) || (!o.all && x.status == Raid::Status::closed) ||
            (o.escalated && escalation(x, o.now) == 0) || (o.client_only && x.audience != Raid::Audience::client))
            return;
        if (!o.kind.empty() && r.field("kind").words[static_cast<std::size_t>(x.kind)].word != o.kind) return;
        found.push_back(std::move(x));
    });
    std::stable_sort(found.begin(), found.end(), [&](const Raid& a, const Raid& b) {
        const auto rank = [&](const Raid& x) {
            return std::tuple(-escalation(x, o.now), x.severity.value_or(9), -x.exposure().value_or(0));
        };
        return rank(a) < rank(b);
    });
    constexpr std::string_view levels[] = {"owner", "manager", "management"};
    const auto word = [&](std::string_view field, auto value) {
        return r.field(field).words[static_cast<std::size_t>(value)].word;
    };
    for (const Raid& x : found) {
        const auto p = find_row(db, project::record(), x.project.value, {});
        const auto owner = to_struct<Project>(project::record(), *p);
        const auto level = escalation(x, o.now);
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
        g.add_integer(level);
        g.add_constant(levels[level]);
        g.add_constant(word("status", x.status));
        g.add_constant(word("audience", x.audience));
    }
    return report;
}

}  // namespace agency::raid
