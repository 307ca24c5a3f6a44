#include "cost/cost.hpp"

#include <map>
#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "cost/facts.hpp"
#include "kyc/facts.hpp"
#include "project/facts.hpp"
#include "record/import.hpp"
#include "record/store.hpp"

namespace agency::cost {
namespace {

constexpr std::string_view number_aliases[] = {"成本编号", "凭证号"},
                           project_aliases[] = {"项目", "项目编号", "project code"},
                           posted_aliases[] = {"入账日", "日期", "date", "posting date"},
                           kind_aliases[] = {"成本类别", "类型", "type"},
                           supplier_aliases[] = {"供方", "收款单位", "vendor"}, wbs_aliases[] = {"任务", "任务编码"},
                           contract_aliases[] = {"采购合同", "分包合同"}, note_aliases[] = {"摘要", "说明"};
constexpr std::string_view subcontract_words[] = {"外包", "分包费"}, travel_words[] = {"差旅费"},
                           fee_words[] = {"官方费用", "规费"}, material_words[] = {"材料费"};
constexpr Word kinds[] = {{"subcontract", "分包", subcontract_words},
                          {"travel", "差旅", travel_words},
                          {"official_fee", "官费", fee_words},
                          {"material", "材料", material_words},
                          {"other", "其他"}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Cost::number>, "Number", "编号",
          N_("Number of the cost, as that of its voucher; default K- and the next number")}
        .fixed()
        .also(number_aliases),
    Field{"project", FieldType::reference, member<&Cost::project>, "Project", "项目代码", N_("Code of the project")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"posted_on", FieldType::day, member<&Cost::posted_on>, "Posted", "入账日期",
          N_("Day from which it counts as spent")}
        .required()
        .fixed()
        .also(posted_aliases),
    Field{"kind", FieldType::choice, member<&Cost::kind>, "Kind", "类别",
          N_("subcontract, travel, official_fee, material or other (default)")}
        .filled()
        .also(kind_aliases)
        .one_of(kinds),
    Field{"amount", FieldType::money, member<&Cost::amount>, "Amount", "金额",
          N_("What it cost, recoverable tax excluded; below zero what was given back")}
        .required()
        .fixed(),
    Field{"currency", FieldType::currency, member<&Cost::currency>, "Currency", "币种",
          N_("ISO 4217; default the project's, and only that counts as its cost")}
        .filled()
        .fixed(),
    Field{"supplier", FieldType::text, member<&Cost::supplier>, "Supplier", "供应商", N_("Who was paid")}.also(
        supplier_aliases),
    Field{"contract", FieldType::reference, member<&Cost::contract>, "Contract", "合同编号",
          N_("The supplier's contract that it is owed by: what is posted is committed no more")}
        .fixed()
        .also(contract_aliases)
        .refers_to(contract::record),
    Field{"wbs", FieldType::text, member<&Cost::wbs>, "WBS", "WBS编码",
          N_("The task that it was for, a leaf of the work breakdown; optional")}
        .also(wbs_aliases),
    Field{"note", FieldType::text, member<&Cost::note>, "Note", "备注", N_("Anything else")}.also(note_aliases),
};
enum { k_number, k_project, k_posted_on, k_kind, k_amount, k_currency, k_supplier, k_contract, k_wbs, k_note };

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        w_ = &w;
        guard_ = std::make_unique<budget::Guard>(w);
        limits_ = std::make_unique<kyc::Limits>(w);
        prestart_.clear();
    }
    Currency default_currency(const ImportRow& row) override {
        return row.values[k_project] ? project_of(row).currency : Currency{};
    }
    std::span<const std::string_view> acceptable() const override { return kyc::Limits::may_be_accepted; }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_kind]) v[k_kind] = Value::of(static_cast<std::int64_t>(Cost::Kind::other));
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view(currency_ = default_currency(row).code()));
        if (v[k_project] && v[k_wbs] && (!row.old || row.old->values[k_wbs] != v[k_wbs])) check_task(row);
        if (row.old) return;
        if (v[k_amount] && v[k_amount].n == 0) row.problem("amount", "", tr("the amount is not zero"));
        if (v[k_posted_on] && v[k_posted_on].n > w_->today().days)
            row.problem("posted_on", "", tr("what is posted lies not ahead"));
        if (v[k_project] && v[k_contract]) check_contract(row);
        if (!row.bad && v[k_project] && v[k_amount])
            if (auto why = guard_->spend(v[k_project].n, money(row), v[k_contract].n); !why.empty())
                row.problem("amount", "PRJ-040", std::move(why));
        if (!row.bad && v[k_project] && v[k_amount] && v[k_posted_on]) check_prestart(row);
        if (const auto client = row.bad ? 0 : laid_out_for(row))
            if (auto why = limits_->refuse(client, money(row), kyc::Limits::For::outlay); !why.empty())
                row.report({.field = "amount", .rule = "KYC-020", .message = std::move(why), .code = Exit::refused});
    }
    void take(ImportRow& row) override {
        auto& v = row.values;
        if (row.old) return;
        if (!v[k_number]) {
            number_ = fmt::format("K-{:06}", row.id);
            v[k_number] = Value::of(std::string_view(number_));
        }
        guard_->spent(v[k_project].n, money(row), v[k_contract].n);
        if (const auto it = prestart_.find(v[k_project].n);
            it != prestart_.end() && it->second && money(row).currency == project_of(row).currency)
            *it->second -= v[k_amount].n;
        if (const auto client = laid_out_for(row)) limits_->owe(client, money(row), kyc::Limits::For::outlay);
    }

