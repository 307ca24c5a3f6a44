#include "project/task.hpp"

#include "base/translate.hpp"

namespace agency::task {
namespace {

constexpr std::string_view key_parts[] = {"project", "wbs"};
constexpr std::string_view project_aliases[] = {"项目", "项目代码"},
                           wbs_aliases[] = {"编码", "任务编码", "WBS编码", "outline number", "id", "task"},
                           name_aliases[] = {"任务", "工作包", "工作名称", "task name", "title"},
                           duration_aliases[] = {"工期天", "天数", "days"},
                           effort_aliases[] = {"工作量", "工时", "计划工时", "hours", "work"},
                           after_aliases[] = {"前置", "紧前任务", "依赖", "predecessors", "depends on"},
                           optimistic_aliases[] = {"乐观", "最短", "a"},
                           likely_aliases[] = {"最可能", "most likely", "m"},
                           pessimistic_aliases[] = {"悲观", "最长", "b"},
                           assigned_aliases[] = {"负责人", "资源", "资源名称", "resources", "resource names"},
                           cost_aliases[] = {"预算", "成本", "计划成本", "费用", "budget"},
                           milestone_aliases[] = {"是否里程碑"}, weight_aliases[] = {"比重"};
constexpr std::string_view snet[] = {"SNET", "不得早于开始"}, snlt[] = {"SNLT"}, fnet[] = {"FNET"}, fnlt[] = {"FNLT"},
                           mso[] = {"MSO"}, mfo[] = {"MFO"};
constexpr Word constraints[] = {
    {N_("start_no_earlier"), "不早于…开始", snet},  {N_("start_no_later"), "不晚于…开始", snlt},
    {N_("finish_no_earlier"), "不早于…完成", fnet}, {N_("finish_no_later"), "不晚于…完成", fnlt},
    {N_("must_start"), "必须开始于", mso},          {N_("must_finish"), "必须完成于", mfo}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Task::number>, "Number", "任务编号",
          N_("Project and WBS code; made of them")}
        .filled()
        .fixed(),
    Field{"project", FieldType::reference, member<&Task::project>, "Project", "项目编号",
          N_("Project of which it is a part")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"wbs", FieldType::text, member<&Task::wbs>, "WBS", "WBS",
          N_("Code in the work breakdown, 1.2.3; what goes on from it stands below it")}
        .required()
        .fixed()
        .also(wbs_aliases),
    Field{"name", FieldType::text, member<&Task::name>, "Name", "任务名称", N_("What is to be done")}
        .required()
        .dated()
        .also(name_aliases),
    Field{"duration", FieldType::integer, member<&Task::duration>, "Duration", "工期",
          N_("Days of the project's calendar; default 0 for a milestone, else the PERT estimate, else by the effort")}
        .dated()
        .also(duration_aliases),
    Field{"effort", FieldType::decimal, member<&Task::effort>, "Effort", "工作量小时", N_("Hours of work")}
        .scaled(2)
        .dated()
        .also(effort_aliases),
    Field{"after", FieldType::text, member<&Task::after>, "After", "前置任务",
          N_("What it waits for, ; between: 1.2, 1.2FS+2, 1.2SS, 1.3FF-1; a lag counts days, a lead is negative")}
        .dated()
        .also(after_aliases),
    Field{"optimistic", FieldType::integer, member<&Task::optimistic>, "Optimistic", "乐观工期",
          N_("Shortest duration in days, for PERT")}
        .dated()
        .also(optimistic_aliases),
    Field{"likely", FieldType::integer, member<&Task::likely>, "Likely", "最可能工期",
          N_("Most likely duration in days, for PERT")}
        .dated()
        .also(likely_aliases),
    Field{"pessimistic", FieldType::integer, member<&Task::pessimistic>, "Pessimistic", "悲观工期",
          N_("Longest duration in days, for PERT")}
        .dated()
        .also(pessimistic_aliases),
    Field{"assigned", FieldType::text, member<&Task::assigned>, "Assigned", "执行人",
          N_("Who does it: numbers of employees, in files also exact names, ; between")}
        .dated()
        .also(assigned_aliases),
    Field{"cost", FieldType::money, member<&Task::cost>, "Cost", "计划费用",
          N_("Planned cost; of a group the sum of what stands below it")}
        .dated()
        .also(cost_aliases),
    Field{"weight", FieldType::decimal, member<&Task::weight>, "Weight", "权重",
          N_("Share of the whole; of a group the sum of what stands below it, at the top 100 together")}
        .scaled(2)
        .dated()
        .also(weight_aliases),
    Field{"milestone", FieldType::flag, member<&Task::milestone>, "Milestone", "里程碑",
          N_("Whether it is a moment and no work")}
        .filled()
        .dated()
        .also(milestone_aliases),
    Field{"constraint_type", FieldType::choice, member<&Task::constraint_type>, "Constraint", "限制类型",
          N_("How the day of the constraint binds")}
        .dated()
        .one_of(constraints),
    Field{"constraint_on", FieldType::day, member<&Task::constraint_on>, "Constraint day", "限制日期",
          N_("Day of the constraint")}
        .dated(),
    Field{"deliverable", FieldType::text, member<&Task::deliverable>, "Deliverable", "交付物",
          N_("What is handed over at its end")}
        .dated(),
    Field{"acceptance", FieldType::text, member<&Task::acceptance>, "Acceptance", "验收标准",
          N_("By what it is accepted")}
        .dated(),
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("task"),
                          .plural = N_("tasks"),
                          .en = "Task",
                          .zh = "任务",
                          .fields = fields,
                          .currency_from = "project",
                          .booked = true,
                          .key_parts = key_parts,
                          .settle = settle};
    return r;
}

}  // namespace agency::task
