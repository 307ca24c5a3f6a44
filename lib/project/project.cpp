#include "project/project.hpp"

#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "project/baseline.hpp"

namespace agency::project {
namespace {

constexpr std::string_view code_aliases[] = {"项目代码", "项目号", "project code", "project number", "project"};
constexpr std::string_view name_aliases[] = {"项目", "project name", "title"};
constexpr std::string_view client_aliases[] = {"委托人", "客户名称", "客户编号", "customer"};
constexpr std::string_view contract_aliases[] = {"合同", "合同号", "contract number"};
constexpr std::string_view manager_aliases[] = {"负责人", "项目负责人", "经理", "PM", "project manager"};
constexpr std::string_view budget_aliases[] = {"项目预算", "预算金额", "BAC"};
constexpr std::string_view starts_aliases[] = {"开始", "启动日期", "开工日期", "start date", "from"};
constexpr std::string_view scope_aliases[] = {"范围", "工作范围", "项目范围说明"},
                           sponsor_aliases[] = {"发起人", "项目负责领导", "分管领导", "project sponsor"};
constexpr std::string_view work_words[] = {"workdays", "business", "工作日历"}, all_words[] = {"all", "days", "每天"};
constexpr Word calendars[] = {{"work", "工作日", work_words}, {"calendar", "自然日", all_words}};
constexpr Word cadences[] = {{"weekly", "每周"}, {"biweekly", "双周"}, {"monthly", "每月"}};
constexpr Word statuses[] = {{N_("proposed"), "拟立项"},    {N_("initiated"), "已启动"}, {N_("planned"), "已计划"},
                             {N_("in_progress"), "进行中"}, {N_("suspended"), "暂停"},   {N_("closing"), "收尾中"},
                             {N_("closed"), "已关闭"},      {N_("cancelled"), "已取消"}};

constexpr Field fields[] = {
    Field{"code", FieldType::number, member<&Project::code>, "Code", "项目编号",
          N_("Short code by which people and files name the project")}
        .required()
        .fixed()
        .also(code_aliases),
    Field{"name", FieldType::text, member<&Project::name>, "Name", "项目名称", N_("What the project is called")}
        .required()
        .dated()
        .also(name_aliases),
    Field{"client", FieldType::reference, member<&Project::client>, "Client", "客户",
          N_("For whom it is: a client's code, in files also its exact name; default the contract's")}
        .also(client_aliases)
        .refers_to(client::record),
    Field{"contract", FieldType::reference, member<&Project::contract>, "Contract", "合同编号",
          N_("Contract under which the work is done")}
        .dated()
        .also(contract_aliases)
        .refers_to(contract::record),
    Field{"manager", FieldType::reference, member<&Project::manager>, "Manager", "项目经理",
          N_("The one employee who leads it: a number, in files also the exact name")}
        .dated()
        .also(manager_aliases)
        .refers_to(employee::record),
    Field{"budget", FieldType::money, member<&Project::budget>, "Budget", "预算", N_("Approved budget of the whole")}
        .dated()
        .also(budget_aliases),
    Field{"currency", FieldType::currency, member<&Project::currency>, "Currency", "币种",
          N_("ISO 4217; default the contract's, else the client's, else CNY")}
        .filled()
        .fixed(),
    Field{"starts_on", FieldType::day, member<&Project::starts_on>, "Starts", "开始日期",
          N_("Day from which the plan counts")}
        .dated()
        .also(starts_aliases),
    Field{"calendar", FieldType::choice, member<&Project::calendar>, "Calendar", "日历",
          N_("What the plan's days are: work days of the calendar (default), or every day")}
        .filled()
        .dated()
        .one_of(calendars),
    Field{"status", FieldType::choice, member<&Project::status>, "Status", "阶段", N_("Stage of the lifecycle")}
        .filled()
        .dated()
        .one_of(statuses)
        .by_verb_only(),
    Field{"prestart_cap", FieldType::money, member<&Project::prestart_cap>, "Pre-start cap", "提前启动上限",
          N_("Exposure that is approved before the contract is effective")}
        .dated()
        .by_verb_only(),
    Field{"prestart_until", FieldType::day, member<&Project::prestart_until>, "Pre-start until", "提前启动有效期",
          N_("Last day of the approved pre-start")}
        .dated()
        .by_verb_only(),
    Field{"note", FieldType::text, member<&Project::note>, "Note", "备注", N_("Anything else")},
    Field{"report_cadence", FieldType::choice, member<&Project::report_cadence>, "Report cadence", "报告频率",
          N_("How often client and house are told: weekly, biweekly or monthly; empty: as the setting says")}
        .dated()
        .one_of(cadences),
    Field{"scope", FieldType::text, member<&Project::scope>, "Scope", "项目范围",
          N_("What is to be done and handed over, and what is not a part of it")}
        .dated()
        .also(scope_aliases),
    Field{"sponsor", FieldType::reference, member<&Project::sponsor>, "Sponsor", "项目发起人",
          N_("Employee who answers for it above the manager, and another person")}
        .dated()
        .also(sponsor_aliases)
        .refers_to(employee::record),
};
enum {
    k_code,
    k_name,
    k_client,
    k_contract,
    k_manager,
    k_budget,
    k_currency,
    k_starts_on,
    k_calendar,
    k_status,
    k_prestart_cap,
    k_prestart_until,
    k_note,
    k_report_cadence,
    k_scope,
    k_sponsor
};

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions& options) override {
        db_ = &w.db();
        day_ = options.effective.value_or(w.today());
    }
    Currency default_currency(const ImportRow& row) override {
        for (const auto& [k, r] : {std::pair{k_contract, &contract::record()}, {k_client, &client::record()}})
            if (const Value& v = row.values[static_cast<std::size_t>(k)])
                if (const auto found = find_row(*db_, *r, v.n, {}))
                    return Currency::parse(currency_of(*db_, *r, found->values)).value_or(Currency{});
        return {};
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view(currency_ = default_currency(row).code()));
        if (!v[k_calendar]) v[k_calendar] = Value::of(static_cast<std::int64_t>(Project::Days::work));
        if (!v[k_status]) v[k_status] = Value::of(static_cast<std::int64_t>(Project::Status::proposed));
        if (v[k_budget] && v[k_budget].n < 0) row.problem("budget", "", tr("a budget is not negative"));
        if (row.old && row.old->values[k_budget] && v[k_budget] != row.old->values[k_budget]) check_budget(row);
        if (row.old && row.old->values[k_manager] && !v[k_manager]) check_led(row);
        if (v[k_contract]) check_contract(row);
        check_mandate(row);
        for (const auto k : {k_manager, k_sponsor})
            if (v[k] && (!row.old || row.old->values[k] != v[k])) check_employed(row, k);
        if (v[k_sponsor] && v[k_manager] && v[k_sponsor].n == v[k_manager].n)
            row.problem("sponsor", "PRJ-001", tr("the manager does not answer for the project above himself"));
    }

