// What is printed of the organization on a day.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "org/check.hpp"
#include "org/history.hpp"
#include "project/facts.hpp"
#include "record/report_as_of.hpp"

namespace agency::org {
namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& p : parts) out += (out.empty() ? "" : "; ") + p;
    return out;
}

std::vector<std::string> holder_names(const Chart& chart, const Place& p) {
    std::vector<std::string> out;
    for (const Holder& h : p.holders) out.push_back(name_of(chart, h));
    return out;
}

std::int64_t vacant(const Place& p) {
    return std::max<std::int64_t>(0, p.position.headcount - p.heads());
}

/// Positions as the tree is read: each before what reports to it; those in a circle last.
std::vector<const Place*> in_tree_order(const Chart& chart) {
    std::vector<const Place*> out;
    std::vector<std::int64_t> open = chart.tops();
    std::reverse(open.begin(), open.end());
    while (!open.empty()) {
        const Place* p = chart.find(open.back());
        open.pop_back();
        out.push_back(p);
        open.insert(open.end(), p->reports.rbegin(), p->reports.rend());
    }
    for (const Place* p : chart.by_code())
        if (p->layer == 0) out.push_back(p);
    return out;
}

Report report_of(std::string name, const AsOf& when, std::vector<GridColumn> columns) {
    Report r = report_as_of(std::move(name), when);
    r.rows.columns = std::move(columns);
    return r;
}

}  // namespace

std::string name_of(const Chart& chart, const Holder& h) {
    const Employee& e = chart.people().at(h.employee);
    const auto name = e.number + " " + e.name;
    return h.kind == Assignment::Kind::acting ? say("{name} (acting)", fmt::arg("name", name)) : name;
}

std::vector<GridColumn> chart_columns() {
    return {
        {"position", CellType::text, "Position", "岗位"},     {"title", CellType::text, "Title", "岗位名称"},
        {"department", CellType::text, "Department", "部门"}, {"reports_to", CellType::text, "Reports to", "汇报对象"},
        {"layer", CellType::integer, "Layer", "层级"},        {"manager", CellType::text, "Manager", "上级"},
        {"holders", CellType::text, "Holders", "任职人"},     {"headcount", CellType::integer, "Headcount", "编制"},
        {"actual", CellType::integer, "Actual", "在岗"},      {"vacant", CellType::integer, "Vacant", "空缺"},
        {"span", CellType::integer, "Span", "管理幅度"}};
}

Report chart_report(const Chart& chart, const AsOf& when) {
    Report r = report_of("org.chart", when, chart_columns());
    r.tree = TreeShape{"position", "reports_to", {"title", "holders"}};
    r.narrow = {"position", "title", "holders", "layer"};
    for (const Place* p : in_tree_order(chart)) {
        const Place* up = chart.find(p->position.reports_to.value);
        Grid& g = r.rows;
        g.add_text(p->position.code);
        g.add_text(p->position.title);
        g.add_text(chart.department_code(p->position.department.value));
        g.add_text(up ? up->position.code : "");
        p->layer ? g.add_integer(p->layer) : g.add_null();
        g.add_text(up ? joined(holder_names(chart, *up)) : "");
        g.add_text(joined(holder_names(chart, *p)));
        g.add_integer(p->position.headcount);
        g.add_integer(p->heads());
        g.add_integer(vacant(*p));
        p->leads() ? g.add_integer(static_cast<std::int64_t>(chart.below(*p).size())) : g.add_null();
    }
    return r;
}

std::vector<GridColumn> headcount_columns() {
    return {{"department", CellType::text, "Department", "部门"},
            {"position", CellType::text, "Position", "岗位"},
            {"title", CellType::text, "Title", "岗位名称"},
            {"headcount", CellType::integer, "Headcount", "编制"},
            {"primary", CellType::integer, "Primary", "在岗"},
            {"concurrent", CellType::integer, "Concurrent", "兼岗"},
            {"acting", CellType::integer, "Acting", "代理"},
            {"fte", CellType::decimal, "FTE", "全时当量"},
            {"vacant", CellType::integer, "Vacant", "空缺"},
            {"vacant_days", CellType::integer, "Days vacant", "空缺天数"}};
}

Report headcount_report(Workspace& w, const Chart& chart, const AsOf& when) {
    Report r = report_of("org.headcount", when, headcount_columns());
    auto places = chart.by_code();
    std::stable_sort(places.begin(), places.end(), [&](const Place* a, const Place* b) {
        return chart.department_code(a->position.department.value) <
               chart.department_code(b->position.department.value);
    });
    const History history(w, when);
    std::int64_t total[6] = {};
    const auto add = [](Grid& g, const std::int64_t(&n)[6]) {
        for (int i = 0; i < 4; ++i) g.add_integer(n[i]);
        g.add_decimal(n[4], 2);
        g.add_integer(n[5]);
    };
    for (const Place* p : places) {
        std::int64_t n[6] = {p->position.headcount, 0, 0, 0, 0, vacant(*p)};
        for (const Holder& h : p->holders) {
            ++n[1 + static_cast<int>(h.kind)];
            n[4] += h.fte;
        }
        for (int i = 0; i < 6; ++i) total[i] += n[i];
        r.rows.add_text(chart.department_code(p->position.department.value));
        r.rows.add_text(p->position.code);
        r.rows.add_text(p->position.title);
        add(r.rows, n);
        const auto since = heads_since(history, p->position.id.value, false);
        since&&* since != beginning ? r.rows.add_integer(chart.day() - *since) : r.rows.add_null();
    }
    r.totals.columns = r.rows.columns;
    for (int i = 0; i < 3; ++i) r.totals.add_null();
    add(r.totals, total);
    r.totals.add_null();
    return r;
}

