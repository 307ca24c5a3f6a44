#include "project/checklist.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "billing/facts.hpp"
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

Answer final_invoice_issued(db::Session& db, const Project& p, const AsOf& when) {
    const auto left = p.contract ? billing::uninvoiced_of_contract(db, p.contract.value, when) : std::nullopt;
    if (!left) return {false, tr("there is no contract with an amount; tick it with evidence"), false};
    if (left->minor <= 0) return {true, tr("all of the contract is invoiced")};
    return {false, say("of the contract {amount} is not invoiced", fmt::arg("amount", to_string(*left)))};
}

/// AR-free: nothing of the contract is open.
Answer accounts_settled(db::Session& db, const Project& p, const AsOf& when) {
    if (!p.contract) return {false, tr("there is no contract; tick it with evidence"), false};
    const auto open = receivable::open_of_contract(db, p.contract.value, when);
    if (open.empty()) return {true, tr("nothing of the contract is open")};
    std::string amounts;
    for (const Money& m : open) amounts += (amounts.empty() ? "" : "; ") + to_string(m);
    return {false, say("still open on the contract: {amounts}", fmt::arg("amounts", amounts))};
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

/// The items that the books answer, one line each.
constexpr Question questions[] = {
    {Item::final_invoice_issued, final_invoice_issued, true},
    {Item::accounts_settled, accounts_settled, true},
    {Item::timesheets_closed, timesheets_closed},
    {Item::raid_closed, raid_closed, true},
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
        out[at] = {true, true, false, c.evidence, c.done_on};
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
    throw Error(
        Exit::refused,
        say("project {code} is not closed out: {item} is open", fmt::arg("code", p.code), fmt::arg("item", word)),
        say("with evidence: agency project tick {code} {item} --evidence TEXT", fmt::arg("code", p.code),
            fmt::arg("item", word)))
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
