#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/closing.hpp"
#include "org/employee.hpp"

namespace agency::position {
namespace {

constexpr std::string_view code_aliases[] = {"岗位代码", "岗位编码", "position code"};
constexpr std::string_view title_aliases[] = {"岗位", "职务", "position", "job title"};
constexpr std::string_view department_aliases[] = {"所属部门", "部门",     "部门名称", "部门编号",
                                                   "部门编码", "部门代码", "dept"};
constexpr std::string_view reports_aliases[] = {"上级岗位", "直接上级", "向谁汇报", "reports to", "manager"};
constexpr std::string_view accountable_aliases[] = {"负责对象", "responsible to"};
constexpr std::string_view headcount_aliases[] = {"编制人数", "定编"};
constexpr std::string_view from_aliases[] = {"生效日期", "有效期起"}, to_aliases[] = {"失效日期", "有效期止"};

constexpr Field fields[] = {
    Field{"code", FieldType::number, member<&Position::code>, "Code", "岗位编号",
          N_("Short code by which people and files name the position")}
        .required()
        .fixed()
        .also(code_aliases),
    Field{"title", FieldType::text, member<&Position::title>, "Title", "岗位名称", N_("What the position is called")}
        .required()
        .dated()
        .also(title_aliases),
    Field{"department", FieldType::reference, member<&Position::department>, "Department", "部门",
          N_("Department that it belongs to: code, in files also its exact name")}
        .required()
        .dated()
        .also(department_aliases)
        .refers_to(department::record),
    Field{"reports_to", FieldType::reference, member<&Position::reports_to>, "Reports to", "汇报对象",
          N_("The one position that it reports to (solid line); empty: the top")}
        .dated()
        .also(reports_aliases)
        .refers_to(record)
        .tree("ORG-010", "ORG-012"),
    Field{"dotted_to", FieldType::reference, member<&Position::dotted_to>, "Dotted line to", "虚线汇报",
          N_("A second position that it informs (dotted line)")}
        .dated()
        .refers_to(record),
    Field{"accountable_to", FieldType::text, member<&Position::accountable_to>, "Accountable to", "对谁负责",
          N_("To whom it answers for its results, where not to whom it reports: positions, roles, committees")}
        .dated()
        .also(accountable_aliases),
    Field{"family", FieldType::text, member<&Position::family>, "Job family", "序列", N_("Job family")}.dated(),
    Field{"grade", FieldType::text, member<&Position::grade>, "Grade", "职级", N_("Grade of the position")}.dated(),
    Field{"headcount", FieldType::integer, member<&Position::headcount>, "Headcount", "编制",
          N_("How many people may hold it; default 1")}
        .filled()
        .dated()
        .also(headcount_aliases),
    Field{"valid_from", FieldType::day, member<&Position::valid_from>, "Valid from", "有效起始",
          N_("First day; empty: always was")}
        .also(from_aliases),
    Field{"valid_to", FieldType::day, member<&Position::valid_to>, "Valid to", "有效截止", N_("Last day; empty: open")}
        .also(to_aliases),
    Field{"job_version", FieldType::integer, member<&Position::job_version>, "Job description", "岗位说明书版本",
          N_("Version of the job description in force")}
        .dated()
        .by_verb_only(),
    Field{"job_superior", FieldType::integer, member<&Position::job_superior>, "Approved by superior", "上级审批版本",
          N_("Last version of the job description that the superior position approved")}
        .dated()
        .by_verb_only(),
    Field{"job_hr", FieldType::integer, member<&Position::job_hr>, "Approved by HR", "人事审批版本",
          N_("Last version of the job description that HR & Admin approved")}
        .dated()
        .by_verb_only(),
    Field{"note", FieldType::text, member<&Position::note>, "Note", "备注", N_("Anything else")},
};

class Rules final : public org::ClosingRules {
public:
    Rules() : ClosingRules(record()) {}
    void begin(Workspace& w, const ImportOptions& options) override {
        ClosingRules::begin(w, options);
        assignments_.begin(w);
        changed_on_ = options.effective.value_or(w.today());
    }
    void check(ImportRow& row) override {
        Value& headcount = row.values[record().index("headcount")];
        if (!headcount) headcount = Value::of(std::int64_t{1});
        if (headcount.n < 0) row.problem("headcount", "", tr("a headcount is not negative"));
        ClosingRules::check(row);
        for (const char* field : {"department", "reports_to"}) require_open(row, field);
        if (row.old && !row.bad && headcount.n < row.old->values[record().index("headcount")].n)
            if (const auto why = assignments_.above(row.id, changed_on_, headcount.n); !why.empty())
                row.warning("headcount", "ORG-021", why);
    }

private:
    std::optional<Problem> left_behind(org::Closing& closing, std::int64_t id, Date last) override {
        return closing.position(id, last);
    }
    std::optional<Problem> before_it(org::Closing& closing, std::int64_t id, Date first) override {
        return closing.opened(id, first);
    }

    org::Assignments assignments_;
    Date changed_on_;
};

/// What is in force was approved, also after an undo [JD-003].
void settle(Operation& op, std::int64_t, std::int64_t, std::span<const std::int64_t> touched) {
    for (const auto id : touched) {
        const auto row = find_row(op.db(), record(), id, {});
        const auto p = to_struct<Position>(record(), *row);
        const auto approved = std::min(p.job_superior.value_or(0), p.job_hr.value_or(0));
        if (row->voided_on || !p.job_version || *p.job_version <= approved) continue;
        throw Error(Exit::refused,
                    say("version {version} of the job description of {code} is in force by its approvals",
                        fmt::arg("version", *p.job_version), fmt::arg("code", p.code)),
                    tr("take its issue back first; agency op list shows the operations"))
            .with_rule("JD-003")
            .with_ref(p.code);
    }
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("position"),
                          .plural = N_("positions"),
                          .en = "Position",
                          .zh = "岗位",
                          .fields = fields,
                          .key = "code",
                          .ends = "valid_to",
                          .void_rule = "ORG-020",
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::position
