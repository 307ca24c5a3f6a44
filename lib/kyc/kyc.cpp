#include "kyc/kyc.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/approver.hpp"
#include "org/people.hpp"

namespace agency::kyc {
namespace {

constexpr std::string_view client_aliases[] = {"客户名称", "客户编号", "client name"};
constexpr std::string_view refreshed_aliases[] = {"尽调日期", "更新日期", "date"};
constexpr std::string_view representative_aliases[] = {"法人", "法人代表"};
constexpr std::string_view size_aliases[] = {"规模"};
constexpr std::string_view source_aliases[] = {"数据来源", "核查来源"};

constexpr Word standings[] = {
    {"existing", "存续"}, {"revoked", "吊销"}, {"deregistered", "注销"}, {"moved_out", "迁出"}};
constexpr Word taxpayers[] = {{"general", "一般纳税人"}, {"small_scale", "小规模纳税人"}};
constexpr Word sizes[] = {{"large", "大型"}, {"medium", "中型"}, {"small", "小型"}, {"micro", "微型"}};

constexpr Field points_field(std::string_view key, Access access, const char* en, const char* zh, const char* meaning) {
    return Field{key, FieldType::integer, access, en, zh, meaning}.required().fixed();
}
constexpr Field amount_field(std::string_view key, Access access, const char* en, const char* zh, const char* meaning) {
    return Field{key, FieldType::money, access, en, zh, meaning};
}

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Kyc::number>, "Number", "编号",
          N_("Number of the check; by default of client and day")}
        .filled()
        .fixed(),
    Field{"client", FieldType::reference, member<&Kyc::client>, "Client", "客户", N_("Whom it is about")}
        .required()
        .fixed()
        .also(client_aliases)
        .refers_to(client::record),
    Field{"refreshed_on", FieldType::day, member<&Kyc::refreshed_on>, "Refreshed", "尽调更新日期",
          N_("Day on which it was found out")}
        .required()
        .fixed()
        .also(refreshed_aliases),
    Field{"legal_name", FieldType::text, member<&Kyc::legal_name>, "Legal name", "登记名称", N_("Name in the register")}
        .fixed(),
    Field{"standing", FieldType::choice, member<&Kyc::standing>, "Standing", "登记状态", N_("State in the register")}
        .fixed()
        .one_of(standings),
    Field{"taxpayer", FieldType::choice, member<&Kyc::taxpayer>, "Taxpayer", "纳税人类型", N_("Kind of VAT payer")}
        .fixed()
        .one_of(taxpayers),
    Field{"address", FieldType::text, member<&Kyc::address>, "Address", "住所", N_("Registered address")}.fixed(),
    Field{"established_on", FieldType::day, member<&Kyc::established_on>, "Established", "成立日期",
          N_("Day on which it was founded")}
        .fixed(),
    Field{"registered_capital", FieldType::money, member<&Kyc::registered_capital>, "Registered capital", "注册资本",
          N_("Capital that was subscribed")}
        .fixed(),
    Field{"paid_capital", FieldType::money, member<&Kyc::paid_capital>, "Paid capital", "实缴资本",
          N_("Capital that was paid in")}
        .fixed(),
    Field{"business_scope", FieldType::text, member<&Kyc::business_scope>, "Business scope", "经营范围",
          N_("What it may do by its register")}
        .fixed(),
    Field{"industry", FieldType::text, member<&Kyc::industry>, "Industry", "行业", N_("Line of trade")}.fixed(),
    Field{"licences", FieldType::text, member<&Kyc::licences>, "Licences", "资质证照",
          N_("Licences with their last days")}
        .fixed(),
    Field{"bank_account", FieldType::text, member<&Kyc::bank_account>, "Bank account", "开户行及账号",
          N_("Bank and account of its invoices")}
        .fixed(),
    Field{"legal_representative", FieldType::text, member<&Kyc::legal_representative>, "Legal representative",
          "法定代表人", N_("Who acts for it by law")}
        .fixed()
        .also(representative_aliases),
    Field{"shareholders", FieldType::text, member<&Kyc::shareholders>, "Shareholders", "主要股东",
          N_("Shareholders of 25 % and more, `;` between")}
        .fixed(),
    Field{"beneficial_owner", FieldType::text, member<&Kyc::beneficial_owner>, "Beneficial owner", "受益所有人",
          N_("Whose it is in the end")}
        .fixed(),
    Field{"related_parties", FieldType::text, member<&Kyc::related_parties>, "Related parties", "关联方",
          N_("Whom it is related to, `;` between")}
        .fixed(),
    Field{"size", FieldType::choice, member<&Kyc::size>, "Size", "企业规模", N_("Size of an enterprise")}
        .fixed()
        .also(size_aliases)
        .one_of(sizes),
    Field{"size_evidenced_on", FieldType::day, member<&Kyc::size_evidenced_on>, "Size evidenced", "规模证明日期",
          N_("Day of what shows the size")}
        .fixed(),
    points_field("payment_points", member<&Kyc::payment_points>, "Payment points", "付款记录分",
                 N_("Points for how it paid, 0 to 40")),
    points_field("financial_points", member<&Kyc::financial_points>, "Financial points", "财务状况分",
                 N_("Points for its finances, 0 to 20")),
    points_field("background_points", member<&Kyc::background_points>, "Background points", "背景分",
                 N_("Points for its background, 0 to 20")),
    points_field("cooperation_points", member<&Kyc::cooperation_points>, "Cooperation points", "合作分",
                 N_("Points for how it worked with us, 0 to 20")),
    Field{"blacklisted", FieldType::flag, member<&Kyc::blacklisted>, "Blacklisted", "黑名单",
          N_("Whether it stands on a list of dishonest debtors or sanctions")}
        .fixed(),
    amount_field("deposits", member<&Kyc::deposits>, "Deposits", "保证金", N_("Cash of the client that we hold")),
    amount_field("advances", member<&Kyc::advances>, "Advances", "垫付款",
                 N_("Paid for the client and not yet billed")),
    amount_field("unbilled", member<&Kyc::unbilled>, "Unbilled", "未开票工作量", N_("Work done and not yet billed")),
    Field{"source", FieldType::text, member<&Kyc::source>, "Source", "核查来源", N_("Where it was looked up")}
        .fixed()
        .also(source_aliases),
    Field{"evidence_hash", FieldType::text, member<&Kyc::evidence_hash>, "Evidence hash", "证据哈希",
          N_("Hash of the file that shows it")}
        .fixed(),
    Field{"note", FieldType::text, member<&Kyc::note>, "Note", "备注", N_("Anything else")},
};
enum { k_number, k_client, k_refreshed_on };