std::vector<GridColumn> raci_columns() {
    return {{"function", CellType::text, "Function", "职能"},     {"name", CellType::text, "Name", "职能名称"},
            {"department", CellType::text, "Department", "部门"}, {"responsible", CellType::text, "R", "执行 R"},
            {"accountable", CellType::text, "A", "负责 A"},       {"consulted", CellType::text, "C", "咨询 C"},
            {"informed", CellType::text, "I", "知会 I"},          {"problem", CellType::text, "Problem", "问题"}};
}

Report raci_report(Workspace& w, const Chart& chart, const AsOf& when) {
    Report r = report_of("org.raci", when, raci_columns());
    r.narrow = {"function", "name", "responsible", "accountable", "problem"};
    std::vector<Finding> found;
    check_functions(w, chart, History(w, when), when, found);
    std::map<std::string, std::set<std::string>> problems;  // by code; of people are those of incompatible duties
    for (const Finding& f : found)
        if (f.rule != "ORG-111") problems[f.subject].insert(f.rule);
    for (const FunctionLine& f : functions_of(w, chart, when)) {
        std::vector<std::string> by_role[4];
        for (const RaciLine& line : f.lines)
            if (chart.find(line.position)) by_role[static_cast<int>(line.role)].push_back(chart.code(line.position));
        r.rows.add_text(f.function.code);
        r.rows.add_text(f.function.name);
        r.rows.add_text(chart.department_code(f.function.department.value));
        for (const auto& codes : by_role) r.rows.add_text(joined(codes));
        const auto& rules = problems[f.function.code];
        r.rows.add_text(joined(std::vector<std::string>(rules.begin(), rules.end())));
    }
    return r;
}

std::vector<GridColumn> licences_columns() {
    return {
        {"employee", CellType::text, "Employee", "员工"},   {"name", CellType::text, "Name", "姓名"},
        {"licence", CellType::text, "Licence", "证书编号"}, {"title", CellType::text, "Title", "证书名称"},
        {"expires_on", CellType::day, "Expires", "有效期"}, {"days_left", CellType::integer, "Days left", "剩余天数"},
        {"positions", CellType::text, "Positions", "岗位"}, {"projects", CellType::text, "Projects", "依赖项目"}};
}

Report licences_report(Workspace& w, const Chart& chart, const AsOf& when, std::int64_t days) {
    Report r = report_of("org.licences", when, licences_columns());
    r.parameters.emplace_back("within", std::to_string(days) + "d");
    std::vector<Licence> found;
    std::map<std::pair<std::int64_t, std::string>, Date> last;  ///< by person and title: until when one is held
    each_row(w.db(), licence::record(), when, [&](const Row& row) {
        const auto l = to_struct<Licence>(licence::record(), row);
        if (row.voided(when.day) || !chart.people().contains(l.employee.value) ||
            (l.issued_on && *l.issued_on > chart.day()))
            return;
        auto& until = last.try_emplace({l.employee.value, match_form(l.title)}, beginning).first->second;
        until = std::max(until, l.expires_on.value_or(last_day));
        if (l.expires_on && *l.expires_on - chart.day() <= days) found.push_back(l);
    });
    // A certificate that another of the same title has replaced is no news.
    std::erase_if(found, [&](const Licence& l) {
        return last.at({l.employee.value, match_form(l.title)}) > *l.expires_on;
    });
    std::stable_sort(found.begin(), found.end(),
                     [](const Licence& a, const Licence& b) { return *a.expires_on < *b.expires_on; });
    const auto projects = project::projects_by_employee(w.db(), when);
    for (const Licence& l : found) {
        const Employee& e = chart.people().at(l.employee.value);
        std::vector<std::string> positions;
        for (const Place* p : chart.by_code())
            for (const Holder& h : p->holders)
                if (h.employee == l.employee.value) positions.push_back(p->position.code);
        r.rows.add_text(e.number);
        r.rows.add_text(e.name);
        r.rows.add_text(l.number);
        r.rows.add_text(l.title);
        r.rows.add_day(*l.expires_on);
        r.rows.add_integer(*l.expires_on - chart.day());
        r.rows.add_text(joined(positions));
        const auto it = projects.find(e.number);
        it == projects.end() ? r.rows.add_null() : r.rows.add_text(joined(it->second));
    }
    return r;
}

}  // namespace agency::org
