#include "project/checklist.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "billing/facts.hpp"
#include "budget/facts.hpp"
#include "progress/facts.hpp"
#include "project/baseline.hpp"
#include "project/facts.hpp"
#include "project/plan.hpp"
#include "raid/facts.hpp"
#include "receivable/facts.hpp"
#include "timesheet/facts.hpp"

namespace agency::project {
namespace {

using Item = Closeout::Item;

/// The first of them by number, and how many more there are.
std::string named(const std::vector<std::string>& numbers) {
    constexpr std::size_t most = 5;
    std::string out;
    for (std::size_t i = 0; i < std::min(most, numbers.size()); ++i) out += (i == 0 ? "" : ", ") + numbers[i];
    if (numbers.size() <= most) return out;
    return say("{entries} and {count} more", fmt::arg("entries", out), fmt::arg("count", numbers.size() - most));
}

/// No bill names a project, so what is open of a contract is asked of each that works for it; that is told.
std::string with_sharers(db::Session& db, const Project& p, const AsOf& when, std::string finding) {
    const auto others = billing::shares_contract_with(db, p, when);
    if (others.empty()) return finding;
    return say("{finding}; the contract is shared with {projects}", fmt::arg("finding", finding),
               fmt::arg("projects", named(others)));
}

Answer final_invoice_issued(db::Session& db, const Project& p, const AsOf& when) {
    const auto left = p.contract ? billing::uninvoiced_of_contract(db, p.contract.value, when) : std::nullopt;
    if (!left) return {false, tr("there is no contract with an amount; tick it with evidence"), false};
    if (left->minor <= 0) return {true, tr("all of the contract is invoiced")};
    return {false, with_sharers(db, p, when,
                                say("of the contract {amount} is not invoiced", fmt::arg("amount", to_string(*left))))};
}

/// AR-free: nothing of the contract is open.
Answer accounts_settled(db::Session& db, const Project& p, const AsOf& when) {
    if (!p.contract) return {false, tr("there is no contract; tick it with evidence"), false};
    if (p.status == Project::Status::proposed && !billing::has_part(db, p, when))
        return {false, tr("other projects work for the contract, and this one has no part in it"), false};
    const auto open = receivable::open_of_contract(db, p.contract.value, when);
    if (open.empty()) return {true, tr("nothing of the contract is open")};
    std::string amounts;
    for (const Money& m : open) amounts += (amounts.empty() ? "" : "; ") + to_string(m);
    return {false,
            with_sharers(db, p, when, say("still open on the contract: {amounts}", fmt::arg("amounts", amounts)))};
}

Answer timesheets_closed(db::Session& db, const Project& p, const AsOf& when) {
    const auto open = timesheet::open_of_project(db, p.id.value, when);
    if (open.empty()) return {true, tr("all hours are approved")};
    return {false, say("hours are not approved: {entries}", fmt::arg("entries", named(open)))};
}

Answer raid_closed(db::Session& db, const Project& p, const AsOf& when) {
    const auto open = raid::open_of_project(db, p.id.value, when);
    if (open.empty()) return {true, tr("nothing of the RAID log is open")};
    return {false, say("still open in the RAID log: {entries}", fmt::arg("entries", named(open)))};
}

/// Nothing where tasks wait for each other, or the calendar does not reach.
std::optional<Plan> plan_of(db::Session& db, const Project& p, const AsOf& when) {
    try {
        return load_plan(db, p.id.value, when);
    } catch (const Error& e) {
        if (e.rule.empty()) throw;
        return {};
    }
}

/// Leaves that hand something over: of the plan, and what the baseline in force promised and no plan has any more. One
/// that was broken down since is handed over by its parts. Nothing where the plan is none.
std::optional<std::set<std::string>> deliverables_of(db::Session& db, const Project& p, const AsOf& when) {
    const auto plan = plan_of(db, p, when);
    if (!plan) return {};
    std::set<std::string> out;
    for (const PlanTask& t : plan->tasks)
        if (!t.group && !t.task.deliverable.empty()) out.insert(t.task.wbs);
    const auto base = baseline_of(db, p.id.value, when);
    const auto promised = base ? plan_of(db, p, base->when) : std::nullopt;
    if (!promised) return out;
    for (const PlanTask& t : promised->tasks)
        if (!t.group && !t.task.deliverable.empty() && !plan->find(t.task.wbs)) out.insert(t.task.wbs);
    return out;
}

/// Leaves that hand something over are accepted, where progress is measured at all.
Answer deliverables_accepted(db::Session& db, const Project& p, const AsOf& when) {
    const Answer unknown{false, tr("the books measure no task with a deliverable; tick it with evidence"), false};
    const auto accepted = progress::accepted_tasks(db, p.id.value, when);
    const auto promised = accepted ? deliverables_of(db, p, when) : std::nullopt;
    if (!promised || promised->empty()) return unknown;
    std::vector<std::string> open;
    for (const auto& wbs : *promised)
        if (!accepted->contains(wbs)) open.push_back(wbs);
    if (open.empty()) return {true, tr("all deliverables of the plan are accepted")};
    return {false, say("deliverables are not accepted: {entries}", fmt::arg("entries", named(open)))};
}

/// No task with people is open, and none is planned for later. Where no progress is measured, only the days say it.
Answer team_released(db::Session& db, const Project& p, const AsOf& when) {
    const Answer unknown{false, tr("the books do not say which tasks are over; tick it with evidence"), false};
    const auto plan = plan_of(db, p, when);
    if (!plan) return unknown;
    const auto accepted = progress::accepted_tasks(db, p.id.value, when);
    std::vector<std::string> open;
    bool any = false;
    for (const PlanTask& t : plan->tasks) {
        if (t.group || t.assigned.empty()) continue;
        any = true;
        if (accepted ? !accepted->contains(t.task.wbs) : t.ends_on > when.day)
            open.push_back(t.task.wbs + " (" + t.task.assigned + ")");
    }
    if (!open.empty())
        return {false, say("people are still on open tasks, accept these or take them off: {entries}",
                           fmt::arg("entries", named(open)))};
    return any && accepted ? Answer{true, tr("every task with people is accepted")} : unknown;
}

/// Nothing is committed to suppliers any more, where the project has contracts with them.
Answer subcontracts_settled(db::Session& db, const Project& p, const AsOf& when) {
    const auto s = budget::standing(db, p.id.value, when);
    bool any = false;
    std::vector<std::string> open;
    for (const auto& [contract, owed] : s.owed()) {
        any = any || owed.agreed;
        if (const auto left = owed.open(); left > 0)
            open.push_back(number_of(db, contract::record(), contract) + " " + to_string(Money{left, s.currency}));
    }
    if (!any) return {false, tr("no contract with a supplier is open; tick it with evidence"), false};
    if (open.empty()) return {true, tr("all of the contracts with suppliers is posted")};
    return {false, say("not posted of contracts with suppliers: {entries}", fmt::arg("entries", named(open)))};
}

/// The items that the books answer, one line each.
constexpr Question questions[] = {
    {Item::deliverables_accepted, deliverables_accepted, true},
    {Item::final_invoice_issued, final_invoice_issued, true},
    {Item::accounts_settled, accounts_settled, true},
    {Item::subcontracts_settled, subcontracts_settled, true},
    {Item::timesheets_closed, timesheets_closed},
    {Item::raid_closed, raid_closed, true},
    {Item::team_released, team_released},
};

struct Line {
    bool done = false, ticked = false, books = false;
    std::string text;
    std::optional<Date> on;
};

/// By item.
std::vector<Line> lines_of(db::Session& db, const Project& p, const AsOf& when) {
    const Record& r = closeout::record();
    std::vector<Line> out(r.field("item").words.size());
    std::vector<bool> answered(out.size(), false), objected(out.size(), false);
    for (const Question& q : questions) {
        const auto a = q.ask(db, p, when);
        if (!a.applies) continue;
        const auto at = static_cast<std::size_t>(q.item);
        out[at] = {a.done, false, true, a.finding, {}};
        answered[at] = a.done || !q.waivable;
        objected[at] = !a.done;
    }
    each_row_of(db, r, "project", p.id.value, when, [&](const Row& row) {
        const auto c = to_struct<Closeout>(r, row);
        const auto at = static_cast<std::size_t>(c.item);
        if (row.voided(when.day) || c.done_on > when.day || answered[at]) return;
        if (objected[at] && !c.approved_by) return;  // ticked while the books had nothing against it
        out[at] = {true, true, false, c.lesson.empty() ? c.evidence : c.evidence + ": " + c.lesson, c.done_on};
        if (c.approved_by)
            out[at].text += say("; approved by {person}",
                                fmt::arg("person", number_of(db, employee::record(), c.approved_by.value)));
    });
    return out;
}

Project project_of(db::Session& db, std::int64_t id, const AsOf& when) {
    return to_struct<Project>(record(), *find_row(db, record(), id, when));
}

}  // namespace

std::optional<Objection> objection(db::Session& db, const Project& p, Item item, const AsOf& when) {
    for (const Question& q : questions) {
        if (q.item != item) continue;
        const auto a = q.ask(db, p, when);
        if (a.applies && !a.done) return Objection{a.finding, q.waivable};
    }
    return {};
}

std::vector<GridColumn> checklist_columns() {
    return {{"item", CellType::word, "Item", "事项"},
            {"state", CellType::word, "State", "状态"},
            {"by", CellType::word, "By", "依据来源"},
            {"evidence", CellType::text, "Evidence", "凭据"},
            {"done_on", CellType::day, "Done", "完成日期"}};
}

Report checklist(Workspace& w, std::string_view code, const AsOf& when) {
    const auto row = get_row(w.db(), record(), code, when);
    Report report;
    report.name = N_("checklist");
    report.rows.columns = checklist_columns();
    const auto words = closeout::record().field("item").words;
    const auto lines = lines_of(w.db(), to_struct<Project>(record(), row), when);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line& l = lines[i];
        report.rows.add_constant(words[i].word);
        report.rows.add_constant(l.done ? N_("complete") : N_("incomplete"));
        l.books    ? report.rows.add_constant(N_("books"))
        : l.ticked ? report.rows.add_constant(N_("evidence"))
                   : report.rows.add_null();
        report.rows.add_text(l.text);
        l.on ? report.rows.add_day(*l.on) : report.rows.add_null();
    }
    return report;
}

