#include "checkpoint/checkpoint.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "checkpoint/facts.hpp"
#include "record/import.hpp"
#include "record/store.hpp"

namespace agency::checkpoint {
namespace {

using Status = Checkpoint::Status;

constexpr std::string_view project_aliases[] = {"项目", "项目编号"}, name_aliases[] = {"控制点"},
                           held_aliases[] = {"召开日期", "meeting date"},
                           attendees_aliases[] = {"参会人员", "与会人员"}, minutes_aliases[] = {"纪要", "启动会纪要"};
constexpr Word stages[] = {{"proposed", "已立项"},
                           {"initiated", "已启动"},
                           {"planned", "已计划"},
                           {"in_progress", "进行中"},
                           {"closing", "收尾中"}};
constexpr Word kinds[] = {{N_("hold"), "停止点"}, {N_("witness"), "见证点"}, {N_("record"), "记录点"}};
constexpr Word statuses[] = {{N_("open"), "待检"}, {N_("passed"), "通过"}, {N_("failed"), "不通过"}};
constexpr std::string_view key_parts[] = {"project", "stage", "name"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Checkpoint::number>, "Number", "编号",
          N_("Project, stage and name, by which the row is named")}
        .filled()
        .fixed(),
    Field{"project", FieldType::reference, member<&Checkpoint::project>, "Project", "项目代码",
          N_("Code of the project")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"stage", FieldType::choice, member<&Checkpoint::stage>, "Stage", "阶段",
          N_("The stage that is not left before it is passed")}
        .required()
        .fixed()
        .one_of(stages),
    Field{"name", FieldType::text, member<&Checkpoint::name>, "Name", "名称", N_("What is looked at")}
        .required()
        .fixed()
        .also(name_aliases),
    Field{"kind", FieldType::choice, member<&Checkpoint::kind>, "Kind", "类别",
          N_("hold: the stage waits for it; witness: somebody looks; record: it is written down; default hold")}
        .filled()
        .one_of(kinds),
    Field{"criterion", FieldType::text, member<&Checkpoint::criterion>, "Criterion", "判定标准",
          N_("When it is passed")},
    Field{"status", FieldType::choice, member<&Checkpoint::status>, "Status", "状态", N_("State of the lifecycle")}
        .filled()
        .dated()
        .by_verb_only()
        .one_of(statuses),
    Field{"evidence", FieldType::text, member<&Checkpoint::evidence>, "Evidence", "依据", N_("What shows it")}
        .dated()
        .by_verb_only(),
    Field{"judged_by", FieldType::text, member<&Checkpoint::judged_by>, "Judged by", "判定人", N_("Who judged")}
        .dated()
        .by_verb_only(),
    Field{"note", FieldType::text, member<&Checkpoint::note>, "Note", "备注", N_("Anything else")},
    Field{"held_on", FieldType::day, member<&Checkpoint::held_on>, "Held", "会议日期",
          N_("Day of the meeting, where the point is one, as a kickoff")}
        .also(held_aliases),
    Field{"attendees", FieldType::text, member<&Checkpoint::attendees>, "Attendees", "参会人", N_("Who was there")}
        .also(attendees_aliases),
    Field{"minutes", FieldType::text, member<&Checkpoint::minutes>, "Minutes", "会议纪要",
          N_("What was said and decided there")}
        .also(minutes_aliases),
};

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override { today_ = w.today(); }
    void check(ImportRow& row) override {
        const Record& r = record();
        auto &kind = row.values[r.index("kind")], &status = row.values[r.index("status")];
        if (!kind) kind = Value::of(std::int64_t{0});
        if (!row.old) status = Value::of(std::int64_t{0});
        check_minutes(row);
    }

private:
    /// Minutes are whole: a day that is past, who was there, what was said; of a point that was judged they stay.
    void check_minutes(ImportRow& row) const {
        const Record& r = record();
        const auto value = [&](const char* key) -> const Value& { return row.values[r.index(key)]; };
        constexpr const char* parts[] = {"held_on", "attendees", "minutes"};
        bool any = false;
        for (const auto* key : parts) any = any || value(key);
        if (!any) return;
        for (const auto* key : parts)
            if (!value(key)) row.problem(key, "", tr("minutes have all of held_on, attendees and minutes"));
        if (value("held_on") && value("held_on").n > today_.days)
            row.problem("held_on", "", tr("the meeting was held, so its day lies not ahead"));
        if (!row.old || row.old->values[r.index("status")].n == static_cast<std::int64_t>(Status::open)) return;
        for (const auto* key : parts)
            if (row.old->values[r.index(key)] && row.old->values[r.index(key)] != value(key))
                row.refuse(key, tr("the point was judged by these minutes, and they stay"));
    }

    Date today_;
};

void judged(const Move& m) {
    write_change(m.op, record(), m.row.id, record().field("evidence"), Value::of(m.reason), m.day);
    write_change(m.op, record(), m.row.id, record().field("judged_by"),
                 Value::of(std::string_view(m.op.workspace().actor())), m.day);
}

constexpr Transition transitions[] = {
    {"pass", states_of({Status::open, Status::failed}), static_cast<std::uint8_t>(Status::passed),
     N_("It is as it should be"), N_("evidence, given as the reason"), judged, true},
    {"fail", states_of({Status::open, Status::passed}), static_cast<std::uint8_t>(Status::failed),
     N_("It is not as it should be"), N_("evidence, given as the reason"), judged, true},
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("checkpoint"),
                          .plural = N_("checkpoints"),
                          .en = "Checkpoint",
                          .zh = "质量控制点",
                          .fields = fields,
                          .key_parts = key_parts};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

const Workflow workflow{record, transitions, "PRJ-033", "status", states_of({Status::open})};

std::vector<std::string> open_holds(db::Session& db, std::int64_t project, std::string_view stage, const AsOf& when) {
    std::vector<std::string> out;
    each_row_of(db, record(), "project", project, when, [&](const Row& row) {
        const auto c = to_struct<Checkpoint>(record(), row);
        if (row.voided(when.day) || c.kind != Checkpoint::Kind::hold || c.status == Status::passed) return;
        if (stages[static_cast<std::size_t>(c.stage)].word == stage) out.push_back(c.name);
    });
    return out;
}

}  // namespace agency::checkpoint
