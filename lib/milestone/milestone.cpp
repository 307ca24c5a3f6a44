#include "milestone/milestone.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "progress/facts.hpp"
#include "project/baseline.hpp"
#include "project/forecast.hpp"
#include "project/own_fault.hpp"
#include "record/import.hpp"
#include "record/store.hpp"

namespace agency::milestone {
namespace {

constexpr std::string_view project_aliases[] = {"项目", "项目编号"}, name_aliases[] = {"里程碑", "milestone"},
                           baseline_aliases[] = {"基线日期", "planned"}, forecast_aliases[] = {"预测日期", "forecast"},
                           unlocks_aliases[] = {"收款金额", "payment"};
constexpr std::string_view key_parts[] = {"project", "name"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Milestone::number>, "Number", "编号",
          N_("Project and name, by which the row is named")}
        .filled()
        .fixed(),
    Field{"project", FieldType::reference, member<&Milestone::project>, "Project", "项目代码",
          N_("Code of the project")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"name", FieldType::text, member<&Milestone::name>, "Name", "名称", N_("What is reached")}
        .required()
        .fixed()
        .also(name_aliases),
    Field{"wbs", FieldType::text, member<&Milestone::wbs>, "WBS", "WBS编码", N_("The task that ends with it")},
    Field{"baseline_on", FieldType::day, member<&Milestone::baseline_on>, "Baseline", "基线",
          N_("Day that was agreed; it stays")}
        .required()
        .fixed()
        .also(baseline_aliases),
    Field{"forecast_on", FieldType::day, member<&Milestone::forecast_on>, "Forecast", "预测",
          N_("Day on which it is expected; while it is the agreed one, lists show the end of its task")}
        .filled()
        .dated()
        .also(forecast_aliases),
    Field{"reached_on", FieldType::day, member<&Milestone::reached_on>, "Reached", "实际",
          N_("Day on which it was reached")}
        .dated()
        .by_verb_only(),
    Field{"evidence", FieldType::text, member<&Milestone::evidence>, "Evidence", "依据", N_("What shows it")}
        .dated()
        .by_verb_only(),
    Field{"contract", FieldType::reference, member<&Milestone::contract>, "Contract", "合同编号",
          N_("The contract of which a payment falls due with it; default the project's where it unlocks an amount")}
        .fixed()
        .refers_to(contract::record),
    Field{"unlocks", FieldType::money, member<&Milestone::unlocks>, "Unlocks", "解锁收款",
          N_("Payment that may be asked for once it is reached")}
        .also(unlocks_aliases),
    Field{"currency", FieldType::currency, member<&Milestone::currency>, "Currency", "币种",
          N_("ISO 4217; default the project's")}
        .filled()
        .fixed(),
    Field{"note", FieldType::text, member<&Milestone::note>, "Note", "备注", N_("Anything else")},
};
enum {
    k_number,
    k_project,
    k_name,
    k_wbs,
    k_baseline_on,
    k_forecast_on,
    k_reached_on,
    k_evidence,
    k_contract,
    k_unlocks,
    k_currency,
    k_note
};

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        w_ = &w;
        taken_.clear();
    }
    Currency default_currency(const ImportRow& row) override {
        const auto p = project_of(row);
        return p ? p->currency : Currency{};
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_forecast_on]) v[k_forecast_on] = v[k_baseline_on];
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view(currency_ = default_currency(row).code()));
        if (v[k_unlocks] && v[k_unlocks].n <= 0) row.problem("unlocks", "", tr("the amount is above zero"));
        if (!v[k_unlocks]) return;
        if (!v[k_contract] && !row.old)
            if (const auto p = project_of(row); p && p->contract) v[k_contract] = Value::of(p->contract.value);
        if (!v[k_contract]) return row.problem("contract", "", tr("a payment is unlocked of a contract"));
        check_sum(row);
    }
    void take(ImportRow& row) override {
        const auto& v = row.values;
        if (v[k_unlocks] && v[k_contract]) add(taken_[{v[k_contract].n, std::string(v[k_currency].s)}], more(row));
    }