constexpr Field override_fields[] = {
    Field{"number", FieldType::number, member<&CreditOverride::number>, "Number", "编号", N_("Number of the override")}
        .required()
        .fixed(),
    Field{"client", FieldType::reference, member<&CreditOverride::client>, "Client", "客户", N_("Whose limit it is")}
        .required()
        .fixed()
        .refers_to(client::record),
    Field{"amount", FieldType::money, member<&CreditOverride::amount>, "Amount", "临时额度",
          N_("What the client may owe while it holds")}
        .required()
        .fixed(),
    Field{"approver", FieldType::text, member<&CreditOverride::approver>, "Approver", "批准人", N_("Who allowed it")}
        .required()
        .fixed(),
    Field{"reason", FieldType::text, member<&CreditOverride::reason>, "Reason", "原因", N_("Why")}.required().fixed(),
    Field{"starts_on", FieldType::day, member<&CreditOverride::starts_on>, "Starts", "生效日期", N_("First day")}
        .required()
        .fixed(),
    Field{"expires_on", FieldType::day, member<&CreditOverride::expires_on>, "Expires", "失效日期", N_("Last day")}
        .required()
        .fixed(),
};

class Check final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions& o) override {
        RowRules::begin(w, o);
        db_ = &w.db();
        today_ = w.today();
    }
    Currency default_currency(const ImportRow& row) override {
        if (!row.values[k_client]) return {};
        const auto code = currency_of(*db_, record(), row.values);
        return Currency::parse(code).value_or(Currency{});
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (v[k_refreshed_on] && v[k_refreshed_on].n > today_.days)
            row.problem("refreshed_on", "KYC-010", tr("it lies ahead; a check is of a day that was"));
        if (v[record().index("size")] && !v[record().index("size_evidenced_on")])
            row.warning("size_evidenced_on", "",
                        tr("the size is of no use to the law without the day of its evidence"));
        for (const auto& [key, most] : {std::pair{"payment_points", 40},
                                        {"financial_points", 20},
                                        {"background_points", 20},
                                        {"cooperation_points", 20}})
            if (const Value& p = v[record().index(key)]; p && (p.n < 0 || p.n > most))
                row.problem(key, "", say("it is from 0 to {most}", fmt::arg("most", most)));
        for (const char* key : {"deposits", "advances", "unbilled", "registered_capital", "paid_capital"})
            if (const Value& a = v[record().index(key)]; a && a.n < 0)
                row.problem(key, "", tr("the amount is not negative"));
        if (!row.bad) check_exposure(row);
    }