void require_item(Workspace& w, std::int64_t project, Closeout::Item item, const AsOf& when) {
    const auto p = project_of(w.db(), project, when);
    const auto at = static_cast<std::size_t>(item);
    if (lines_of(w.db(), p, when)[at].done) return;
    const auto word = closeout::record().field("item").words[at].word;
    const auto against = objection(w.db(), p, item, when);
    throw Error(
        Exit::refused,
        against
            ? say("project {code} is not closed out: {item} is open: {finding}", fmt::arg("code", p.code),
                  fmt::arg("item", word), fmt::arg("finding", against->finding))
            : say("project {code} is not closed out: {item} is open", fmt::arg("code", p.code), fmt::arg("item", word)),
        against ? say("agency project progress {code} WBS accepted --evidence TEXT; or as it is: agency project tick "
                      "{code} {item} --evidence TEXT --approved-by EMPLOYEE",
                      fmt::arg("code", p.code), fmt::arg("item", word))
                : say("with evidence: agency project tick {code} {item} --evidence TEXT", fmt::arg("code", p.code),
                      fmt::arg("item", word)))
        .with_rule("PRJ-030")
        .with_ref(p.code);
}

namespace {

constexpr Item settlement[] = {Item::final_invoice_issued, Item::accounts_settled, Item::subcontracts_settled,
                               Item::timesheets_closed};

/// What keeps a project from being given up.
bool unsettled(const Project& p, const std::vector<Line>& lines, Item item) {
    if (item == Item::final_invoice_issued && p.status < Project::Status::in_progress) return false;
    const auto& line = lines[static_cast<std::size_t>(item)];
    return !line.done && line.books;  // what the books do not know is not asked for
}

}  // namespace

