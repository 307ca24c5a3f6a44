#include "base/translate.hpp"
#include "intake/conflict.hpp"

namespace agency::intake {
namespace {

constexpr std::string_view employee_aliases[] = {"员工", "姓名"};
constexpr std::string_view name_aliases[] = {"亲属", "亲属姓名"};
constexpr std::string_view works_aliases[] = {"任职单位", "工作单位"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Relative::number>, "Number", "编号",
          N_("Number of the declaration; by default of employee and relative")}
        .filled()
        .fixed(),
    Field{"employee", FieldType::reference, member<&Relative::employee>, "Employee", "申报人",
          N_("Who declared it: an employee's number, in files also the exact name")}
        .required()
        .fixed()
        .also(employee_aliases)
        .refers_to(employee::record),
    Field{"name", FieldType::text, member<&Relative::name>, "Name", "亲属姓名", N_("Name of the relative")}
        .required()
        .fixed()
        .also(name_aliases),
    Field{"relation", FieldType::text, member<&Relative::relation>, "Relation", "亲属关系",
          N_("What the relative is to the person")}
        .required(),
    Field{"works_at", FieldType::text, member<&Relative::works_at>, "Works at", "任职或持股单位",
          N_("Firm in which the relative works or has a share")}
        .also(works_aliases),
    Field{"declared_on", FieldType::day, member<&Relative::declared_on>, "Declared", "申报日期",
          N_("Day of the declaration; default today")}
        .filled()
        .fixed(),
    Field{"note", FieldType::text, member<&Relative::note>, "Note", "备注", N_("Anything else")},
};

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override { today_ = w.today(); }
    void check(ImportRow& row) override {
        Value& declared = row.values[relative_record().index("declared_on")];
        if (!declared) declared = Value::of(std::int64_t{today_.days});
    }

private:
    Date today_;
};

}  // namespace

const Record& relative_record() {
    static constexpr std::string_view key[] = {"employee", "name"};
    static const Record r{.noun = N_("relative"),
                          .plural = N_("relatives"),
                          .en = "Relative",
                          .zh = "员工亲属",
                          .fields = fields,
                          .key_parts = key};
    return r;
}

std::unique_ptr<RowRules> relative_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::intake
