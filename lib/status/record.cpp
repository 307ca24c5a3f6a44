#include <map>

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
    void begin(Workspace& w, const ImportOptions&) override {
        w_ = &w;
        issued_.clear();
    }
    void check(ImportRow& row) override {
        const Record& r = record();
        auto &issued = row.values[r.index("issued_on")], &end = row.values[r.index("period_end")];
        const auto today = w_->today();
        if (!issued) issued = Value::of(std::int64_t{today.days});
        if (issued.n > today.days) row.problem("issued_on", "", tr("what is sent lies not ahead"));
        if (end && end.n > issued.n) row.problem("period_end", "", tr("the period is not over when it is sent"));
        if (!row.bad && !row.old) check_period(row);
    }
    void take(ImportRow& row) override {
        const auto s = report_of(row.values);
        if (const auto it = issued_.find(s.project.value); it != issued_.end() && !row.old)
            it->second.push_back({s.audience, s.period_end});
    }

private:
    struct Issued {
        StatusReport::Audience audience;
        Date period_end;
    };

    static StatusReport report_of(const std::vector<Value>& values) {
        Row row;
        row.values = values;
        return to_struct<StatusReport>(record(), row);
    }
    /// PRJ-020: each period of the cadence has one report for an audience, or one week would be told twice and the next
    /// never missed. It need not end with the period: a week is also told of on its Friday.
    void check_period(ImportRow& row) {
        const auto s = report_of(row.values);
        if (!s.project) return;
        const auto p = to_struct<Project>(project::record(),
                                          *find_row(w_->db(), project::record(), s.project.value, AsOf{s.period_end}));
        const auto how_often = cadence_of(w_->rules(), p);
        const auto end = period_end(how_often, s.period_end);
        for (const Issued& one : of_project(s.project.value))
            if (one.audience == s.audience && one.period_end != s.period_end &&
                period_end(how_often, one.period_end) == end)
                return row.problem("period_end", "PRJ-020",
                                   say("the {cadence} period until {end} has a report already, of {day}",
                                       fmt::arg("cadence", how_often), fmt::arg("end", to_string(end)),
                                       fmt::arg("day", to_string(one.period_end))));
    }
    const std::vector<Issued>& of_project(std::int64_t project) {
        const auto [it, fresh] = issued_.try_emplace(project);
        if (fresh)
            each_row_of(w_->db(), record(), "project", project, {}, [&](const Row& row) {
                const auto s = to_struct<StatusReport>(record(), row);
                if (!row.voided_on) it->second.push_back({s.audience, s.period_end});
            });
        return it->second;
    }

    Workspace* w_ = nullptr;
    std::map<std::int64_t, std::vector<Issued>> issued_;  ///< by project, of those that were asked for
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
