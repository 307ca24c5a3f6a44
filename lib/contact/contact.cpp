#include "contact/contact.hpp"

#include <algorithm>

#include "base/translate.hpp"

namespace agency::contact {
namespace {

constexpr std::string_view client_aliases[] = {"客户", "客户名称", "单位", "client name", "customer"};
constexpr std::string_view name_aliases[] = {"联系人", "姓名", "联系人姓名", "contact", "contact name"};
constexpr std::string_view title_aliases[] = {"职位", "岗位", "job title", "role"};
constexpr std::string_view phone_aliases[] = {"联系电话", "手机", "手机号", "mobile", "tel"};
constexpr std::string_view email_aliases[] = {"邮箱", "电子邮箱", "mail"};
constexpr std::string_view preferred_aliases[] = {"主要联系人", "首要联系人", "primary"};
constexpr std::string_view consented_aliases[] = {"授权日期", "同意时间"};
constexpr std::string_view withdrawn_aliases[] = {"撤回同意日期", "撤回时间"};
constexpr std::string_view evidence_aliases[] = {"授权书", "同意方式"};
constexpr std::string_view contract_words[] = {"履行合同"}, duty_words[] = {"法定义务"}, consent_words[] = {"个人同意"};
constexpr Word bases[] = {{N_("consent"), "同意", consent_words},
                          {N_("contract"), "合同必需", contract_words},
                          {N_("legal_duty"), "法定职责", duty_words}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Contact::number>, "Number", "编号",
          N_("Number of the contact; by default of client and name")}
        .filled()
        .fixed(),
    Field{"client", FieldType::reference, member<&Contact::client>, "Client", "客户编号",
          N_("Whose contact it is: a client's code, in files also its exact name")}
        .required()
        .fixed()
        .also(client_aliases)
        .refers_to(client::record),
    Field{"name", FieldType::text, member<&Contact::name>, "Name", "联系人姓名", N_("Name of the person")}
        .required()
        .fixed()
        .also(name_aliases),
    Field{"title", FieldType::text, member<&Contact::title>, "Title", "职务",
          N_("What the person is at the client: finance, legal, director")}
        .also(title_aliases),
    Field{"phone", FieldType::text, member<&Contact::phone>, "Phone", "电话", N_("Telephone number as dialled")}.also(
        phone_aliases),
    Field{"email", FieldType::text, member<&Contact::email>, "Email", "电子邮件", N_("Mail address")}.also(
        email_aliases),
    Field{"preferred", FieldType::flag, member<&Contact::preferred>, "Preferred", "首选联系人",
          N_("Whether to speak to this person first")}
        .also(preferred_aliases),
    Field{
        "basis", FieldType::choice, member<&Contact::basis>, "Basis", "处理依据",
        N_("What allows us to keep and use it (Personal Information Protection Law, art. 13): the person's consent, a "
           "contract with the person, or a duty by law; default consent")}
        .filled()
        .dated()
        .one_of(bases),
    Field{"consented_on", FieldType::day, member<&Contact::consented_on>, "Consented", "同意日期",
          N_("Day of the person's consent")}
        .dated()
        .also(consented_aliases),
    Field{"withdrawn_on", FieldType::day, member<&Contact::withdrawn_on>, "Withdrawn", "撤回日期",
          N_("Day on which the consent was withdrawn; from then on nothing of the person is used")}
        .dated()
        .also(withdrawn_aliases),
    Field{"evidence", FieldType::text, member<&Contact::evidence>, "Evidence", "同意凭证",
          N_("What shows the consent: form, mail, clause")}
        .dated()
        .also(evidence_aliases),
    Field{"note", FieldType::text, member<&Contact::note>, "Note", "备注", N_("Anything else")},
};
enum { k_number, k_client, k_name, k_title, k_phone, k_email, k_preferred, k_basis, k_consented_on, k_withdrawn_on };

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override { today_ = w.today(); }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_basis]) v[k_basis] = Value::of(static_cast<std::int64_t>(Contact::Basis::consent));
        for (const auto day : {k_consented_on, k_withdrawn_on})
            if (v[day] && v[day].n > today_.days) row.problem(fields[day].key, "KYC-012", tr("it lies ahead"));
        const bool by_consent = v[k_basis].n == static_cast<std::int64_t>(Contact::Basis::consent);
        if (v[k_withdrawn_on] && !v[k_consented_on])
            row.problem("withdrawn_on", "KYC-012", tr("there was no consent that could be withdrawn"));
        else if (v[k_withdrawn_on] && v[k_withdrawn_on].n < v[k_consented_on].n)
            row.problem("withdrawn_on", "KYC-012", tr("the consent was withdrawn before it was given"));
        else if (by_consent && !v[k_consented_on])
            row.warning("consented_on", "KYC-012",
                        tr("no consent is recorded, and nothing else allows to keep a person's data (Personal "
                           "Information Protection Law, art. 13)"));
        else if (by_consent && v[k_withdrawn_on] && v[k_preferred].n != 0)
            row.warning("preferred", "KYC-012", tr("whose consent is withdrawn is not spoken to first"));
    }

private:
    Date today_;
};

}  // namespace

const Record& record() {
    static constexpr std::string_view key[] = {"client", "name"};
    static const Record r{.noun = N_("contact"),
                          .plural = N_("contacts"),
                          .en = "Contact",
                          .zh = "联系人",
                          .fields = fields,
                          .key_parts = key,
                          .part_of = "client"};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

std::vector<Contact> contacts_of(db::Session& db, std::int64_t client, const AsOf& when) {
    std::vector<Contact> out;
    each_row_of(db, record(), "client", client, when, [&](const Row& row) {
        if (!row.voided(when.day)) out.push_back(to_struct<Contact>(record(), row));
    });
    std::sort(out.begin(), out.end(), [](const Contact& a, const Contact& b) { return a.name < b.name; });
    return out;
}

}  // namespace agency::contact
