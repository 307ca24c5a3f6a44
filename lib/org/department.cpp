#include "base/translate.hpp"
#include "org/closing.hpp"

namespace agency::department {
namespace {

constexpr std::string_view code_aliases[] = {"部门代码", "部门编码", "department code", "dept code", "dept"};
constexpr std::string_view name_aliases[] = {"部门", "部门全称", "department name", "department"};
constexpr std::string_view parent_aliases[] = {"上级部门编号", "parent department"};
constexpr std::string_view manager_aliases[] = {"部门负责人岗位", "manager"};
constexpr std::string_view from_aliases[] = {"成立日期", "生效日期", "有效期起"},
                           to_aliases[] = {"撤销日期", "失效日期", "有效期止"};

constexpr Field fields[] = {
    Field{"code", FieldType::number, member<&Department::code>, "Code", "部门编号",
          N_("Short code by which people and files name the department")}
        .required()
        .fixed()
        .also(code_aliases),
    Field{"name", FieldType::text, member<&Department::name>, "Name", "部门名称", N_("What the department is called")}
        .required()
        .dated()
        .also(name_aliases),
    Field{"parent", FieldType::reference, member<&Department::parent>, "Parent", "上级部门",
          N_("Department that it belongs to; empty: none")}
        .dated()
        .also(parent_aliases)
        .refers_to(record)
        .tree("ORG-010"),
    Field{"manager_position", FieldType::reference, member<&Department::manager_position>, "Manager position",
          "负责人岗位", N_("Position that leads the department")}
        .dated()
        .also(manager_aliases)
        .refers_to(position::record),
    Field{"valid_from", FieldType::day, member<&Department::valid_from>, "Valid from", "有效起始",
          N_("First day; empty: always was")}
        .also(from_aliases),
    Field{"valid_to", FieldType::day, member<&Department::valid_to>, "Valid to", "有效截止",
          N_("Last day; empty: open")}
        .also(to_aliases),
    Field{"note", FieldType::text, member<&Department::note>, "Note", "备注", N_("Anything else")},
};

class Rules final : public org::ClosingRules {
public:
    Rules() : ClosingRules(record()) {}
    void check(ImportRow& row) override {
        ClosingRules::check(row);
        require_open(row, "parent");
    }

private:
    std::optional<Problem> left_behind(org::Closing& closing, std::int64_t id, Date last) override {
        return closing.department(id, last);
    }
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("department"),
                          .plural = N_("departments"),
                          .en = "Department",
                          .zh = "部门",
                          .fields = fields,
                          .key = "code",
                          .name = "name",
                          .ends = "valid_to",
                          .void_rule = "ORG-020"};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::department