private:
    /// PRJ-005: once there is a baseline the budget grows by approved changes only. PRJ-040: what is committed and
    /// spent stays within it.
    void check_budget(ImportRow& row) {
        const Value &now = row.values[k_budget], &before = row.old->values[k_budget];
        if ((!now || now.n > before.n) && baseline_of(*db_, row.old->id, {}))
            return row.problem("budget", "PRJ-005",
                               tr("the project has a baseline; a change request that is approved raises the budget: "
                                  "agency change add --project CODE --cost AMOUNT"));
        if (!now) return;
        const auto s = budget::standing(*db_, row.old->id, {});
        const auto whole = add_checked(now.n, s.changes);
        if (whole < s.used() && now.n < before.n)
            row.problem("budget", "PRJ-040",
                        say("{used} are committed and spent already",
                            fmt::arg("used", to_string(Money{s.used(), s.currency}))));
    }
    /// PRJ-001: from the approved plan to the close-out somebody leads it on every day.
    static void check_led(ImportRow& row) {
        const auto status = static_cast<Project::Status>(row.values[k_status].n);
        using enum Project::Status;
        if (status != proposed && status != initiated && status != closed && status != cancelled)
            row.problem("manager", "PRJ-001",
                        tr("a project that is planned or running has one manager on any day; name another: agency "
                           "project assign-manager CODE EMPLOYEE"));
    }
    /// PRJ-002: from its initiation on a project does not go over to a contract by which it might not begin.
    void check_mandate(ImportRow& row) {
        if (!row.old || row.values[k_contract] == row.old->values[k_contract]) return;
        auto p = to_struct<Project>(record(), *row.old);
        p.contract.value = row.values[k_contract].n;
        if (!p.open() || p.status == Project::Status::proposed) return;
        if (auto why = mandate_fault(*db_, p, AsOf{day_}); !why.empty())
            row.problem("contract", "PRJ-002", std::move(why));
    }
    /// The client is the contract's.
    void check_contract(ImportRow& row) {
        const auto found = find_row(*db_, contract::record(), row.values[k_contract].n, {});
        if (!found) return;
        if (found->voided_on) return row.refuse("contract", tr("the contract is voided"));
        const auto owner = to_struct<Contract>(contract::record(), *found).client.value;
        Value& client = row.values[k_client];
        if (!client)
            client = Value::of(owner);
        else if (client.n != owner)
            row.refuse("client", say("contract {number} is another client's", fmt::arg("number", found->values[0].s)));
    }
    void check_employed(ImportRow& row, std::size_t k) {
        const auto found = find_row(*db_, employee::record(), row.values[k].n, AsOf{day_});
        if (!found) return;
        const auto e = to_struct<Employee>(employee::record(), *found);
        if (!employed(e, day_))
            row.problem(fields[k].key, "PRJ-001",
                        say("{employee} is not employed on {day}", fmt::arg("employee", e.name),
                            fmt::arg("day", to_string(day_))));
    }

    db::Session* db_ = nullptr;
    Date day_;
    std::string currency_;
};

