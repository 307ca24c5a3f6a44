#include "project/baseline.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "progress/facts.hpp"

namespace agency::baseline {
namespace {

constexpr std::string_view key_parts[] = {"project", "version"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Baseline::number>, "Number", "基线编号", N_("Project and version")}
        .filled()
        .fixed()
        .by_verb_only(),
    Field{"project", FieldType::reference, member<&Baseline::project>, "Project", "项目编号",
          N_("Project whose plan it is")}
        .required()
        .fixed()
        .refers_to(project::record)
        .by_verb_only(),
    Field{"version", FieldType::integer, member<&Baseline::version>, "Version", "版本", N_("From 1 on")}
        .required()
        .fixed()
        .by_verb_only(),
    Field{"set_on", FieldType::day, member<&Baseline::set_on>, "Set", "设定日期",
          N_("Day as of which the plan was taken")}
        .required()
        .fixed()
        .by_verb_only(),
    Field{"length", FieldType::integer, member<&Baseline::length>, "Length", "总工期", N_("Days of the whole")}
        .required()
        .fixed()
        .by_verb_only(),
    Field{"starts_on", FieldType::day, member<&Baseline::starts_on>, "Starts", "计划开始", N_("First day of the plan")}
        .required()
        .fixed()
        .by_verb_only(),
    Field{"ends_on", FieldType::day, member<&Baseline::ends_on>, "Ends", "计划完成", N_("Last day of the plan")}
        .required()
        .fixed()
        .by_verb_only(),
    Field{"cost", FieldType::money, member<&Baseline::cost>, "Cost", "完工预算", N_("Budget at completion")}
        .required()
        .fixed()
        .by_verb_only(),
    Field{"change", FieldType::text, member<&Baseline::change>, "Change", "变更单号",
          N_("Approved change request that allowed it; the first has none")}
        .fixed()
        .by_verb_only(),
};

/// After an undo: PRJ-005 where work was measured or paid against a baseline that would be none any more.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t>) {
    auto& db = op.db();
    db.each(
        "SELECT number, project, operation FROM baseline WHERE id BETWEEN $1 AND $2 AND undone <> 0 ORDER BY id",
        [&](db::Statement& s) {
            const auto number = s.string(0);
            const auto project = s.integer(1);
            const AsOf then{last_day, s.integer(2)};
            if (progress::spent_on_project(db, project, {}) == progress::spent_on_project(db, project, then) &&
                progress::done_parts(db, project, {}) == progress::done_parts(db, project, then))
                return;
            throw Error(Exit::refused,
                        say("costs, hours or progress were entered since baseline {number} was set, and stand on it",
                            fmt::arg("number", number)),
                        tr("a baseline is replaced by an approved change request: agency change add"))
                .with_rule("PRJ-005")
                .with_ref(number);
        },
        first, last);
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("baseline"),
                          .plural = N_("baselines"),
                          .en = "Baseline",
                          .zh = "基线",
                          .fields = fields,
                          .currency_from = "project",
                          .key_parts = key_parts,
                          .settle = settle};
    return r;
}

}  // namespace agency::baseline

namespace agency::project {

std::int64_t set_baseline(Operation& op, std::int64_t project, Date day, std::optional<std::string> change) {
    auto& db = op.db();
    const auto before = baseline_of(db, project, {});
    const auto code = number_of(db, record(), project);
    if (before && (!change || change->empty()))
        throw Error(
            Exit::refused,
            say("project {code} has baseline {version}, set on {day}", fmt::arg("code", code),
                fmt::arg("version", before->baseline.version), fmt::arg("day", to_string(before->baseline.set_on))),
            tr("a new version needs an approved change request"))
            .with_rule("PRJ-005")
            .with_ref(code);
    require_plan(op.workspace(), project, AsOf{day});
    const auto plan = load_plan(db, project, AsOf{day});
    const auto version = before ? before->baseline.version + 1 : 1;
    const auto number = code + "/" + std::to_string(version);
    const auto text = change.value_or("");
    const std::vector<Value> values{Value::of(std::string_view(number)),
                                    Value::of(project),
                                    Value::of(version),
                                    Value::of(std::int64_t{day.days}),
                                    Value::of(plan.length),
                                    Value::of(std::int64_t{plan.starts_on.days}),
                                    Value::of(std::int64_t{plan.ends_on.days}),
                                    Value::of(plan.cost),
                                    text.empty() ? Value{} : Value::of(std::string_view(text))};
    const auto id = write_record(op, baseline::record(), values);
    op.audit("set", baseline::record().noun, id, "", json_of(db, baseline::record(), values));
    return id;
}

void set_first_baseline(Workspace& w, std::string_view code, std::string_view command) {
    Operation op(w, "project.baseline", code, command);
    const auto row = get_row(w.db(), record(), code, AsOf{w.today()});
    const auto p = to_struct<Project>(record(), row);
    using enum Project::Status;
    if (row.voided_on || (p.status != planned && p.status != in_progress && p.status != suspended)) {
        const auto word = record().field("status").words[static_cast<std::size_t>(p.status)].word;
        throw Error(Exit::refused,
                    say("project {code} is {state}", fmt::arg("code", code),
                        fmt::arg("state", tr(row.voided_on ? N_("voided") : word.data()))),
                    tr("a baseline is set when the plan is approved: agency project approve-plan CODE"))
            .with_rule("PRJ-005")
            .with_ref(code);
    }
    set_baseline(op, row.id, w.today(), {});
    op.commit();
}

std::optional<BaselineAt> baseline_of(db::Session& db, std::int64_t project, const AsOf& when) {
    std::optional<BaselineAt> last;
    each_row_of(db, baseline::record(), "project", project, when, [&](const Row& row) {
        auto b = to_struct<Baseline>(baseline::record(), row);
        if (b.set_on > when.day || (last && last->baseline.version > b.version)) return;
        const AsOf at{b.set_on, row.operation};
        last = BaselineAt{std::move(b), at};
    });
    return last;
}

}  // namespace agency::project
