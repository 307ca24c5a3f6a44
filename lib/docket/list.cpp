#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "docket/docket.hpp"
#include "record/store.hpp"

namespace agency::docket {
namespace {

bool ended(Docket::Status s) {
    return s == Docket::Status::completed || s == Docket::Status::abandoned;
}

/// Clients or employees at a moment, each read once.
template <class T>
class Known {
public:
    Known(db::Session& db, const Record& r, const AsOf& when) : db_(db), r_(r), when_(when) {}
    const T& get(Id<T> id) {
        auto [it, fresh] = known_.try_emplace(id.value);
        if (fresh)
            if (const auto row = find_row(db_, r_, id.value, when_)) it->second = to_struct<T>(r_, *row);
        return it->second;
    }

private:
    db::Session& db_;
    const Record& r_;
    AsOf when_;
    std::map<std::int64_t, T> known_;
};

/// Ids of those who are called so, by number or exact name.
std::set<std::int64_t> people_called(db::Session& db, std::string_view text, const AsOf& when) {
    std::set<std::int64_t> out;
    each_row(db, employee::record(), when, [&](const Row& row) {
        const auto e = to_struct<Employee>(employee::record(), row);
        if (e.number == text || match_form(e.name) == match_form(text)) out.insert(row.id);
    });
    if (out.empty())
        throw Error(Exit::not_found, say("there is no employee \"{text}\"", fmt::arg("text", text)))
            .with_field("responsible");
    return out;
}

}  // namespace

std::vector<GridColumn> list_columns() {
    return {{"number", CellType::text, "Number", "编号"},
            {"matter", CellType::text, "Matter", "事务"},
            {"client", CellType::text, "Client", "客户"},
            {"client_name", CellType::text, "Client name", "客户名称"},
            {"rule", CellType::text, "Rule", "规则"},
            {"pack", CellType::text, "Pack", "规则包"},
            {"title", CellType::text, "Title", "名称"},
            {"trigger_on", CellType::day, "Trigger day", "起算日"},
            {"due_on", CellType::day, "Due", "期限届满日"},
            {"bound", CellType::text, "Bound", "性质"},
            {"days_left", CellType::integer, "Days left", "剩余天数"},
            {"overdue", CellType::flag, "Overdue", "逾期"},
            {"responsible", CellType::text, "Responsible", "责任人"},
            {"backup", CellType::text, "Backup", "复核人"},
            {"status", CellType::text, "Status", "状态"},
            {"calendar", CellType::text, "Calendar", "日历"},
            {"responsible_name", CellType::text, "Responsible, name", "责任人姓名"},
            {"backup_name", CellType::text, "Backup, name", "复核人姓名"}};
}

Report list(Workspace& w, const ListOptions& o) {
    Report report;
    report.name = N_("dockets");
    report.as_of = o.today;
    report.rows.columns = list_columns();
    report.hidden = {"pack", "bound", "calendar"};
    report.narrow = {"number", "title", "due_on", "days_left", "responsible_name", "status", "client_name"};
    const Record& r = record();
    const RuleBook book(w.db(), o.when);
    const auto people = o.responsible.empty() ? std::set<std::int64_t>() : people_called(w.db(), o.responsible, o.when);
    std::vector<Docket> found;
    each_row(w.db(), r, o.when, [&](const Row& row) {
        if (row.voided_on) return;
        auto d = to_struct<Docket>(r, row);
        const auto* rule = d.version ? book.find(d.version) : nullptr;
        const bool earliest = rule && rule->bound == DeadlineRule::Bound::earliest;
        if (!o.all && ended(d.status)) return;
        if (o.overdue && (earliest || d.due_on >= o.today || ended(d.status))) return;
        if (o.within && d.due_on - o.today > *o.within) return;
        if (!people.empty() && !people.contains(d.responsible.value) && !people.contains(d.backup.value)) return;
        if (!o.pack.empty() &&
            (!rule || rule_record().field("pack").words[static_cast<std::size_t>(rule->pack)].word != o.pack))
            return;
        found.push_back(std::move(d));
    });
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.due_on < b.due_on; });
    Known<Client> clients(w.db(), client::record(), o.when);
    Known<Employee> employees(w.db(), employee::record(), o.when);
    const auto word = [](const Record& of, std::string_view field, auto value) {
        return of.field(field).words[static_cast<std::size_t>(value)].word;
    };
    for (const Docket& d : found) {
        const auto* rule = d.version ? book.find(d.version) : nullptr;
        const bool earliest = rule && rule->bound == DeadlineRule::Bound::earliest;
        const Client& c = clients.get(d.client);
        auto& g = report.rows;
        g.add_text(d.number);
        g.add_text(d.matter);
        g.add_text(c.code);
        g.add_text(c.name);
        g.add_text(d.rule);
        rule ? g.add_constant(word(rule_record(), "pack", rule->pack)) : g.add_null();
        g.add_text(d.title);
        g.add_day(d.trigger_on);
        g.add_day(d.due_on);
        g.add_constant(earliest ? "earliest" : "latest");
        g.add_integer(d.due_on - o.today);
        g.add_flag(!earliest && d.due_on < o.today && !ended(d.status));
        g.add_text(employees.get(d.responsible).number);
        g.add_text(employees.get(d.backup).number);
        g.add_constant(word(r, "status", d.status));
        g.add_constant(word(r, "calendar", d.calendar));
        g.add_text(employees.get(d.responsible).name);
        g.add_text(employees.get(d.backup).name);
    }
    return report;
}

std::vector<GridColumn> recompute_columns() {
    return {{"number", CellType::text, "Number", "编号"},
            {"from", CellType::day, "From", "原届满日"},
            {"to", CellType::day, "To", "新届满日"},
            {"trace", CellType::text, "Trace", "计算过程"}};
}

Report recompute(Workspace& w, std::string_view command) {
    Operation op(w, "docket.recompute", "", command);
    Report report;
    report.name = N_("recomputed");
    report.rows.columns = recompute_columns();
    const Record& r = record();
    const RuleBook book(w.db());
    const auto calendar = Calendar::load(w.db());
    std::vector<std::pair<Docket, Deadline>> found;
    each_row(w.db(), r, {}, [&](const Row& row) {
        auto d = to_struct<Docket>(r, row);
        const auto* rule = d.version ? book.find(d.version) : nullptr;
        if (row.voided_on || !rule || d.status != Docket::Status::open || d.calendar != Docket::CalendarState::missing)
            return;
        auto due = compute(term_of(*rule), d.trigger_on, d.served == Docket::Served::posted, calendar);
        if (due.loaded) found.emplace_back(std::move(d), std::move(due));
    });
    const auto today = w.today();
    for (const auto& [d, due] : found) {
        const auto change = [&](std::string_view field, const Value& v) {
            add_change(op, r, d.id.value, r.field(field), v, today);
        };
        // A day that was moved by hand stays where the evidence put it.
        const auto to = d.evidence.empty() && d.due_on == due.nominal ? due.due : d.due_on;
        change("calendar", Value::of(static_cast<std::int64_t>(Docket::CalendarState::loaded)));
        if (to != d.due_on) change("due_on", Value::of(std::int64_t{to.days}));
        if (d.evidence.empty()) change("trace", Value::of(std::string_view(due.trace)));
        auto& g = report.rows;
        g.add_text(d.number);
        g.add_day(d.due_on);
        g.add_day(to);
        g.add_text(due.trace);
    }
    if (!found.empty()) op.commit();
    return report;
}

}  // namespace agency::docket
