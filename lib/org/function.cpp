#include "base/translate.hpp"
#include "org/org.hpp"
#include "org/span_rules.hpp"

namespace agency {
namespace {

constexpr std::string_view code_aliases[] = {"职能代码", "function code"};
constexpr std::string_view name_aliases[] = {"职能", "function"};
constexpr std::string_view department_aliases[] = {"部门", "责任部门", "dept"};
constexpr std::string_view function_aliases[] = {"职能编号", "职能名称"};
constexpr std::string_view position_aliases[] = {"岗位编号"};
constexpr std::string_view r_words[] = {"responsible", "负责执行"}, a_words[] = {"accountable", "批准"},
                           c_words[] = {"consulted"}, i_words[] = {"informed"};
constexpr Word roles[] = {
    {"R", "执行", r_words}, {"A", "负责", a_words}, {"C", "咨询", c_words}, {"I", "知会", i_words}};

constexpr Field function_fields[] = {
    Field{"code", FieldType::number, member<&Function::code>, "Code", "职能编号",
          N_("Short code by which people and files name the function")}
        .required()
        .fixed()
        .also(code_aliases),
    Field{"name", FieldType::text, member<&Function::name>, "Name", "职能名称", N_("What is to be done")}
        .required()
        .dated()
        .also(name_aliases),
    Field{"department", FieldType::reference, member<&Function::department>, "Department", "归口部门",
          N_("Department that owns it")}
        .required()
        .dated()
        .also(department_aliases)
        .refers_to(department::record),
    Field{"mandatory", FieldType::flag, member<&Function::mandatory>, "Mandatory", "必备",
          N_("Whether it must be filled on every day; default yes")}
        .filled()
        .dated(),
    Field{"valid_from", FieldType::day, member<&Function::valid_from>, "Valid from", "有效起始",
          N_("First day; empty: always was")},
    Field{"valid_to", FieldType::day, member<&Function::valid_to>, "Valid to", "有效截止", N_("Last day; empty: open")},
    Field{"note", FieldType::text, member<&Function::note>, "Note", "备注", N_("Anything else")},
};

constexpr Field raci_fields[] = {
    Field{"number", FieldType::number, member<&Raci::number>, "Number", "编号",
          N_("Key of the line; default FUNCTION/POSITION/ROLE")}
        .filled()
        .fixed(),
    Field{"function", FieldType::reference, member<&Raci::function>, "Function", "职能", N_("What is to be done")}
        .required()
        .fixed()
        .also(function_aliases)
        .refers_to(function::record),
    Field{"position", FieldType::reference, member<&Raci::position>, "Position", "岗位", N_("Who has a part in it")}
        .required()
        .fixed()
        .also(position_aliases)
        .refers_to(position::record),
    Field{"role", FieldType::choice, member<&Raci::role>, "Role", "角色",
          N_("R does it, A answers for it, C is consulted, I is informed")}
        .required()
        .fixed()
        .one_of(roles),
    Field{"lead", FieldType::flag, member<&Raci::lead>, "Lead", "牵头",
          N_("Of several who do it: this one leads; default no")}
        .filled()
        .dated(),
    Field{"valid_from", FieldType::day, member<&Raci::valid_from>, "Valid from", "有效起始",
          N_("First day; empty: always was")},
    Field{"valid_to", FieldType::day, member<&Raci::valid_to>, "Valid to", "有效截止", N_("Last day; empty: open")},
    Field{"note", FieldType::text, member<&Raci::note>, "Note", "备注", N_("Anything else")},
};
constexpr std::string_view raci_key[] = {"function", "position", "role"};

}  // namespace

const Record& function::record() {
    static const Record r{.noun = N_("function"),
                          .plural = N_("functions"),
                          .en = "Function",
                          .zh = "职能",
                          .fields = function_fields,
                          .key = "code",
                          .name = "name",
                          .ends = "valid_to"};
    return r;
}

std::unique_ptr<RowRules> function::row_rules() {
    return std::make_unique<org::SpanRules>(record());
}

const Record& raci::record() {
    static const Record r{.noun = N_("raci"),
                          .plural = N_("raci_lines"),
                          .en = "RACI",
                          .zh = "职责分工",
                          .fields = raci_fields,
                          .key_parts = raci_key,
                          .ends = "valid_to"};
    return r;
}

std::unique_ptr<RowRules> raci::row_rules() {
    return std::make_unique<org::SpanRules>(record());
}

}  // namespace agency