private:
    Money money(const ImportRow& row) const {
        return {row.values[k_amount].n, Currency::parse(row.values[k_currency].s).value_or(Currency{})};
    }
    /// The client for whom an official fee is paid (垫付); 0: it is none, or the project has no client.
    std::int64_t laid_out_for(const ImportRow& row) {
        const auto& v = row.values;
        if (!v[k_project] || !v[k_amount] || v[k_kind].n != static_cast<std::int64_t>(Cost::Kind::official_fee))
            return 0;
        return project_of(row).client.value;
    }
    Project project_of(const ImportRow& row) {
        return to_struct<Project>(project::record(),
                                  *find_row(w_->db(), project::record(), row.values[k_project].n, {}));
    }
    /// PRJ-002: before the contract is effective no more is spent than the pre-start allows, and nothing after it.
    void check_prestart(ImportRow& row) {
        const auto p = project_of(row);
        const Date posted{static_cast<std::int32_t>(row.values[k_posted_on].n)};
        if (auto why = project::after_prestart(w_->db(), p, posted, AsOf{w_->today()});
            !why.empty() && row.values[k_amount].n > 0)
            return row.problem("posted_on", "PRJ-002", std::move(why));
        auto [it, fresh] = prestart_.try_emplace(p.id.value);
        if (fresh) it->second = project::prestart_left(w_->db(), p, AsOf{w_->today()});
        const auto amount = money(row);
        if (!it->second || amount.minor <= 0 || !(amount.currency == p.currency) || amount.minor <= *it->second) return;
        row.problem(
            "amount", "PRJ-002",
            say("the pre-start of project {code} allows {cap}, {left} of it is left, and this takes {more}",
                fmt::arg("code", p.code), fmt::arg("cap", to_string(Money{*p.prestart_cap, p.currency})),
                fmt::arg("left", to_string(Money{*it->second, p.currency})), fmt::arg("more", to_string(amount))));
    }
    /// A supplier's, for this project, in this currency.
    void check_contract(ImportRow& row) {
        auto& v = row.values;
        const auto c =
            to_struct<Contract>(contract::record(), *find_row(w_->db(), contract::record(), v[k_contract].n, {}));
        if (c.direction != Contract::Direction::expense)
            row.refuse("contract", say("contract {number} is no supplier's", fmt::arg("number", c.number)));
        else if (const auto code = project_of(row).code; c.project != code)
            row.refuse("contract", say("contract {number} is not for project {code}", fmt::arg("number", c.number),
                                       fmt::arg("code", code)));
        else if (v[k_currency].s != c.currency.code())
            row.refuse("currency", say("contract {number} is in {currency}", fmt::arg("number", c.number),
                                       fmt::arg("currency", c.currency.code())));
    }
    void check_task(ImportRow& row) {
        auto& db = w_->db();
        const auto project = row.values[k_project].n;
        const std::string wbs(row.values[k_wbs].s);
        const std::string alive = " AND undone = 0 AND NOT " + is_void("task", "task.id");
        if (!db.integer("SELECT id FROM task WHERE project = $1 AND wbs = $2" + alive, project, wbs))
            row.refuse("wbs",
                       say("project {project} has no task {wbs}",
                           fmt::arg("project", number_of(db, project::record(), project)), fmt::arg("wbs", wbs)));
        else if (db.integer("SELECT 1 FROM task WHERE project = $1 AND wbs > $2 AND wbs < $3" + alive, project,
                            wbs + ".", wbs + "/"))
            row.problem("wbs", "PRJ-003", say("{wbs} is a group; only its leaves carry work", fmt::arg("wbs", wbs)));
    }

    Workspace* w_ = nullptr;
    std::unique_ptr<budget::Guard> guard_;
    std::unique_ptr<kyc::Limits> limits_;
    std::map<std::int64_t, std::optional<std::int64_t>> prestart_;  ///< what is left of pre-starts, by project
    std::string number_, currency_;
};