private:
    /// What is entered must be an amount together, too, or no report could add it.
    static void check_exposure(ImportRow& row) {
        const auto amount = [&](const char* key) { return row.values[record().index(key)].n; };
        try {
            Exposure{.unbilled = amount("unbilled"), .advances = amount("advances")}.sum();
        } catch (const Error& e) {
            row.problem("unbilled", "", e.what());
        }
    }

    db::Session* db_ = nullptr;
    Date today_;
};

/// ORG-040, where a job description has the authority.
void require_authority(Workspace& w, std::int64_t requester, std::string_view approver, const Money& amount) {
    const AsOf today{w.today()};
    const org::Chart chart(w, today);
    const org::Request request{.action = std::string(w.rules().text(authority)),
                               .amount = amount.minor,
                               .currency = amount.currency,
                               .requester = requester};
    const auto found = org::required_approver(w, chart, today, request);
    if (found && found->holder.employee != org::People(w).id_of(approver))
        throw Error(Exit::refused,
                    say("{name} approves this amount, not {person}",
                        fmt::arg("name", org::name_of(chart, found->holder)), fmt::arg("person", approver)),
                    tr("see: agency org approver --explain"))
            .with_rule("ORG-040")
            .with_field("approver");
}

}  // namespace

const Record& record() {
    static constexpr std::string_view key[] = {"client", "refreshed_on"};
    static const Record r{.noun = N_("kyc"),
                          .plural = N_("kyc_checks"),
                          .en = "KYC check",
                          .zh = "客户尽职调查",
                          .fields = fields,
                          .currency_from = "client",
                          .key_parts = key};
    return r;
}

const Record& override_record() {
    static const Record r{.noun = N_("credit_override"),
                          .plural = "credit_overrides",
                          .en = "Credit override",
                          .zh = "信用额度例外",
                          .fields = override_fields,
                          .currency_from = "client",
                          .part_of = "client"};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Check>();
}

std::string allow(Workspace& w, const Allowance& a, std::string_view command) {
    Operation op(w, "client.allow", a.client, command);
    const auto row = get_row(w.db(), client::record(), a.client, {});
    const auto c = to_struct<Client>(client::record(), row);
    if (row.voided_on)
        throw Error(Exit::refused, say("client {code} is voided", fmt::arg("code", a.client))).with_ref(a.client);
    const auto amount = parse_amount(a.amount, c.currency.digits(), false, 0, c.currency.code());
    if (amount.fault != AmountFault::none || amount.value <= 0)
        throw Error(Exit::usage, say("\"{text}\" is no amount above zero", fmt::arg("text", a.amount)))
            .with_field("amount");
    if (a.until < w.today())
        throw Error(Exit::usage, say("{day} is past", fmt::arg("day", to_string(a.until))),
                    tr("an override ends on a day to come"))
            .with_field("until");
    org::People people(w);
    const auto approver = people.decider("approver", a.approver, "KYC-020");
    const auto asks = a.requested_by.empty() ? w.actor() : people.require("requested_by", a.requested_by);
    if (people.same(approver, asks))
        throw Error(Exit::refused, say("{person} may not allow what {person} asks for", fmt::arg("person", approver)),
                    tr("another person asks for it: --requested-by NAME"))
            .with_rule("KYC-020")
            .with_ref(a.client);
    require_authority(w, people.id_of(asks), approver, {amount.value, c.currency});
    CreditOverride o{.client = {row.id},
                     .amount = amount.value,
                     .approver = approver,
                     .reason = a.reason,
                     .starts_on = w.today(),
                     .expires_on = a.until};
    const auto before = w.db().integer("SELECT COUNT(*) FROM credit_override WHERE client = $1", row.id).value_or(0);
    o.number = fmt::format("{}/X{}", a.client, before + 1);
    std::vector<Value> values;
    for (const Field& f : override_fields) values.push_back(f.access.get(&o));
    const auto id = write_record(op, override_record(), values);
    op.audit("add", override_record().noun, id, "", json_of(w.db(), override_record(), values));
    if (!a.requested_by.empty()) op.audit("ask", override_record().noun, id, "", json_of("requested_by", asks));
    people.note_entered(op, override_record().noun, id, approver);
    op.commit();
    return o.number;
}

}  // namespace agency::kyc