std::set<std::int64_t> projects_of(db::Session& db, const Record& r, std::int64_t first, std::int64_t last,
                                   std::span<const std::int64_t> touched) {
    std::set<std::int64_t> projects;
    const auto note = [&](db::Statement& s) { projects.insert(s.integer(0)); };
    const auto of = "SELECT DISTINCT project FROM " + std::string(r.noun) + " WHERE id BETWEEN $1 AND $2";
    db.each(of, note, first, last);
    for (const auto id : touched) db.each(of, note, id, id);
    return projects;
}

void require_closed_out(Operation& op, const std::set<std::int64_t>& projects) {
    auto& db = op.db();
    const auto today = op.workspace().today();
    const auto words = closeout::record().field("item").words;
    for (const auto id : projects) {
        const auto row = find_row(db, record(), id, AsOf{today});
        if (!row || row->voided_on) continue;
        const auto p = to_struct<Project>(record(), *row);
        if (p.open()) continue;
        const auto now = lines_of(db, p, AsOf{today}), before = lines_of(db, p, AsOf{today, op.id() - 1});
        std::string open;
        for (std::size_t i = 0; i < now.size(); ++i)
            if (before[i].done && !now[i].done &&
                (p.status == Project::Status::closed || std::ranges::find(settlement, Item(i)) != std::end(settlement)))
                open += (open.empty() ? "" : ", ") + std::string(words[i].word);
        if (!open.empty())
            throw Error(Exit::refused,
                        say("project {code} is over, and what it was ended on would be open again: {items}",
                            fmt::arg("code", p.code), fmt::arg("items", open)),
                        say("see: agency project checklist {code}", fmt::arg("code", p.code)))
                .with_rule("PRJ-030")
                .with_ref(p.code);
    }
}

