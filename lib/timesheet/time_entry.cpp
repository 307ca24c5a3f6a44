#include "timesheet/time_entry.hpp"

#include <set>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/translate.hpp"
#include "project/facts.hpp"
#include "record/store.hpp"
#include "timesheet/day_book.hpp"
#include "timesheet/settings.hpp"

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

/// After an undo: a day has 24 hours (PRJ-015), no two entries of it overlap (PRJ-016), and what a project that is over
/// was closed on still holds (PRJ-030).
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    std::vector<std::int64_t> ids(touched.begin(), touched.end());
    db.each(
        "SELECT id FROM time_entry WHERE id BETWEEN $1 AND $2 ORDER BY id",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, first, last);
    std::set<std::int64_t> projects;
    DayBook book(db);
    for (const auto id : ids) {
        if (const auto p = db.integer("SELECT project FROM time_entry WHERE id = $1", id)) projects.insert(*p);
        const auto row = find_row(db, record(), id, {});
        if (!row || row->voided_on) continue;  // it leaves room
        const auto e = to_struct<TimeEntry>(record(), *row);
        const auto refuse = [&](const char* rule, std::string why) {
            return Error(Exit::refused, e.number + ": " + std::move(why)).with_rule(rule).with_ref(e.number);
        };
        if (const auto sum = book.day(e.employee.value, e.worked_on).hours; sum > day_hours)
            throw refuse("PRJ-015", say("{hours} hours on {day} are more than a day has, {limit}",
                                        fmt::arg("hours", to_plain(sum, 2)), fmt::arg("day", to_string(e.worked_on)),
                                        fmt::arg("limit", day_hours / 100)));
        const auto from = read_clock(e.starts_at);
        if (!from || e.reversal_of) continue;
        const Interval own{*from, read_clock(e.ends_at).value_or(INT32_MAX), e.number};
        for (const int later : {-1, 0, 1})
            for (const Interval& there : book.day(e.employee.value, e.worked_on + later).intervals) {
                constexpr std::int32_t midnight = 24 * 60;
                const Interval i{there.from + later * midnight,
                                 there.to == INT32_MAX ? INT32_MAX : there.to + later * midnight, there.number};
                if (i.number != e.number && i.overlaps(own))
                    throw refuse("PRJ-016", say("{number} is there at the same time, so the two overlap",
                                                fmt::arg("number", i.number)));
            }
    }
    project::require_closed_out(op, projects);
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("time_entry"),
                          .plural = N_("time_entries"),
                          .en = "Time entry",
                          .zh = "工时记录",
                          .fields = fields,
                          .counts_from = "worked_on",
                          .closed_rule = "PRJ-013",
                          .settle = settle};
    return r;
}

}  // namespace agency::timesheet
