#include "base/translate.hpp"
#include "record/store.hpp"
#include "status/status.hpp"

namespace agency::status {
namespace {

constexpr std::string_view project_aliases[] = {"项目", "项目编号"}, end_aliases[] = {"报告期末"},
                           issued_aliases[] = {"报送日期"};
constexpr Word audiences[] = {{"client", "客户"}, {"internal", "内部"}};
constexpr std::string_view key_parts[] = {"project", "audience", "period_end"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&StatusReport::number>, "Number", "编号",
          N_("Project, audience and period, by which the row is named")}
        .filled()
        .fixed(),
    Field{"project", FieldType::reference, member<&StatusReport::project>, "Project", "项目代码",
          N_("Code of the project")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"audience", FieldType::choice, member<&StatusReport::audience>, "Audience", "报告对象",
          N_("client or internal")}
        .required()
        .fixed()
        .one_of(audiences),
    Field{"period_end", FieldType::day, member<&StatusReport::period_end>, "Period end", "期末",
          N_("Last day of the period that it is about")}
        .required()
        .fixed()
        .also(end_aliases),
    Field{"issued_on", FieldType::day, member<&StatusReport::issued_on>, "Issued", "报送日",
          N_("Day on which it was sent; default today")}
        .filled()
        .fixed()
        .also(issued_aliases),
    Field{"evidence", FieldType::text, member<&StatusReport::evidence>, "Evidence", "依据", N_("What shows it")},
    Field{"note", FieldType::text, member<&StatusReport::note>, "Note", "备注", N_("Anything else")},
};

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override { today_ = w.today(); }
    void check(ImportRow& row) override {
        const Record& r = record();
        auto &issued = row.values[r.index("issued_on")], &end = row.values[r.index("period_end")];
        if (!issued) issued = Value::of(std::int64_t{today_.days});
        if (issued.n > today_.days) row.problem("issued_on", "", tr("what is sent lies not ahead"));
        if (end && end.n > issued.n) row.problem("period_end", "", tr("the period is not over when it is sent"));
    }

private:
    Date today_;
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("status_report"),
                          .plural = N_("status_reports"),
                          .en = "Status report",
                          .zh = "进展报告",
                          .fields = fields,
                          .key_parts = key_parts};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::status