private:
    std::optional<Project> project_of(const ImportRow& row) {
        if (!row.values[k_project]) return {};
        return to_struct<Project>(project::record(),
                                  *find_row(w_->db(), project::record(), row.values[k_project].n, {}));
    }
    static void add(std::int64_t& sum, std::int64_t amount) { sum = add_checked(sum, amount); }
    /// What the row unlocks beyond what is stored of it.
    static std::int64_t more(const ImportRow& row) {
        return row.values[k_unlocks].n - (row.old ? row.old->values[k_unlocks].n : 0);
    }
    /// All milestones of a contract in its currency together unlock at most its amount.
    void check_sum(ImportRow& row) {
        auto& v = row.values;
        const auto c =
            to_struct<Contract>(contract::record(), *find_row(w_->db(), contract::record(), v[k_contract].n, {}));
        if (!c.amount || c.currency.code() != v[k_currency].s) return;
        auto sum = taken_[{v[k_contract].n, std::string(v[k_currency].s)}];
        add(sum, more(row));
        each_row_of(w_->db(), record(), "contract", v[k_contract].n, {}, [&](const Row& other) {
            if (!other.voided_on && other.values[k_unlocks] && other.values[k_currency].s == v[k_currency].s)
                add(sum, other.values[k_unlocks].n);
        });
        if (sum > *c.amount)
            row.problem("unlocks", "PRJ-041",
                        say("all milestones of contract {contract} would unlock {sum}, and it is over {amount}",
                            fmt::arg("contract", c.number), fmt::arg("sum", to_string(Money{sum, c.currency})),
                            fmt::arg("amount", to_string(Money{*c.amount, c.currency}))));
    }

    Workspace* w_ = nullptr;
    std::string currency_;
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> taken_;  ///< of this file, by contract and currency
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("milestone"),
                          .plural = N_("milestones"),
                          .en = "Milestone",
                          .zh = "里程碑",
                          .fields = fields,
                          .booked = true,
                          .key_parts = key_parts};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

namespace {

/// PRJ-010: the task that ends with it is one of the plan, where there is a plan.
void require_task(db::Session& db, const Milestone& m) {
    if (m.wbs.empty()) return;
    const std::string tasks = "SELECT 1 FROM task WHERE project = $1 AND undone = 0",
                      alive = " AND wbs = $2 AND NOT " + is_void("task", "task.id");
    if (!db.integer(tasks + " LIMIT 1", m.project.value) || db.integer(tasks + alive, m.project.value, m.wbs)) return;
    throw Error(Exit::refused,
                say("{number} ends with task {wbs}, which is voided or not in the plan", fmt::arg("number", m.number),
                    fmt::arg("wbs", m.wbs)),
                say("name the task that it ends with: agency milestone edit {number} --set wbs=WBS",
                    fmt::arg("number", m.number)))
        .with_rule("PRJ-010")
        .with_ref(m.number);
}

}  // namespace

void reach(Workspace& w, std::string_view number, Date day, std::string_view evidence, std::string_view command) {
    Operation op(w, "milestone.reach", number, command);
    const Record& r = record();
    const auto row = get_row(w.db(), r, number, {});
    if (row.values[k_reached_on])
        throw Error(Exit::refused,
                    say("{number} was reached on {day}", fmt::arg("number", number),
                        fmt::arg("day", display(w.db(), fields[k_reached_on], row.values[k_reached_on], 0))))
            .with_ref(number);
    if (row.voided_on)
        throw Error(Exit::refused, say("milestone {number} is voided", fmt::arg("number", number))).with_ref(number);
    require_task(w.db(), to_struct<Milestone>(r, row));
    if (day > w.today()) throw Error(Exit::usage, tr("what is reached lies not ahead")).with_field("on");
    if (trim(evidence).empty())
        throw Error(Exit::usage, tr("what is reached is shown by evidence"), tr("name it with --evidence"))
            .with_field("evidence");
    add_change(op, r, row.id, fields[k_reached_on], Value::of(std::int64_t{day.days}), day);
    write_change(op, r, row.id, fields[k_evidence], Value::of(evidence), day);
    op.commit();
}

std::vector<GridColumn> list_columns() {
    return {{"number", CellType::text, "Number", "编号"},
            {"project", CellType::text, "Project", "项目代码"},
            {"name", CellType::text, "Name", "名称"},
            {"wbs", CellType::text, "WBS", "WBS"},
            {"baseline_on", CellType::day, "Baseline", "基线"},
            {"forecast_on", CellType::day, "Forecast", "预测"},
            {"reached_on", CellType::day, "Reached", "实际"},
            {"slip_days", CellType::integer, "Slip, days", "偏差天数"},
            {"state", CellType::text, "State", "状态"},
            {"contract", CellType::text, "Contract", "合同编号"},
            {"unlocks", CellType::money, "Unlocks", "解锁收款"},
            {"currency", CellType::text, "Currency", "币种"}};
}

namespace {

/// When milestones that have no forecast of their own are expected: at the end of their tasks.
class Expected {
public:
    Expected(db::Session& db, const AsOf& when) : db_(db), when_(when), days_(db) {}
    Date of(const Milestone& m) {
        if (m.wbs.empty() || m.forecast_on != m.baseline_on) return m.forecast_on;
        const auto& tasks = tasks_of(m.project.value);
        const auto it = tasks.find(m.wbs);
        return it == tasks.end() ? m.forecast_on : it->second;
    }

