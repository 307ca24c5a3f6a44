
#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/people.hpp"
#include "project/checklist.hpp"
#include "project/facts.hpp"
#include "record/store.hpp"

namespace agency::closeout {
namespace {

constexpr Word items[] = {
    {N_("deliverables_accepted"), "成果已验收"},    {N_("report_delivered"), "结果报告已交付"},
    {N_("property_returned"), "代收财产已移交"},    {N_("originals_returned"), "原件已退还"},
    {N_("final_invoice_issued"), "尾款发票已开"},   {N_("accounts_settled"), "收款押金预付款已结清"},
    {N_("subcontracts_settled"), "分包已结清"},     {N_("timesheets_closed"), "工时已关闭"},
    {N_("raid_closed"), "风险问题已关闭或移交"},    {N_("survey_sent"), "满意度调查已发"},
    {N_("lessons_recorded"), "经验教训已记录"},     {N_("files_archived"), "文件已归档"},
    {N_("access_revoked"), "权限已收回"},           {N_("team_released"), "团队已释放"},
    {N_("profitability_reported"), "盈利分析已出"}, {N_("deadlines_docketed"), "后续期限已登记"}};

constexpr std::string_view key_parts[] = {"project", "item"};
constexpr std::string_view project_aliases[] = {"项目", "项目代码"}, evidence_aliases[] = {"依据", "证明"},
                           lesson_aliases[] = {"教训", "经验", "lessons learned"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Closeout::number>, "Number", "编号",
          N_("Project and item; made of them")}
        .filled()
        .fixed(),
    Field{"project", FieldType::reference, member<&Closeout::project>, "Project", "项目编号",
          N_("Project that is closed")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"item", FieldType::choice, member<&Closeout::item>, "Item", "事项", N_("Item of the close-out checklist")}
        .required()
        .fixed()
        .one_of(items),
    Field{"evidence", FieldType::text, member<&Closeout::evidence>, "Evidence", "凭据",
          N_("What shows that it is done: a document, who signed, or why it does not apply")}
        .required()
        .also(evidence_aliases),
    Field{"done_on", FieldType::day, member<&Closeout::done_on>, "Done", "完成日期",
          N_("Day on which it was done; default today")}
        .filled()
        .fixed(),
    Field{"approved_by", FieldType::reference, member<&Closeout::approved_by>, "Approved by", "批准人",
          N_("Employee who lets be what the books find open, another than the project's manager; else empty")}
        .refers_to(employee::record),
    Field{"lesson", FieldType::text, member<&Closeout::lesson>, "Lesson", "经验教训",
          N_("Of lessons_recorded: what was learned, so that others read it")}
        .also(lesson_aliases),
};
enum { k_number, k_project, k_item, k_evidence, k_done_on, k_approved_by, k_lesson };

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions& options) override {
        db_ = &w.db();
        today_ = w.today();
        if (options.bytes) people_.emplace(w);
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_done_on]) v[k_done_on] = Value::of(std::int64_t{today_.days});
        if (v[k_item]) check_lesson(row);
        if (v[k_done_on].n > today_.days) row.problem("done_on", "", tr("it is done, so not in the future"));
        if (!v[k_project]) return;
        const auto found = find_row(*db_, project::record(), v[k_project].n, {});
        const auto p = to_struct<Project>(project::record(), *found);
        if (found->voided_on || !p.open())
            return row.problem("project", "PRJ-030", say("project {code} is over", fmt::arg("code", p.code)));
        approver_.clear();
        if (v[k_approved_by]) check_approver(row, p);
        if (v[k_item]) check_books(row, p);
    }
    void take(ImportRow& row) override { taken_ = row.id; }
    void after_insert(Operation& op, std::uint32_t) override {
        if (people_ && !approver_.empty()) people_->note_entered(op, record().noun, taken_, approver_);
    }

private:
    /// A lesson is a text, and not that there is one. What stood before is not asked again.
    static void check_lesson(ImportRow& row) {
        const auto& v = row.values;
        const bool asked = v[k_item].n == static_cast<std::int64_t>(Closeout::Item::lessons_recorded);
        if (asked && !v[k_lesson] && (!row.old || row.old->values[k_lesson]))
            row.problem("lesson", "", tr("what was learned is missing"));
        if (!asked && v[k_lesson]) row.problem("lesson", "", tr("a lesson goes with the item lessons_recorded"));
    }
    void check_approver(ImportRow& row, const Project& p) {
        const auto id = row.values[k_approved_by].n;
        const auto found = find_row(*db_, employee::record(), id, AsOf{today_});
        const auto e = found ? to_struct<Employee>(employee::record(), *found) : Employee{};
        if (id == p.manager.value)
            row.problem(
                "approved_by", "PRJ-030",
                say("{person} is the project's manager, and another person approves it", fmt::arg("person", e.number)));
        else if (!found || found->voided(today_) || !project::employed(e, today_))
            row.problem(
                "approved_by", "PRJ-030",
                say("{person} is not employed on {day}", fmt::arg("person", number_of(*db_, employee::record(), id)),
                    fmt::arg("day", to_string(today_))));
        if (row.bad || !people_ || (row.old && row.old->values[k_approved_by] == row.values[k_approved_by])) return;
        approver_ = e.number;
        if (const auto why = people_->not_his(e.number); !why.empty())
            row.problem("approved_by", "PRJ-030", why,
                        say("who decides runs the command: --actor {person}", fmt::arg("person", e.number)));
    }
    /// What the books find open is not ticked; money and the RAID log may be handed on with an approval.
    void check_books(ImportRow& row, const Project& p) {
        const auto& v = row.values;
        const auto against = project::objection(*db_, p, static_cast<Closeout::Item>(v[k_item].n), AsOf{today_});
        if (!against || (against->waivable && v[k_approved_by])) return;
        const auto item = fmt::arg("item", items[static_cast<std::size_t>(v[k_item].n)].word);
        const auto finding = fmt::arg("finding", against->finding);
        row.problem("item", "PRJ-030",
                    against->waivable
                        ? say("the books are against {item}: {finding}; with --approved-by EMPLOYEE, another than the "
                              "manager, it is handed on as it is",
                              item, finding)
                        : say("the books are against {item}: {finding}", item, finding));
    }

    db::Session* db_ = nullptr;
    Date today_;
    std::optional<org::People> people_;  ///< where one is typed by hand
    std::string approver_;               ///< of that row
    std::uint32_t taken_ = 0;
};

/// After an undo or a void: PRJ-030 where a project that is over was closed on it.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    project::require_closed_out(op, project::projects_of(op.db(), record(), first, last, touched));
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("closeout"),
                          .plural = N_("closeouts"),
                          .en = "Close-out item",
                          .zh = "收尾事项",
                          .fields = fields,
                          .key_parts = key_parts,
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::closeout
