// People: primary positions, load, licences, establishment; and the report of all findings.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "org/check.hpp"
#include "org/settings.hpp"
#include "record/report_as_of.hpp"

namespace agency::org {
namespace {

struct Held {
    const Place* place;
    const Holder* holder;
};
using Work = std::map<std::int64_t, std::vector<Held>>;

Work work_of(const Chart& chart) {
    Work out;
    for (const Place* p : chart.by_code())
        for (const Holder& h : p->holders) out[h.employee].push_back({p, &h});
    return out;
}

std::int64_t superior(const std::vector<Held>& held) {
    for (const Held& h : held)
        if (h.place->position.reports_to) return h.place->position.reports_to.value;
    return held.empty() ? 0 : held.front().place->position.id.value;
}

/// From when on there were none, or several, primary positions.
std::optional<Date> primary_since(const History& history, std::int64_t employee, bool many) {
    Tally n, there;
    for (const auto& h : history.work(employee))
        if (h.kind == Assignment::Kind::primary) n.add(h.days);
    there.add(history.employed(employee));
    return since(history.day(), {&n, &there}, [&](auto of) { return of[1] && (many ? of[0] > 1 : of[0] == 0); });
}

/// From when on the person reported to several positions.
std::optional<Date> lines_since(const History& history, std::int64_t employee) {
    std::map<std::int64_t, std::vector<Days>> above;
    for (const auto& h : history.work(employee))
        if (h.kind != Assignment::Kind::acting)
            for (const Term& t : history.superiors(h.position))
                above[t.value].push_back(common(common(h.days, t.days), history.life(t.value)));
    Tally n;
    for (auto& [superior, days] : above) n.add(joined(std::move(days)));
    return since(history.day(), n, [](std::int64_t of) { return of > 1; });
}

/// From when on the person held the position more than once.
std::optional<Date> twice_since(const History& history, std::int64_t employee, std::int64_t position) {
    Tally n;
    for (const auto& h : history.work(employee))
        if (h.position == position) n.add(h.days);
    return since(history.day(), n, [](std::int64_t of) { return of > 1; });
}

std::optional<Date> load_since(const Rules& rules, const History& history, std::int64_t employee) {
    Tally fte, concurrent;
    for (const auto& h : history.work(employee)) {
        fte.add(h.days, h.fte);
        if (h.kind == Assignment::Kind::concurrent) concurrent.add(h.days);
    }
    const auto most = rules.integer(concurrent_most);
    return since(history.day(), {&fte, &concurrent}, [&](auto n) { return n[0] > 100 || n[1] > most; });
}

/// ORG-022, ORG-023, ORG-012, ORG-040, ORG-050, ORG-109.
void check_person(const Rules& rules, const Chart& chart, const History& history, const Employee& e,
                  const std::vector<Held>& held, std::vector<Finding>& found) {
    std::int64_t fte = 0, concurrent = 0;
    std::vector<const Held*> primary;
    std::set<std::int64_t> lines;
    for (const Held& h : held) {
        fte += h.holder->fte;
        concurrent += h.holder->kind == Assignment::Kind::concurrent;
        if (h.holder->kind == Assignment::Kind::primary) primary.push_back(&h);
        if (h.holder->kind != Assignment::Kind::acting && chart.find(h.place->position.reports_to.value))
            lines.insert(h.place->position.reports_to.value);
    }
    const auto owner = owner_of(chart, superior(held), e.id.value);
    const auto add = [&](const char* rule, Severity severity, std::string evidence, std::optional<Date> since) {
        found.push_back({rule, severity, e.number, std::move(evidence), since, owner});
    };
    if (primary.empty())
        add("ORG-022", Severity::error, say("{name} has no primary position", fmt::arg("name", e.name)),
            primary_since(history, e.id.value, false));
    if (primary.size() > 1)
        add("ORG-023", Severity::error,
            say("{name} has {n} primary positions", fmt::arg("name", e.name), fmt::arg("n", primary.size())),
            primary_since(history, e.id.value, true));
    if (lines.size() > 1) {
        std::string codes;
        for (const auto id : lines) codes += (codes.empty() ? "" : ", ") + chart.code(id);
        add("ORG-012", Severity::warning,
            say("{name} reports to {codes} at once", fmt::arg("name", e.name), fmt::arg("codes", codes)),
            lines_since(history, e.id.value));
    }
    std::map<std::int64_t, std::int64_t> times;
    for (const Held& h : held) ++times[h.place->position.id.value];
    for (const auto& [position, n] : times)
        if (n > 1)
            add("ORG-050", Severity::error,
                say("{name} holds {code} {n} times at once", fmt::arg("name", e.name),
                    fmt::arg("code", chart.code(position)), fmt::arg("n", n)),
                twice_since(history, e.id.value, position));
    for (const Held& h : held)
        if (h.holder->kind == Assignment::Kind::acting && !h.holder->until)
            add("ORG-040", Severity::warning,
                say("{name} acts for {code} without a last day", fmt::arg("name", e.name),
                    fmt::arg("code", h.place->position.code)),
                h.holder->since);
    if (fte > 100 || concurrent > rules.integer(concurrent_most))
        add("ORG-109", Severity::warning,
            say("{name} fills {fte} full-time equivalents in {n} {n:position|positions}", fmt::arg("name", e.name),
                fmt::arg("fte", fmt::format("{}.{:02}", fte / 100, fte % 100)), fmt::arg("n", Count(held.size()))),
            load_since(rules, history, e.id.value));
}

/// ORG-030: what the job description wants by law is valid on the day.
void check_licences(Workspace& w, const Chart& chart, const AsOf& when, const Work& work, std::vector<Finding>& found) {
    std::map<std::pair<std::int64_t, std::string>, Date> valid_to;
    each_row(w.db(), licence::record(), when, [&](const Row& row) {
        const auto l = to_struct<Licence>(licence::record(), row);
        if (row.voided(when.day) || (l.issued_on && *l.issued_on > when.day)) return;
        auto& last = valid_to.try_emplace({l.employee.value, match_form(l.title)}, beginning).first->second;
        last = std::max(last, l.expires_on.value_or(last_day));
    });
    const auto sheets = job_sheets(w, chart, when);
    for (const auto& [employee, held] : work)
        for (const Held& h : held) {
            const auto sheet = sheets.find(h.place->position.id.value);
            if (sheet == sheets.end()) continue;
            for (const Job& line : sheet->second.lines) {
                if (line.kind != Job::Kind::qualification || !line.hard) continue;
                const auto it = valid_to.find({employee, match_form(line.text)});
                if (it != valid_to.end() && it->second >= when.day) continue;
                const auto name = name_of(chart, *h.holder);
                found.push_back({"ORG-030", Severity::error, chart.people().at(employee).number,
                                 it == valid_to.end()
                                     ? say("{name} holds {code} without {licence}", fmt::arg("name", name),
                                           fmt::arg("code", h.place->position.code), fmt::arg("licence", line.text))
                                     : say("{name} holds {code}; {licence} expired on {day}", fmt::arg("name", name),
                                           fmt::arg("code", h.place->position.code), fmt::arg("licence", line.text),
                                           fmt::arg("day", to_string(it->second))),
                                 it == valid_to.end() ? h.holder->since : it->second + 1,
                                 owner_of(chart, superior(held), employee)});
            }
        }
}

constexpr std::string_view severities[] = {N_("error"), N_("warning")};

}  // namespace

void check_people(Workspace& w, const Chart& chart, const History& history, const AsOf& when,
                  std::vector<Finding>& found) {
    const auto work = work_of(chart);
    static const std::vector<Held> nothing;
    for (const auto& [id, e] : chart.people()) {
        const auto it = work.find(id);
        check_person(w.rules(), chart, history, e, it == work.end() ? nothing : it->second, found);
    }
    check_licences(w, chart, when, work, found);
    for (const Place* p : chart.by_code())
        if (p->heads() > p->position.headcount)
            found.push_back({"ORG-021", Severity::warning, p->position.code,
                             say("{heads} hold it; its headcount is {headcount}", fmt::arg("heads", p->heads()),
                                 fmt::arg("headcount", p->position.headcount)),
                             heads_since(history, p->position.id.value, true), owner_of(chart, p->position.id.value)});
}

std::vector<GridColumn> check_columns() {
    return {{"rule", CellType::text, "Rule", "规则"},
            {"severity", CellType::word, "Severity", "程度", {severities[0], severities[1]}},
            {"subject", CellType::text, "Subject", "对象"},
            {"evidence", CellType::text, "Evidence", "依据"},
            {"since", CellType::day, "Since", "自"},
            {"owner", CellType::text, "Owner", "责任人"}};
}

Report check_report(Workspace& w, const Chart& chart, const AsOf& when) {
    std::vector<Finding> found;
    const History history(w, when);
    check_structure(w, chart, history, when, found);
    check_functions(w, chart, history, when, found);
    check_duties(w, chart, when, found);
    check_people(w, chart, history, when, found);
    std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) {
        return std::pair(a.rule, a.subject) < std::pair(b.rule, b.subject);
    });
    Report r = report_as_of("org.check", when);
    r.rows.columns = check_columns();
    std::int64_t count[2] = {};
    for (const Finding& f : found) {
        const auto at = static_cast<std::size_t>(f.severity);
        ++count[at];
        r.rows.add_text(f.rule);
        r.rows.add_constant(severities[at]);
        r.rows.add_text(f.subject);
        r.rows.add_text(f.evidence);
        f.since&&* f.since != beginning ? r.rows.add_day(*f.since) : r.rows.add_null();
        r.rows.add_text(f.owner);
    }
    r.totals.columns = {{"errors", CellType::integer, "Errors", "错误"},
                        {"warnings", CellType::integer, "Warnings", "警告"},
                        {"people", CellType::integer, "People", "人数"},
                        {"positions", CellType::integer, "Positions", "岗位数"},
                        {"managers", CellType::integer, "Managers", "管理人员"},
                        {"average_span", CellType::decimal, "Average span", "平均管理幅度"}};
    const auto heads = chart.heads(), leading = static_cast<std::int64_t>(managers(chart).size());
    for (const auto n : {count[0], count[1], heads, static_cast<std::int64_t>(chart.places().size()), leading})
        r.totals.add_integer(n);
    leading ? r.totals.add_decimal(((heads - 1) * 200 + leading) / (2 * leading), 2) : r.totals.add_null();
    return r;
}

}  // namespace agency::org