/// PRJ-001, PRJ-002: a project that goes on keeps its manager and its mandate, where it had them before the undo.
void require_led(Operation& op, std::int64_t id) {
    auto& db = op.db();
    const AsOf now{op.workspace().today()}, then{now.day, op.id() - 1};
    const auto row = find_row(db, record(), id, now), old = find_row(db, record(), id, then);
    if (!row || !old || row->voided_on) return;
    const auto p = to_struct<Project>(record(), *row), was = to_struct<Project>(record(), *old);
    using enum Project::Status;
    if (!p.open() || p.status == proposed || p.status == suspended) return;
    const auto check = [&](auto fault, const char* rule) {
        auto why = fault(db, p, now);
        if (!why.empty() && fault(db, was, then).empty())
            throw Error(Exit::refused, std::move(why)).with_rule(rule).with_ref(p.code);
    };
    if (p.status != initiated) check(manager_fault, "PRJ-001");
    check(mandate_fault, "PRJ-002");
}

/// Steps go back from the last one: none is turned beneath a later one that stands.
void require_last_step(Operation& op, std::int64_t id) {
    auto& db = op.db();
    const auto turned = db.integer(
        "SELECT MAX(c.operation) FROM project_change AS c JOIN operation_undo AS u ON u.root = c.operation WHERE "
        "u.operation = $1 AND c.id = $2 AND c.field = 'status'",
        op.id(), id);
    if (!turned) return;
    const auto later = db.integer(
        "SELECT MAX(c.operation) FROM project_change AS c JOIN operation AS o ON o.id = c.operation WHERE c.id = $1 "
        "AND c.field = 'status' AND c.operation > $2 AND o.undone_by IS NULL",
        id, *turned);
    if (!later) return;
    const auto code = number_of(db, record(), id);
    throw Error(Exit::refused,
                say("project {code} went on since, by operation {id} ({command})", fmt::arg("code", code),
                    fmt::arg("id", *later),
                    fmt::arg("command", db.text("SELECT command FROM operation WHERE id = $1", *later).value_or(""))),
                say("take that back first: agency undo {id}", fmt::arg("id", *later)))
        .with_ref(code);
}

/// After an undo: the order of steps; PRJ-001 and PRJ-002; PRJ-040 where a budget that is lower again has less than
/// nothing left.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    std::set<std::int64_t> ids(touched.begin(), touched.end());
    op.db().each(
        "SELECT id FROM project WHERE id BETWEEN $1 AND $2 AND budget IS NOT NULL",
        [&](db::Statement& s) { ids.insert(s.integer(0)); }, first, last);
    for (const auto id : touched) require_last_step(op, id);
    for (const auto id : touched) require_led(op, id);
    budget::require_kept(op, ids);
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("project"),
                          .plural = N_("projects"),
                          .en = "Project",
                          .zh = "项目",
                          .fields = fields,
                          .key = "code",
                          .name = "name",
                          .booked = true,
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::project
