#include "progress/progress.hpp"

#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "progress/facts.hpp"
#include "progress/settings.hpp"
#include "project/facts.hpp"
#include "record/import.hpp"
#include "record/store.hpp"

namespace agency::progress {
namespace {

using evm::Method;

constexpr std::string_view project_aliases[] = {"项目", "项目编号"}, wbs_aliases[] = {"任务", "任务编码"},
                           day_aliases[] = {"日期", "date"}, percent_aliases[] = {"进度", "progress", "complete"};
constexpr Word methods[] = {{"zero_hundred", "0/100法"},
                            {"fifty_fifty", "50/50法"},
                            {"milestones", "加权里程碑法"},
                            {"units", "完成单位法"},
                            {"percent", "完成百分比法"}};
constexpr std::string_view key_parts[] = {"project", "wbs", "measured_on"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Progress::number>, "Number", "编号",
          N_("Project, task and day, by which the row is named")}
        .filled()
        .fixed(),
    Field{"project", FieldType::reference, member<&Progress::project>, "Project", "项目代码", N_("Code of the project")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"wbs", FieldType::text, member<&Progress::wbs>, "WBS", "WBS编码", N_("The task, a leaf")}
        .required()
        .fixed()
        .also(wbs_aliases),
    Field{"task", FieldType::reference, member<&Progress::task>, "Task", "所属任务", N_("The same as a record")}
        .filled()
        .fixed()
        .by_verb_only()
        .refers_to(task::record),
    Field{"measured_on", FieldType::day, member<&Progress::measured_on>, "Measured", "计量日期",
          N_("At the end of this day")}
        .required()
        .fixed()
        .also(day_aliases),
    Field{"method", FieldType::choice, member<&Progress::method>, "Method", "计量方法",
          N_("zero_hundred, fifty_fifty, milestones, units or percent; default what the other columns show")}
        .filled()
        .one_of(methods),
    Field{"percent", FieldType::rate, member<&Progress::percent>, "Percent", "完成比例",
          N_("Part that is done, 40%; before acceptance no more than the setting project.percent_cap counts")}
        .also(percent_aliases),
    Field{"units_done", FieldType::decimal, member<&Progress::units_done>, "Units done", "已完成量",
          N_("Units done; of milestones the weight of those that were reached")}
        .scaled(2),
    Field{"units", FieldType::decimal, member<&Progress::units>, "Units", "总量",
          N_("Units in all; of milestones their weights together")}
        .scaled(2),
    Field{"started", FieldType::flag, member<&Progress::started>, "Started", "已开始",
          N_("Whether work has begun; default yes")}
        .filled(),
    Field{"accepted", FieldType::flag, member<&Progress::accepted>, "Accepted", "已验收",
          N_("Whether the result was accepted: then the whole counts; default no")}
        .filled(),
    Field{"evidence", FieldType::text, member<&Progress::evidence>, "Evidence", "依据",
          N_("What shows it; asked for where work is accepted")},
    Field{"note", FieldType::text, member<&Progress::note>, "Note", "备注", N_("Anything else")},
};
enum {
    k_number,
    k_project,
    k_wbs,
    k_task,
    k_measured_on,
    k_method,
    k_percent,
    k_units_done,
    k_units,
    k_started,
    k_accepted,
    k_evidence,
    k_note
};

/// The last measurement of a task by the day that is not void.
std::optional<Progress> last_of(db::Session& db, std::int64_t task, Date day) {
    std::optional<Progress> last;
    each_row_of(db, record(), "task", task, {}, [&](const Row& row) {
        auto p = to_struct<Progress>(record(), row);
        if (row.voided_on || p.measured_on > day || (last && p.measured_on < last->measured_on)) return;
        last = std::move(p);
    });
    return last;
}

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override { w_ = &w; }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_started]) v[k_started] = Value::of(std::int64_t{1});
        if (!v[k_accepted]) v[k_accepted] = Value::of(std::int64_t{0});
        if (!v[k_method])
            v[k_method] = Value::of(static_cast<std::int64_t>(v[k_percent] ? Method::percent
                                                              : v[k_units] ? Method::units
                                                                           : Method::fifty_fifty));
        const auto method = static_cast<Method>(v[k_method].n);
        if (method == Method::percent && !v[k_percent] && !v[k_accepted].n)
            row.problem("percent", "", tr("the percentage is missing"));
        if (v[k_percent] && (v[k_percent].n < 0 || v[k_percent].n > 1'000'000))
            row.problem("percent", "", tr("a percentage lies between 0% and 100%"));
        if ((method == Method::units || method == Method::milestones) && (!v[k_units] || !v[k_units_done]))
            row.problem("units", "", tr("units_done and units are both given"));
        if (v[k_units] && v[k_units].n <= 0) row.problem("units", "", tr("units are above zero"));
        if (v[k_units_done] && (v[k_units_done].n < 0 || (v[k_units] && v[k_units_done].n > v[k_units].n)))
            row.problem("units_done", "", tr("units done lie between zero and the units"));
        if (v[k_accepted].n && !v[k_evidence])
            row.problem("evidence", "PRJ-031", tr("what is accepted is accepted with evidence"));
        const auto most = w_->rules().rate(cap);
        if (method == Method::percent && v[k_percent] && !v[k_accepted].n && v[k_percent].n > most.ppm)
            row.warning("percent", "", say("before acceptance {cap} counts at most", fmt::arg("cap", to_string(most))));
        if (v[k_measured_on] && v[k_measured_on].n > w_->today().days)
            row.problem("measured_on", "", tr("progress is measured, not foreseen"));
        if (v[k_project]) {
            const auto p =
                to_struct<Project>(project::record(), *find_row(w_->db(), project::record(), v[k_project].n, {}));
            if (!p.open()) row.problem("project", "PRJ-030", say("project {code} is over", fmt::arg("code", p.code)));
        }
        if (!row.old && v[k_project] && v[k_wbs]) find_task(row);
    }