/// After an undo or a void: PRJ-040 where a cost counts again, or a credit does not any more.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    std::set<std::int64_t> projects;
    const auto note = [&](db::Statement& s) { projects.insert(s.integer(0)); };
    op.db().each("SELECT DISTINCT project FROM cost WHERE id BETWEEN $1 AND $2", note, first, last);
    for (const auto id : touched) op.db().each("SELECT project FROM cost WHERE id = $1", note, id);
    budget::require_kept(op, projects);
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("cost"),
                          .plural = N_("costs"),
                          .en = "Cost",
                          .zh = "项目成本",
                          .fields = fields,
                          .counts_from = "posted_on",
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

std::vector<Posting> postings(db::Session& db, std::int64_t project, const AsOf& when) {
    std::vector<Posting> out;
    each_row_of(db, record(), "project", project, AsOf{last_day, when.operation}, [&](const Row& row) {
        const auto c = to_struct<Cost>(record(), row);
        if (row.voided(c.posted_on)) return;
        out.push_back({c.posted_on, {c.amount, c.currency}, c.contract.value});
        if (row.voided_on) out.push_back({*row.voided_on, {-c.amount, c.currency}, c.contract.value});
    });
    return out;
}

std::int64_t official_fees_of_project(db::Session& db, std::int64_t project, const Currency& currency, Date day,
                                      const AsOf& when) {
    std::int64_t sum = 0;
    each_row_of(db, record(), "project", project, when, [&](const Row& row) {
        const auto c = to_struct<Cost>(record(), row);
        if (c.kind == Cost::Kind::official_fee && c.currency == currency && c.posted_on > day &&
            c.posted_on <= when.day && !row.voided(when.day))
            sum = add_checked(sum, c.amount);
    });
    return sum;
}

std::int64_t official_fees(db::Session& db, std::int64_t client, const Currency& currency, Date day, const AsOf& when) {
    std::vector<std::int64_t> projects;
    db.each(
        "SELECT id FROM project AS p WHERE client = $1 AND EXISTS (SELECT 1 FROM cost WHERE project = p.id) UNION "
        "SELECT id FROM project_change AS c WHERE field = 'client' AND EXISTS (SELECT 1 FROM cost WHERE project = "
        "c.id)",
        [&](db::Statement& s) { projects.push_back(s.integer(0)); }, client);
    std::int64_t sum = 0;
    for (const auto id : projects) {
        const auto p = find_row(db, project::record(), id, when);
        if (p && to_struct<Project>(project::record(), *p).client.value == client)
            sum = add_checked(sum, official_fees_of_project(db, id, currency, day, when));
    }
    return sum;
}

}  // namespace agency::cost