void require_settlement(Workspace& w, std::int64_t project, const AsOf& when) {
    const auto p = project_of(w.db(), project, when);
    const auto words = closeout::record().field("item").words;
    const auto lines = lines_of(w.db(), p, when);
    std::string open;
    for (const Item item : settlement) {
        const auto at = static_cast<std::size_t>(item);
        if (!unsettled(p, lines, item)) continue;
        open += (open.empty() ? "" : "; ") + std::string(words[at].word) + " (" + lines[at].text + ")";
    }
    if (open.empty()) return;
    throw Error(
        Exit::refused, say("project {code} is not settled: {items}", fmt::arg("code", p.code), fmt::arg("items", open)),
        say("settle it, or say how it is handed on: agency project tick {code} ITEM --evidence TEXT --approved-by "
            "EMPLOYEE; hours are approved or voided",
            fmt::arg("code", p.code)))
        .with_rule("PRJ-030")
        .with_ref(p.code);
}

void require_checklist(Workspace& w, std::int64_t project, const AsOf& when) {
    const auto p = project_of(w.db(), project, when);
    const auto words = closeout::record().field("item").words;
    const auto lines = lines_of(w.db(), p, when);
    std::string open;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (!lines[i].done) open += (open.empty() ? "" : ", ") + std::string(words[i].word);
    if (open.empty()) return;
    throw Error(
        Exit::refused,
        say("project {code} is not closed: open are {items}", fmt::arg("code", p.code), fmt::arg("items", open)),
        tr("see: agency project checklist; tick with: agency project tick CODE ITEM --evidence TEXT, against the books "
           "also --approved-by EMPLOYEE"))
        .with_rule("PRJ-030")
        .with_ref(p.code);
}

}  // namespace agency::project
