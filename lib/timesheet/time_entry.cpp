#include "timesheet/time_entry.hpp"

#include "base/translate.hpp"

namespace agency::timesheet {
namespace {

constexpr std::string_view number_aliases[] = {"工时编号"}, employee_aliases[] = {"员工", "工号", "staff"},
                           project_aliases[] = {"项目", "项目编号", "project code"},
                           wbs_aliases[] = {"任务", "任务编码", "task code"},
                           worked_aliases[] = {"日期", "work date", "date"},
                           hours_aliases[] = {"工时", "时长", "duration", "小时"},
                           kind_aliases[] = {"类型", "类别", "type"}, starts_aliases[] = {"开始时间", "start"},
                           ends_aliases[] = {"结束时间", "end"}, note_aliases[] = {"说明", "工作内容", "description"};
constexpr std::string_view billable_words[] = {"计费", "可计费"}, internal_words[] = {"非计费", "内部", "internal"},
                           leave_words[] = {"请假"};
constexpr Word kinds[] = {{"billable", "计费工时", billable_words},
                          {"non_billable", "非计费工时", internal_words},
                          {"leave", "休假", leave_words},
                          {"training", "培训"}};
constexpr Word statuses[] = {{"running", "计时中"}, {"draft", "草稿"}, {"submitted", "已提交"}, {"approved", "已批准"}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&TimeEntry::number>, "Number", "编号",
          N_("Number of the entry; default T- and the next number")}
        .fixed()
        .also(number_aliases),
    Field{"employee", FieldType::reference, member<&TimeEntry::employee>, "Employee", "员工编号", N_("Who worked")}
        .required()
        .fixed()
        .also(employee_aliases)
        .refers_to(employee::record),
    Field{"project", FieldType::reference, member<&TimeEntry::project>, "Project", "项目代码",
          N_("For which project; empty: for the house")}
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"wbs", FieldType::text, member<&TimeEntry::wbs>, "WBS", "WBS编码",
          N_("The task of the project, a leaf of its work breakdown")}
        .fixed()
        .also(wbs_aliases),
    Field{"task", FieldType::reference, member<&TimeEntry::task>, "Task", "所属任务", N_("The same as a record")}
        .fixed()
        .by_verb_only()
        .refers_to(task::record),
    Field{"worked_on", FieldType::day, member<&TimeEntry::worked_on>, "Worked", "工作日期", N_("The day worked")}
        .required()
        .fixed()
        .also(worked_aliases),
    Field{"hours", FieldType::decimal, member<&TimeEntry::hours>, "Hours", "工时数",
          N_("Hours in steps of 0.25: 7.5, 7.5h, 7h30, 7:30, 450m; default what lies between start and end")}
        .scaled(2)
        .spelled(read_hours)
        .also(hours_aliases),
    Field{"kind", FieldType::choice, member<&TimeEntry::kind>, "Kind", "工时类别",
          N_("billable, non_billable, leave or training; default billable with a project, else non_billable")}
        .filled()
        .also(kind_aliases)
        .one_of(kinds),
    Field{"starts_at", FieldType::text, member<&TimeEntry::starts_at>, "Start", "开始时刻",
          N_("Time of day when it began, 09:00; optional")}
        .also(starts_aliases),
    Field{"ends_at", FieldType::text, member<&TimeEntry::ends_at>, "End", "结束时刻",
          N_("Time of day when it ended; above 24:00 past midnight")}
        .also(ends_aliases),
    Field{"status", FieldType::choice, member<&TimeEntry::status>, "Status", "状态", N_("State of the lifecycle")}
        .filled()
        .dated()
        .by_verb_only()
        .one_of(statuses),
    Field{"approved_by", FieldType::text, member<&TimeEntry::approved_by>, "Approved by", "批准人",
          N_("Who approved it")}
        .dated()
        .by_verb_only(),
    Field{"reversal_of", FieldType::reference, member<&TimeEntry::reversal_of>, "Reversal of", "冲销",
          N_("The entry that this one takes back")}
        .fixed()
        .by_verb_only()
        .refers_to(record),
    Field{"note", FieldType::text, member<&TimeEntry::note>, "Note", "备注", N_("What was done")}.also(note_aliases),
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("time_entry"),
                          .plural = N_("time_entries"),
                          .en = "Time entry",
                          .zh = "工时记录",
                          .fields = fields,
                          .counts_from = "worked_on",
                          .closed_rule = "PRJ-013"};
    return r;
}

}  // namespace agency::timesheet
