#include "lead/lead.hpp"

#include "base/translate.hpp"
#include "client/reference.hpp"
#include "intake/facts.hpp"
#include "org/people.hpp"

namespace agency::lead {
namespace {

constexpr std::string_view code_aliases[] = {"编号", "商机编号", "lead code", "lead no"};
constexpr std::string_view client_aliases[] = {"客户名称", "客户编号",    "单位名称",
                                               "公司名称", "client name", "customer"};
constexpr std::string_view title_aliases[] = {"名称", "项目名称", "商机名称", "name", "subject"};
constexpr std::string_view source_aliases[] = {"线索来源", "客户来源", "channel"};
constexpr std::string_view amount_aliases[] = {"预计金额", "金额", "预算", "amount", "expected value"};
constexpr std::string_view expected_aliases[] = {"预计日期", "预计签约", "expected date", "closing date"};
constexpr std::string_view owner_aliases[] = {"商务负责人", "跟进人", "销售", "responsible"};
constexpr std::string_view received_aliases[] = {"登记日期", "创建日期", "date"};
constexpr std::string_view status_aliases[] = {"阶段", "stage"};

constexpr Word statuses[] = {
    {N_("lead"), "线索"}, {N_("opportunity"), "商机"}, {N_("lost"), "丢单"}, {N_("withdrawn"), "客户撤回"}};

constexpr Field fields[] = {
    Field{"code", FieldType::number, member<&Lead::code>, "Code", "线索编号",
          N_("Short code by which people and files name the lead")}
        .required()
        .fixed()
        .also(code_aliases),
    Field{"client", FieldType::reference, member<&Lead::client>, "Client", "客户",
          N_("Who may want it: a client's code, in files also its exact name")}
        .required()
        .fixed()
        .also(client_aliases)
        .refers_to(client::record),
    Field{"title", FieldType::text, member<&Lead::title>, "Title", "线索名称", N_("What may be wanted")}
        .required()
        .also(title_aliases),
    Field{"source", FieldType::text, member<&Lead::source>, "Source", "来源", N_("How it came to us")}.also(
        source_aliases),
    Field{"expected_amount", FieldType::money, member<&Lead::expected_amount>, "Expected amount", "预计合同额",
          N_("Price that a contract may have, tax included")}
        .dated()
        .also(amount_aliases),
    Field{"currency", FieldType::currency, member<&Lead::currency>, "Currency", "币种",
          N_("ISO 4217; default the client's")}
        .filled()
        .fixed(),
    Field{"expected_on", FieldType::day, member<&Lead::expected_on>, "Expected", "预计签约日期",
          N_("Day on which a contract may be signed")}
        .dated()
        .also(expected_aliases),
    Field{"owner", FieldType::text, member<&Lead::owner>, "Owner", "负责人",
          N_("Who follows it up: where employees are kept, a number or exact name")}
        .dated()
        .also(owner_aliases),
    Field{"received_on", FieldType::day, member<&Lead::received_on>, "Received", "获取日期",
          N_("Day on which it came in; default today")}
        .filled()
        .fixed()
        .also(received_aliases),
    Field{"status", FieldType::choice, member<&Lead::status>, "Status", "状态",
          N_("State of the pipeline; default lead. An assessment makes an opportunity of it")}
        .filled()
        .dated()
        .also(status_aliases)
        .one_of(statuses),
    Field{"note", FieldType::text, member<&Lead::note>, "Note", "备注", N_("Anything else")},
};
enum {
    k_code,
    k_client,
    k_title,
    k_source,
    k_expected_amount,
    k_currency,
    k_expected_on,
    k_owner,
    k_received_on,
    k_status,
    k_note
};

constexpr std::string_view may_be_accepted[] = {"INT-009"};

class Rules final : public RowRules {
public:
    std::span<const std::string_view> acceptable() const override { return may_be_accepted; }
    bool makes_clients() const override { return true; }
    void begin(Workspace& w, const ImportOptions& options) override {
        clients_.begin(w, options);
        people_ = std::make_unique<org::People>(w);
        db_ = &w.db();
        today_ = w.today();
        changed_on_ = options.effective.value_or(today_);
    }
    std::uint32_t resolve(const Field&, std::string_view text) override { return clients_.resolve(text); }
    Currency default_currency(const ImportRow& row) override { return clients_.currency(row.values[k_client]); }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view(currency_ = default_currency(row).code()));
        if (!v[k_received_on]) v[k_received_on] = Value::of(std::int64_t{today_.days});
        if (!v[k_status]) v[k_status] = Value::of(static_cast<std::int64_t>(Lead::Status::lead));
        people_->check(row, record(), "owner",
                       row.old ? changed_on_ : Date{static_cast<std::int32_t>(v[k_received_on].n)});
        if (v[k_expected_amount] && v[k_expected_amount].n < 0)
            row.problem("expected_amount", "", tr("an expected amount is not negative"));
        if (row.old && v[k_status] != row.old->values[k_status] && given_up(v[k_status].n))
            if (auto why = at_work(*db_, row.id); !why.empty()) row.problem("status", "INT-017", std::move(why));
    }
    void take(ImportRow& row) override { clients_.take(row.values[k_client]); }
    void before_insert(Operation& op) override { clients_.before_insert(op); }

private:
    static bool given_up(std::int64_t status) {
        return status == static_cast<std::int64_t>(Lead::Status::lost) ||
               status == static_cast<std::int64_t>(Lead::Status::withdrawn);
    }

    db::Session* db_ = nullptr;
    client::Reference clients_;
    std::unique_ptr<org::People> people_;
    Date today_, changed_on_;
    std::string currency_;
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("lead"),
                          .plural = N_("leads"),
                          .en = "Lead",
                          .zh = "线索",
                          .fields = fields,
                          .key = "code",
                          .name = "title",
                          .booked = true};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

std::string at_work(db::Session& db, std::int64_t id) {
    const auto all = intake::by_lead(db);
    const auto it = all.find(id);
    if (it == all.end()) return {};
    return say("assessment {number} of it is open or taken on; lose or withdraw that first",
               fmt::arg("number", it->second));
}

}  // namespace agency::lead