    /// Of the plan of a project, but for those that a record stands for: it names the task, or no task and has the same
    /// name, and then gets the task. None where the plan is none now.
    std::vector<Milestone> of_plan(std::int64_t project, std::vector<Milestone>& records) {
        std::vector<Milestone> out;
        const auto p = to_struct<Project>(project::record(), *find_row(db_, project::record(), project, when_));
        try {
            const auto plan = project::load_plan(db_, project, when_, days_);
            const auto base = project::baseline_of(db_, project, when_);
            const auto agreed = base ? project::load_plan(db_, project, base->when, days_) : plan;
            const auto done = progress::finished_on(db_, project, when_);
            for (const auto& t : plan.tasks) {
                if (!t.task.milestone || stands_for(records, project, t.task)) continue;
                const auto* then = agreed.find(t.task.wbs);
                Milestone& m = out.emplace_back();
                m.number = t.task.number;
                m.project = p.id;
                m.name = t.task.name;
                m.wbs = t.task.wbs;
                m.baseline_on = m.forecast_on = then ? then->ends_on : t.ends_on;
                m.currency = p.currency;
                if (const auto it = done.find(m.wbs); it != done.end()) m.reached_on = it->second;
            }
        } catch (const Error& e) {
            project::own_fault(p.code, e);
        }
        return out;
    }

private:
    static bool stands_for(std::vector<Milestone>& records, std::int64_t project, const Task& t) {
        bool stands = false;
        for (Milestone& m : records) {
            if (m.project.value != project) continue;
            if (m.wbs.empty() && m.name == t.name) m.wbs = t.wbs;
            stands = stands || m.wbs == t.wbs;
        }
        return stands;
    }

    using Tasks = std::map<std::string, Date, std::less<>>;
    /// None where the plan is none now, which `project check` tells.
    const Tasks& tasks_of(std::int64_t project) {
        const auto [it, fresh] = by_project_.try_emplace(project);
        if (!fresh) return it->second;
        const auto p = to_struct<Project>(project::record(), *find_row(db_, project::record(), project, when_));
        try {
            if (auto f = project::forecast_of(db_, p, when_, days_)) it->second = std::move(f->tasks);
        } catch (const Error& e) {
            project::own_fault(p.code, e);
        }
        return it->second;
    }

    db::Session& db_;
    AsOf when_;
    project::WorkDays days_;
    std::map<std::int64_t, Tasks> by_project_;
};

}  // namespace

namespace {

/// Projects whose plans have milestones, or the one.
std::vector<std::int64_t> with_milestones(db::Session& db, const AsOf& when, std::int64_t only) {
    std::vector<std::int64_t> all, out;
    if (only)
        all = {only};
    else
        db.each(
            "SELECT DISTINCT project FROM task WHERE milestone = 1 OR id IN (SELECT id FROM task_change WHERE field = "
            "'milestone') ORDER BY 1",
            [&](db::Statement& s) { all.push_back(s.integer(0)); });
    for (const auto id : all)
        if (const auto row = find_row(db, project::record(), id, when); row && !row->voided(when.day))
            out.push_back(id);
    return out;
}

}  // namespace

Report list(Workspace& w, const AsOf& when, Date today, std::string_view project) {
    Report report;
    report.name = N_("milestones");
    report.as_of = today;
    auto& g = report.rows;
    g.columns = list_columns();
    const std::int64_t only = project.empty() ? 0 : get_row(w.db(), project::record(), project, {}).id;
    std::vector<Milestone> found;
    each_row(w.db(), record(), when, [&](const Row& row) {
        if (row.voided_on) return;
        auto m = to_struct<Milestone>(record(), row);
        if (!only || m.project.value == only) found.push_back(std::move(m));
    });
    const AsOf then{today, when.operation};
    Expected expected_on(w.db(), then);
    std::vector<Milestone> planned;
    for (const auto id : with_milestones(w.db(), then, only))
        for (Milestone& m : expected_on.of_plan(id, found)) planned.push_back(std::move(m));
    std::move(planned.begin(), planned.end(), std::back_inserter(found));
    for (Milestone& m : found)
        if (!m.reached_on) m.forecast_on = expected_on.of(m);
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.baseline_on < b.baseline_on; });
    for (const Milestone& m : found) {
        const Date expected = m.reached_on ? *m.reached_on : std::max(m.forecast_on, today);
        const bool late = !m.reached_on && today > m.baseline_on;
        const Date counted = m.reached_on || late ? expected : m.forecast_on;
        g.add_text(m.number);
        g.add_text(number_of(w.db(), project::record(), m.project.value));
        g.add_text(m.name);
        m.wbs.empty() ? g.add_null() : g.add_text(m.wbs);
        g.add_day(m.baseline_on);
        g.add_day(m.forecast_on);
        m.reached_on ? g.add_day(*m.reached_on) : g.add_null();
        g.add_integer(counted - m.baseline_on);
        g.add_constant(m.reached_on                    ? "reached"
                       : late                          ? "late"
                       : m.forecast_on > m.baseline_on ? "slipping"
                                                       : "on_time");
        m.contract ? g.add_text(number_of(w.db(), contract::record(), m.contract.value)) : g.add_null();
        m.unlocks ? g.add_money(*m.unlocks, m.currency.digits()) : g.add_null();
        g.add_text(m.currency.code());
    }
    return report;
}

}  // namespace agency::milestone
