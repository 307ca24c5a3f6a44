#include "checkpoint/checkpoint.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "checkpoint/facts.hpp"
#include "record/import.hpp"
#include "record/store.hpp"

namespace agency::checkpoint {
namespace {

using Status = Checkpoint::Status;

constexpr std::string_view project_aliases[] = {"项目", "项目编号"}, name_aliases[] = {"控制点"};
constexpr Word stages[] = {{"proposed", "已立项"},
                           {"initiated", "已启动"},
                           {"planned", "已计划"},
                           {"in_progress", "进行中"},
                           {"closing", "收尾中"}};
constexpr Word kinds[] = {{"hold", "停止点"}, {"witness", "见证点"}, {"record", "记录点"}};
constexpr Word statuses[] = {{"open", "待检"}, {"passed", "通过"}, {"failed", "不通过"}};
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
};

class Rules final : public RowRules {
public:
    void check(ImportRow& row) override {
        const Record& r = record();
        auto &kind = row.values[r.index("kind")], &status = row.values[r.index("status")];
        if (!kind) kind = Value::of(std::int64_t{0});
        if (!row.old) status = Value::of(std::int64_t{0});
    }
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
