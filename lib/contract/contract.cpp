#include "contract/contract.hpp"

#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "contract/gate.hpp"
#include "org/names.hpp"
#include "project/facts.hpp"

namespace agency::contract {
namespace {

constexpr std::string_view number_aliases[] = {"编号", "合同号", "contract number", "contract no", "contract no."};
constexpr std::string_view client_aliases[] = {"客户名称", "客户编号",    "对方单位",    "对方名称", "中标单位",
                                               "甲方",     "client code", "client name", "customer", "counterparty"};
constexpr std::string_view title_aliases[] = {"名称", "项目名称", "contract title", "contract name", "name", "subject"};
constexpr std::string_view kind_aliases[] = {"合同类别", "类型", "项目分类", "contract type", "type"};
constexpr std::string_view direction_aliases[] = {"收/支方向", "收支", "方向"};
constexpr std::string_view amount_aliases[] = {"合同金额(含税)",  "金额",           "含税金额", "合同总额", "合同额",
                                               "contract amount", "contract value", "value"};
constexpr std::string_view rate_aliases[] = {"税率%", "增值税税率", "vat rate"};
constexpr std::string_view signed_aliases[] = {"签署日期",  "签约日期",     "采购时间",
                                               "sign date", "signing date", "contract date"};
constexpr std::string_view starts_aliases[] = {"开始日期", "生效日期", "起始日期", "开工时间", "start date", "from"};
constexpr std::string_view ends_aliases[] = {"到期日期", "结束日期", "终止日期", "完工时间",
                                             "截止日期", "end date", "until",    "expires on"};
constexpr std::string_view department_aliases[] = {"部门", "所属部门", "dept"};
constexpr std::string_view owner_aliases[] = {"经办人", "负责人", "responsible", "account manager"};
constexpr std::string_view project_aliases[] = {"项目", "所属项目", "项目编码"};
constexpr std::string_view status_aliases[] = {"合同状态"};
constexpr std::string_view intake_aliases[] = {"承接评估", "assessment"};
constexpr std::string_view note_aliases[] = {"付款条款", "付款方式/条件", "说明", "remarks", "comment"};

constexpr std::string_view mandate_words[] = {"委托合同", "代理", "服务", "服务类", "服务合同"},
                           brokerage_words[] = {"居间", "中介合同"}, commission_words[] = {"行纪合同"},
                           work_words[] = {"承揽合同"}, technology_words[] = {"技术合同", "技术服务"},
                           lease_words[] = {"租赁合同"}, purchase_words[] = {"采购", "采购合同", "买卖合同"},
                           framework_words[] = {"框架合同", "框架协议"}, other_words[] = {"项目合同", "其他合同"};
constexpr Word kinds[] = {{"mandate", "委托", mandate_words},
                          {"brokerage", "中介", brokerage_words},
                          {"commission", "行纪", commission_words},
                          {"work", "承揽", work_words},
                          {"technology", "技术", technology_words},
                          {"lease", "租赁", lease_words},
                          {"purchase", "买卖", purchase_words},
                          {"framework", "框架", framework_words},
                          {"other", "其他", other_words}};
constexpr std::string_view income_words[] = {"收", "收款", "in"}, expense_words[] = {"支", "付款", "out"};
constexpr Word directions[] = {{"income", "收入", income_words}, {"expense", "支出", expense_words}};
constexpr std::string_view performing_words[] = {"执行中", "进行中"}, effective_words[] = {"有效"},
                           closed_words[] = {"已完成", "结清"};
constexpr Word statuses[] = {{"draft", "草稿"},
                             {"internal_review", "内部会签"},
                             {"legal_review", "法务审查"},
                             {"approved", "已批准"},
                             {"signed", "已签署"},
                             {"effective", "已生效", effective_words},
                             {"performing", "履行中", performing_words},
                             {"suspended", "中止"},
                             {"terminated", "已解除"},
                             {"closed", "已结清", closed_words},
                             {"archived", "已归档"},
                             {"cancelled", "已取消"},
                             {"voided", "无效"}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Contract::number>, "Number", "合同编号",
          N_("Number by which people and files name the contract")}
        .required()
        .fixed()
        .also(number_aliases),
    Field{"client", FieldType::reference, member<&Contract::client>, "Client", "客户",
          N_("The other party: a client's code, in files also its exact name")}
        .required()
        .fixed()
        .also(client_aliases)
        .refers_to(client::record),
    Field{"title", FieldType::text, member<&Contract::title>, "Title", "合同名称", N_("What the contract is about")}
        .required()
        .also(title_aliases),
    Field{"kind", FieldType::choice, member<&Contract::kind>, "Kind", "合同类型",
          N_("Type of contract by the Civil Code; stamp duty and termination depend on it")}
        .filled()
        .fixed()
        .also(kind_aliases)
        .one_of(kinds),
    Field{"direction", FieldType::choice, member<&Contract::direction>, "Direction", "收支方向",
          N_("Whether it earns or costs; default income")}
        .filled()
        .fixed()
        .also(direction_aliases)
        .one_of(directions),
    Field{"amount", FieldType::money, member<&Contract::amount>, "Amount", "合同金额",
          N_("Agreed price, tax included; only a framework may have none")}
        .dated()
        .also(amount_aliases),
    Field{"currency", FieldType::currency, member<&Contract::currency>, "Currency", "币种",
          N_("ISO 4217; default the client's")}
        .filled()
        .fixed(),
    Field{"tax_rate", FieldType::rate, member<&Contract::tax_rate>, "Tax rate", "税率",
          N_("Rate of value-added tax, 0.06 or 6%")}
        .also(rate_aliases),
    Field{"signed_on", FieldType::day, member<&Contract::signed_on>, "Signed", "签订日期", N_("Day of signing")}
        .fixed()
        .also(signed_aliases),
    Field{"starts_on", FieldType::day, member<&Contract::starts_on>, "Starts", "开始", N_("First day of the term")}
        .dated()
        .also(starts_aliases),
    Field{"ends_on", FieldType::day, member<&Contract::ends_on>, "Ends", "到期", N_("Last day of the term")}
        .dated()
        .also(ends_aliases),
    Field{"department", FieldType::text, member<&Contract::department>, "Department", "承办部门",
          N_("Department in charge")}
        .dated()
        .also(department_aliases),
    Field{"owner", FieldType::text, member<&Contract::owner>, "Owner", "承办人",
          N_("Person in charge; also of invoices that name nobody")}
        .dated()
        .also(owner_aliases),
    Field{"project", FieldType::text, member<&Contract::project>, "Project", "项目编号",
          N_("Project that the contract belongs to")}
        .dated()
        .also(project_aliases),
    Field{"status", FieldType::choice, member<&Contract::status>, "Status", "状态",
          N_("State of the lifecycle; default effective when signed, else draft")}
        .filled()
        .dated()
        .also(status_aliases)
        .one_of(statuses),
    Field{"note", FieldType::text, member<&Contract::note>, "Note", "备注", N_("Anything else")}.also(note_aliases),
    Field{"intake", FieldType::reference, member<&Contract::intake>, "Intake", "评估编号",
          N_("Assessment by which it was taken on")}
        .also(intake_aliases)
        .refers_to(intake::record),
};
enum {
    k_number,
    k_client,
    k_title,
    k_kind,
    k_direction,
    k_amount,
    k_currency,
    k_tax_rate,
    k_signed_on,
    k_starts_on,
    k_ends_on,
    k_department,
    k_owner,
    k_project,
    k_status,
    k_note,
    k_intake
};

class Rules final : public RowRules {
public:
    bool makes_clients() const override { return true; }
    void begin(Workspace& w, const ImportOptions& options) override {
        clients_ = std::make_unique<client::Directory>(w);
        maker_ = std::make_unique<client::Maker>(
            static_cast<std::uint32_t>(w.db().integer("SELECT COALESCE(MAX(id), 0) FROM client").value_or(0)) + 1);
        create_clients_ = options.create_clients;
        w_ = &w;
        guard_ = std::make_unique<budget::Guard>(w);
        by_hand_ = options.bytes.has_value();
        names_ = std::make_unique<org::Names>(w);
        today_ = w.today();
        changed_on_ = options.effective.value_or(today_);
        last_text_.clear();
        events_.clear();
        taken_on_.clear();
    }
    std::uint32_t resolve(const Field& f, std::string_view text) override {
        if (f.target != client::record) return generic;
        if (text != last_text_ || last_text_.empty()) {
            last_text_.assign(text);
            last_id_ = clients_->find(text);
        }
        return last_id_ == 0 && create_clients_ ? to_be_made : last_id_;
    }
    Currency default_currency(const ImportRow& row) override {
        const Value& c = row.values[k_client];
        return c ? clients_->currency(static_cast<std::uint32_t>(c.n)) : Currency{};
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_kind]) v[k_kind] = Value::of(static_cast<std::int64_t>(Contract::Kind::other));
        if (!v[k_direction]) v[k_direction] = Value::of(static_cast<std::int64_t>(Contract::Direction::income));
        status_given_ = static_cast<bool>(v[k_status]) && !row.old;
        if (!v[k_status])
            v[k_status] = Value::of(
                static_cast<std::int64_t>(v[k_signed_on] ? Contract::Status::effective : Contract::Status::draft));
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view(currency_ = default_currency(row).code()));
        if (!v[k_amount] && v[k_kind].n != static_cast<std::int64_t>(Contract::Kind::framework))
            row.problem("amount", "", tr("the amount is missing; only a framework may have none"));
        if (v[k_amount] && v[k_amount].n < 0) row.problem("amount", "", tr("the amount of a contract is not negative"));
        if (v[k_starts_on] && v[k_ends_on] && v[k_ends_on].n < v[k_starts_on].n)
            row.problem("ends_on", "CON-004", tr("the contract ends before it starts"));
        if (v[k_signed_on] && v[k_ends_on] && v[k_ends_on].n < v[k_signed_on].n)
            row.warning("ends_on", "CON-004", tr("the contract ends before it was signed"));
        if (by_hand_ && names_->asked()) check_names(row);
        if (row.old || by_hand_) check_gate(row);
        if (binds_project(v)) check_budget(row);
    }
    void take(ImportRow& row) override {
        auto& v = row.values;
        if (binds_project(v) || (row.old && binds_project(row.old->values))) {
            const auto before = was(row);
            guard_->committed(as_struct(row), before ? &*before : nullptr);
        }
        if (v[k_client].n == to_be_made) {
            v[k_client] = Value::of(std::int64_t{last_id_ = maker_->make(last_text_)});
            clients_->add(last_text_, last_text_, last_id_);
        }
        if (const auto before = was(row))
            if (const auto c = as_struct(row); takes_decision(&*before, c)) taken_on_.emplace(c.intake.value, c.number);
        if (status_given_)
            events_.push_back(
                {row.id, v[k_signed_on] ? Date{static_cast<std::int32_t>(v[k_signed_on].n)} : today_, v[k_status]});
    }
    void before_insert(Operation& op) override { maker_->insert(op); }
    void after_insert(Operation& op, std::uint32_t) override {
        const Field& status = record().field("status");
        for (const Event& e : events_) write_change(op, record(), e.contract, status, e.status, e.day);
    }

