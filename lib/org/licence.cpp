#include "base/translate.hpp"
#include "org/org.hpp"
#include "org/span_rules.hpp"

namespace agency::licence {
namespace {

constexpr std::string_view number_aliases[] = {"编号", "证书编号", "证号", "licence number", "certificate no"};
constexpr std::string_view employee_aliases[] = {"员工编号", "工号", "姓名"};
constexpr std::string_view title_aliases[] = {"证书", "资格证书", "certificate"};
constexpr std::string_view issuer_aliases[] = {"发证单位"}, issued_aliases[] = {"发证日期"},
                           expires_aliases[] = {"有效期至", "到期日", "到期日期"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Licence::number>, "Number", "证书编号", N_("Number of the certificate")}
        .required()
        .fixed()
        .also(number_aliases),
    Field{"employee", FieldType::reference, member<&Licence::employee>, "Employee", "员工", N_("Who holds it")}
        .required()
        .fixed()
        .also(employee_aliases)
        .refers_to(employee::record),
    Field{"title", FieldType::text, member<&Licence::title>, "Title", "证书名称",
          N_("What it is; a hard qualification of a job description asks for it by this name")}
        .required()
        .also(title_aliases),
    Field{"issuer", FieldType::text, member<&Licence::issuer>, "Issuer", "发证机关", N_("Who issued it")}.also(
        issuer_aliases),
    Field{"issued_on", FieldType::day, member<&Licence::issued_on>, "Issued", "发证日", N_("First day; empty: unknown")}
        .also(issued_aliases),
    Field{"expires_on", FieldType::day, member<&Licence::expires_on>, "Expires", "有效期",
          N_("Last day; empty: never expires")}
        .dated()
        .also(expires_aliases),
    Field{"note", FieldType::text, member<&Licence::note>, "Note", "备注", N_("Anything else")},
};

class Rules final : public RowRules {
public:
    void check(ImportRow& row) override { org::check_span(row, record(), "issued_on", "expires_on"); }
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("licence"),
                          .plural = N_("licences"),
                          .en = "Licence",
                          .zh = "证书",
                          .fields = fields,
                          .ends = "expires_on"};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::licence