private:
    void find_task(ImportRow& row) {
        auto& v = row.values;
        auto& db = w_->db();
        const std::string wbs(v[k_wbs].s);
        const std::string alive = " AND undone = 0 AND NOT " + is_void("task", "task.id");
        const auto id = db.integer("SELECT id FROM task WHERE project = $1 AND wbs = $2" + alive, v[k_project].n, wbs);
        if (!id)
            return row.refuse("wbs", say("project {project} has no task {wbs}",
                                         fmt::arg("project", number_of(db, project::record(), v[k_project].n)),
                                         fmt::arg("wbs", wbs)));
        if (db.integer("SELECT 1 FROM task WHERE project = $1 AND wbs > $2 AND wbs < $3" + alive, v[k_project].n,
                       wbs + ".", wbs + "/"))
            return row.problem("wbs", "PRJ-003",
                               say("{wbs} is a group; only its leaves carry work", fmt::arg("wbs", wbs)));
        v[k_task] = Value::of(*id);
        const auto before = last_of(db, *id, last_day);
        const auto word = [](Method m) { return methods[static_cast<std::size_t>(m)].word; };
        const auto now = static_cast<Method>(v[k_method].n);
        if (before && before->method != now && !v[k_accepted].n)
            row.warning("method", "",
                        say("task {wbs} was measured by {before} so far, now by {now}", fmt::arg("wbs", wbs),
                            fmt::arg("before", word(before->method)), fmt::arg("now", word(now))));
    }

    Workspace* w_ = nullptr;
};

/// After an undo or a void: PRJ-030 where a project that is over was closed on what was accepted.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    project::require_closed_out(op, project::projects_of(op.db(), record(), first, last, touched));
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("progress"),
                          .plural = N_("progress_entries"),
                          .en = "Progress",
                          .zh = "进度",
                          .fields = fields,
                          .counts_from = "measured_on",
                          .key_parts = key_parts,
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

evm::Ratio earned_part(const Progress& p, std::int64_t most) {
    evm::Progress known{p.started,           p.accepted, p.percent.value_or(Rate{}).ppm, p.units_done.value_or(0),
                        p.units.value_or(0), {}};
    // Weights are kept as units, so both are the same ratio.
    const auto method = p.method == Method::milestones ? Method::units : p.method;
    return evm::earned_part(method, known, most);
}