private:
    static bool binds_project(const std::vector<Value>& v) {
        return v[k_project] && v[k_direction].n == static_cast<std::int64_t>(Contract::Direction::expense);
    }
    static Contract as_struct(const ImportRow& row) {
        Row now;
        now.values = row.values;
        now.id = row.old ? row.old->id : 0;
        return to_struct<Contract>(record(), now);
    }
    /// ORG-060: who types a new name means somebody, or something, that is kept. Old ledgers name who has left.
    void check_names(ImportRow& row) {
        const auto judge = [&](std::size_t k, auto find) {
            Value& v = row.values[k];
            if (!v || (row.old && row.old->values[k] == v)) return;
            named_[k] = find(v.s);
            if (!named_[k].fault.empty())
                row.report({.field = std::string(record().fields[k].key),
                            .rule = "ORG-060",
                            .message = named_[k].fault,
                            .code = Exit::not_found});
            v = Value::of(std::string_view(named_[k].text));
        };
        judge(k_owner, [&](auto text) { return names_->person(text); });
        judge(k_department, [&](auto text) { return names_->department(text); });
        judge(k_project, [&](auto text) {
            org::Named out;
            out.fault = project::fault_of_code(*w_, text, out.text);
            return out;
        });
    }
    /// PRJ-040, also of rows of a file: what they bind is bound from now on.
    void check_budget(ImportRow& row) {
        if (row.bad) return;
        if (auto why = guard_->commit(as_struct(row)); !why.empty()) row.problem("amount", "PRJ-040", std::move(why));
    }
    /// What changes by hand or by a file, or is entered by hand beyond draft; what a file brings anew was decided
    /// elsewhere.
    void check_gate(ImportRow& row) {
        const auto& v = row.values;
        if (row.bad || !v[k_client] || v[k_client].n == to_be_made) return;
        const auto before = was(row);
        const auto c = as_struct(row);
        const Date day = row.old ? changed_on_ : c.signed_on.value_or(today_);
        if (auto why = obstacle(*w_, {before ? &*before : nullptr, c, day}))
            row.report({.field = std::string(why->field),
                        .rule = std::string(why->rule),
                        .message = std::move(why->message),
                        .hint = std::move(why->hint),
                        .code = Exit::refused});
        else if (const auto other = taken_on_.find(c.intake.value);
                 before && takes_decision(&*before, c) && other != taken_on_.end())
            row.problem("intake", "INT-015",
                        say("by this assessment contract {contract} was taken on already",
                            fmt::arg("contract", other->second)));
    }
    static std::optional<Contract> was(const ImportRow& row) {
        return row.old ? std::optional(to_struct<Contract>(record(), *row.old)) : std::nullopt;
    }

    static constexpr std::uint32_t to_be_made = ambiguous - 1;
    /// A status that a file gives is taken unchecked, with the day from which it is known.
    struct Event {
        std::uint32_t contract;
        Date day;
        Value status;
    };

    std::unique_ptr<client::Directory> clients_;
    std::unique_ptr<client::Maker> maker_;
    std::unique_ptr<budget::Guard> guard_;  ///< of the projects that suppliers' contracts bind
    std::unique_ptr<org::Names> names_;
    std::map<std::size_t, org::Named> named_;  ///< of the row at hand, by field
    Date today_, changed_on_;
    Workspace* w_ = nullptr;
    bool create_clients_ = false, status_given_ = false, by_hand_ = false;
    std::string last_text_, currency_;
    std::uint32_t last_id_ = 0;
    std::vector<Event> events_;
    std::unordered_map<std::int64_t, std::string> taken_on_;  ///< contracts of earlier rows, by their assessment
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("contract"),
                          .plural = N_("contracts"),
                          .en = "Contract",
                          .zh = "合同",
                          .fields = fields,
                          .booked = true,
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

void void_contract(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                   std::string_view command) {
    Operation op(w, "contract.void", number, command);
    const auto row = get_row(w.db(), record(), number, {});
    if (row.voided_on)
        throw Error(Exit::refused, say("contract {number} is voided already", fmt::arg("number", number)))
            .with_ref(number);
    const auto from = day.value_or(to_struct<Contract>(record(), row).signed_on.value_or(w.today()));
    const auto invoice = w.db().text("SELECT number FROM invoice WHERE contract = $1 AND NOT " +
                                         is_void("invoice", "invoice.id") + " ORDER BY number LIMIT 1",
                                     row.id);
    if (invoice)
        throw Error(Exit::refused,
                    say("invoice {invoice} stands on contract {number}", fmt::arg("number", number),
                        fmt::arg("invoice", *invoice)),
                    say("void {noun} {number} first", fmt::arg("noun", tr("invoice")), fmt::arg("number", *invoice)))
            .with_ref(number);
    add_void(op, record(), row.id, from, reason);
    op.commit();
}

}  // namespace agency::contract