std::map<std::string, Progress> latest(db::Session& db, std::int64_t project, const AsOf& when) {
    std::map<std::string, Progress> out;
    each_row_of(db, record(), "project", project, when, [&](const Row& row) {
        if (row.voided_on || row.values[k_measured_on].n > when.day.days) return;
        auto p = to_struct<Progress>(record(), row);
        auto [it, fresh] = out.try_emplace(p.wbs, p);
        if (!fresh && it->second.measured_on < p.measured_on) it->second = std::move(p);
    });
    return out;
}

std::optional<std::set<std::string, std::less<>>> accepted_tasks(db::Session& db, std::int64_t project,
                                                                 const AsOf& when) {
    const auto measured = latest(db, project, when);
    if (measured.empty()) return {};
    std::set<std::string, std::less<>> out;
    for (const auto& [wbs, p] : measured)
        if (p.accepted) out.insert(wbs);
    return out;
}

std::optional<std::map<std::string, std::int64_t, std::less<>>> done_parts(db::Session& db, std::int64_t project,
                                                                           const AsOf& when) {
    const auto measured = latest(db, project, when);
    if (measured.empty()) return {};
    std::map<std::string, std::int64_t, std::less<>> out;
    for (const auto& [wbs, p] : measured) {
        const auto part = earned_part(p, 1'000'000);
        out[wbs] = mul_div_half_up(1'000'000, part.n, part.of);
    }
    return out;
}

std::map<std::string, Date, std::less<>> finished_on(db::Session& db, std::int64_t project, const AsOf& when) {
    std::map<std::string, Date, std::less<>> out;
    for (const auto& [wbs, p] : latest(db, project, when))
        if (const auto part = earned_part(p, 1'000'000); part.n == part.of) out[wbs] = p.measured_on;
    return out;
}

bool accepted(db::Session& db, std::int64_t task, Date day) {
    const auto last = last_of(db, task, day);
    return last && last->accepted;
}

namespace {

/// What is given of a measurement, and of all the rest of it what it is when nothing is given.
std::vector<std::pair<std::string, std::string>> as_correction(
    const std::vector<std::pair<std::string, std::string>>& given) {
    std::map<std::string, std::string> all{{"method", "fifty_fifty"}, {"percent", ""},
                                           {"units_done", ""},        {"units", ""},
                                           {"accepted", "no"},        {"evidence", ""}};
    for (const auto& [key, text] : given)
        if (record().field(key).change != Change::never) all[key] = text;
    if (!all["percent"].empty()) all["method"] = "percent";
    if (!all["units"].empty()) all["method"] = "units";
    return {all.begin(), all.end()};
}

}  // namespace

std::string measure(Workspace& w, std::string_view project, std::string_view wbs, std::string_view how,
                    std::optional<Date> day, std::string_view evidence, std::string_view command,
                    const std::function<void(const Problem&)>& warn) {
    std::vector<std::pair<std::string, std::string>> texts{{"project", std::string(project)},
                                                           {"wbs", std::string(wbs)},
                                                           {"measured_on", to_string(day.value_or(w.today()))}};
    for (const std::string_view word : {"units", "单位"})
        if (how.ends_with(word) && how.size() > word.size()) how = trim(how.substr(0, how.size() - word.size()));
    if (const auto slash = how.find('/'); slash != std::string_view::npos) {
        texts.emplace_back("units_done", how.substr(0, slash));
        texts.emplace_back("units", how.substr(slash + 1));
    } else if (how == "accepted") {
        texts.emplace_back("accepted", "yes");
    } else if (how != "started") {
        texts.emplace_back("percent", how);
    }
    if (!evidence.empty()) texts.emplace_back("evidence", evidence);
    ImportOptions options;
    options.command = command;
    options.path = std::string(project);
    const auto rules = row_rules();
    const auto number = fmt::format("{}/{}/{}", project, wbs, texts[2].second);
    if (const auto old = find_row(w.db(), record(), number, {}); old && !old->voided_on) {
        const auto result = edit_record(w, record(), *rules, number, as_correction(texts), "", options);
        throw_problem(result, record(), warn);
        return number;
    }
    const auto id = add_record(w, record(), *rules, texts, options, warn);
    return number_of(w.db(), record(), id);
}

}  // namespace agency::progress
