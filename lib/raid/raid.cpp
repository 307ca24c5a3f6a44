#include "raid/raid.hpp"

#include <charconv>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "calendar/settings.hpp"
#include "org/people.hpp"
#include "org/settings.hpp"
#include "raid/facts.hpp"
#include "raid/settings.hpp"
#include "record/import.hpp"
#include "record/store.hpp"

namespace agency::raid {
namespace {

using Kind = Raid::Kind;
using Status = Raid::Status;

constexpr std::string_view project_aliases[] = {"项目", "项目编号"}, kind_aliases[] = {"类型"},
                           title_aliases[] = {"描述", "标题", "description"}, owner_aliases[] = {"责任人"},
                           severity_aliases[] = {"级别"}, due_aliases[] = {"需要日期", "validate_by", "needed_on"},
                           waiting_aliases[] = {"等待方", "被影响任务"};
constexpr Word kinds[] = {{"risk", "风险"}, {"assumption", "假设"}, {"issue", "问题"}, {"dependency", "依赖"}};
constexpr Word audiences[] = {{"internal", "内部"}, {"client", "客户可见"}};
constexpr Word responses[] = {{"avoid", "规避"}, {"mitigate", "减轻"}, {"transfer", "转移"}, {"accept", "接受"}};
constexpr Word statuses[] = {{"open", "未处理"}, {"responded", "处理中"}, {"closed", "已关闭"}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Raid::number>, "Number", "编号",
          N_("Number; default R, A, I or D and the next number")}
        .fixed(),
    Field{"project", FieldType::reference, member<&Raid::project>, "Project", "项目代码", N_("Code of the project")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"kind", FieldType::choice, member<&Raid::kind>, "Kind", "类别", N_("risk, assumption, issue or dependency")}
        .required()
        .fixed()
        .also(kind_aliases)
        .one_of(kinds),
    Field{"title", FieldType::text, member<&Raid::title>, "Title", "标题", N_("What it is about")}.required().also(
        title_aliases),
    Field{"owner", FieldType::reference, member<&Raid::owner>, "Owner", "负责人", N_("Who sees to it")}
        .required()
        .dated()
        .also(owner_aliases)
        .refers_to(employee::record),
    Field{"audience", FieldType::choice, member<&Raid::audience>, "Audience", "可见范围",
          N_("internal, or client: it may stand in the client's report; default internal")}
        .filled()
        .dated()
        .one_of(audiences),
    Field{"probability", FieldType::rate, member<&Raid::probability>, "Probability", "概率", N_("Of a risk, 30%")}
        .dated(),
    Field{"impact", FieldType::money, member<&Raid::impact>, "Impact", "影响金额",
          N_("Of a risk: what it would cost, in the project's currency")}
        .dated(),
    Field{"response", FieldType::choice, member<&Raid::response>, "Response", "应对", N_("What is done about a risk")}
        .dated()
        .one_of(responses),
    Field{"trigger", FieldType::text, member<&Raid::trigger>, "Trigger", "触发条件",
          N_("What shows that the risk comes true")},
    Field{"severity", FieldType::integer, member<&Raid::severity>, "Severity", "严重程度",
          N_("Of an issue: 1 (worst) to 4; by when it is answered and solved follows")}
        .fixed()
        .also(severity_aliases),
    Field{"due_on", FieldType::day, member<&Raid::due_on>, "Due", "到期日",
          N_("Of an assumption: to be validated by; of a dependency: needed on")}
        .dated()
        .also(due_aliases),
    Field{"party", FieldType::text, member<&Raid::party>, "Party", "依赖方",
          N_("Of a dependency: on whom outside the plans it waits, the client or another")},
    Field{"raised_at", FieldType::text, member<&Raid::raised_at>, "Raised", "提出时刻",
          N_("Instant from which the clock runs, 2026-03-02T09:00+08:00; default now")}
        .filled()
        .fixed(),
    Field{"respond_by", FieldType::text, member<&Raid::respond_by>, "Respond by", "响应时限",
          N_("Instant by which it is answered")}
        .fixed()
        .by_verb_only(),
    Field{"resolve_by", FieldType::text, member<&Raid::resolve_by>, "Resolve by", "解决时限",
          N_("Instant by which it is solved")}
        .fixed()
        .by_verb_only(),
    Field{"responded_at", FieldType::text, member<&Raid::responded_at>, "Responded", "响应时刻",
          N_("When it was answered")}
        .dated()
        .by_verb_only(),
    Field{"closed_at", FieldType::text, member<&Raid::closed_at>, "Closed", "关闭时刻", N_("When it was closed")}
        .dated()
        .by_verb_only(),
    Field{"resolution", FieldType::text, member<&Raid::resolution>, "Resolution", "处理结果",
          N_("What was done about it")}
        .dated()
        .by_verb_only(),
    Field{"status", FieldType::choice, member<&Raid::status>, "Status", "状态", N_("State of the lifecycle")}
        .filled()
        .dated()
        .by_verb_only()
        .one_of(statuses),
    Field{"note", FieldType::text, member<&Raid::note>, "Note", "备注", N_("Anything else")},
    Field{"waiting_task", FieldType::reference, member<&Raid::waiting_task>, "Waiting task", "等待任务",
          N_("Of a dependency: the task that waits, P-2026-01/1.2; empty: the whole project")}
        .dated()
        .also(waiting_aliases)
        .refers_to(task::record),
    Field{"on_task", FieldType::reference, member<&Raid::on_task>, "On task", "所依赖任务",
          N_("Of a dependency: the task that it waits for, of this or another project")}
        .dated()
        .refers_to(task::record),
    Field{"on_project", FieldType::reference, member<&Raid::on_project>, "On project", "所依赖项目",
          N_("Of a dependency: the other project that it waits for")}
        .dated()
        .refers_to(project::record),
};
enum {
    k_number,
    k_project,
    k_kind,
    k_title,
    k_owner,
    k_audience,
    k_probability,
    k_impact,
    k_response,
    k_trigger,
    k_severity,
    k_due_on,
    k_party,
    k_raised_at,
    k_respond_by,
    k_resolve_by,
    k_responded_at,
    k_closed_at,
    k_resolution,
    k_status,
    k_note,
    k_waiting_task,
    k_on_task,
    k_on_project
};

constexpr std::string_view may_be_accepted[] = {"INT-009"};

class Rules final : public RowRules {
public:
    std::span<const std::string_view> acceptable() const override { return may_be_accepted; }
    void begin(Workspace& w, const ImportOptions& options) override {
        w_ = &w;
        changed_on_ = options.effective.value_or(w.today());
        calendar_.reset();
    }
    Currency default_currency(const ImportRow& row) override {
        if (!row.values[k_project]) return {};
        return to_struct<Project>(project::record(),
                                  *find_row(w_->db(), project::record(), row.values[k_project].n, {}))
            .currency;
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_audience]) v[k_audience] = Value::of(std::int64_t{0});
        if (!row.old) v[k_status] = Value::of(std::int64_t{0});
        if (!v[k_kind]) return;
        const auto kind = static_cast<Kind>(v[k_kind].n);
        if (v[k_probability] && (v[k_probability].n < 0 || v[k_probability].n > 1'000'000))
            row.problem("probability", "", tr("a probability lies between 0% and 100%"));
        if (v[k_impact] && v[k_impact].n < 0) row.problem("impact", "", tr("the amount is not negative"));
        if (kind == Kind::risk && !v[k_probability]) row.problem("probability", "", tr("a risk has a probability"));
        if (kind == Kind::issue && !v[k_severity]) row.problem("severity", "", tr("an issue has a severity, 1 to 4"));
        if (v[k_severity] && (v[k_severity].n < 1 || v[k_severity].n > 4))
            row.problem("severity", "", tr("a severity is 1, 2, 3 or 4"));
        if ((kind == Kind::assumption || kind == Kind::dependency) && !v[k_due_on])
            row.problem("due_on", "", tr("the day by which it is validated or needed is missing"));
        check_sides(row, kind);
        if (!row.old && !row.bad) start_clock(row);
        if (!row.bad && v[k_owner] && (!row.old || row.old->values[k_owner] != v[k_owner])) check_owner(row);
    }
    void take(ImportRow& row) override {
        if (row.old || row.values[k_number]) return;
        number_ = fmt::format("{}-{:06}", "RAID"[row.values[k_kind].n], row.id);
        row.values[k_number] = Value::of(std::string_view(number_));
    }

private:
    std::int64_t project_of(const Value& task) const {
        return to_struct<Task>(task::record(), *find_row(w_->db(), task::record(), task.n, {})).project.value;
    }
    /// What waits is of this project, and waits for something else.
    void check_sides(ImportRow& row, Kind kind) {
        const auto& v = row.values;
        if (kind != Kind::dependency) {
            for (const auto k : {k_party, k_waiting_task, k_on_task, k_on_project})
                if (v[k] && !row.old)
                    row.problem(record().fields[k].key, "", tr("only a dependency waits for another"));
            return;
        }
        if (!row.old && !row.bad && !v[k_party] && !v[k_on_task] && !v[k_on_project])
            row.problem("party", "", tr("on whom or what it waits is missing: party, on_task or on_project"));
        if (!v[k_project]) return;
        if (v[k_waiting_task] && project_of(v[k_waiting_task]) != v[k_project].n)
            row.problem("waiting_task", "", tr("the task that waits is of another project"));
        if (v[k_on_task] && v[k_on_project] && project_of(v[k_on_task]) != v[k_on_project].n)
            row.problem("on_task", "", tr("the task is of another project than on_project says"));
        if (v[k_on_task] && v[k_waiting_task] && v[k_on_task].n == v[k_waiting_task].n)
            row.problem("on_task", "", tr("a task does not wait for itself"));
        if (!v[k_on_task] && v[k_on_project] && v[k_on_project].n == v[k_project].n)
            row.problem("on_project", "", tr("a project does not wait for itself; name one of its tasks: on_task"));
    }
    /// INT-009: who sees to it is employed on the day on which it is raised, or goes over to him.
    void check_owner(ImportRow& row) {
        if (w_->rules().text(org::people) == "any") return;
        const auto raised = row.old ? std::nullopt : parse_instant(row.values[k_raised_at].s);
        const auto day = raised ? day_of(*raised, w_->rules().zone_minutes) : changed_on_;
        if (auto why = org::absence(w_->db(), row.values[k_owner].n, day, w_->today()); !why.empty())
            row.report({.field = "owner", .rule = "INT-009", .message = std::move(why), .code = Exit::refused});
    }
    void start_clock(ImportRow& row) {
        auto& v = row.values;
        Instant raised = w_->now();
        if (v[k_raised_at]) {
            const auto given = parse_instant(v[k_raised_at].s);
            if (!given) return row.problem("raised_at", "", tr("it is no instant; write 2026-03-02T09:00+08:00"));
            if (*given > w_->now()) return row.problem("raised_at", "", tr("what is raised lies not ahead"));
            raised = *given;
        }
        raised_ = to_string(raised);
        v[k_raised_at] = Value::of(std::string_view(raised_));
        if (!v[k_severity]) return;
        const auto hours = WorkingHours::parse(w_->rules().text(calendar::hours));
        const auto limits = parse_limits(w_->rules().text(settings[v[k_severity].n - 1]), hours);
        if (!limits.respond && !limits.resolve) return;
        if (!calendar_) calendar_ = Calendar::load(w_->db());
        try {
            const WorkingClock clock(*calendar_, hours, w_->rules().zone_minutes);
            if (limits.respond) {
                respond_ = to_string(clock.add(raised, *limits.respond));
                v[k_respond_by] = Value::of(std::string_view(respond_));
            }
            if (limits.resolve) {
                resolve_ = to_string(clock.add(raised, *limits.resolve));
                v[k_resolve_by] = Value::of(std::string_view(resolve_));
            }
        } catch (const Error& e) {
            if (e.rule.empty()) throw;
            row.problem("raised_at", e.rule, e.what(), e.hint);
        }
    }

    Workspace* w_ = nullptr;
    Date changed_on_;
    std::optional<Calendar> calendar_;
    std::string number_, raised_, respond_, resolve_;
};

void stamp(const Move& m, std::string_view field) {
    const auto now = to_string(m.op.workspace().now());
    write_change(m.op, record(), m.row.id, record().field(field), Value::of(std::string_view(now)), m.day);
}

void responded(const Move& m) {
    stamp(m, "responded_at");
}

void closed(const Move& m) {
    if (!m.row.values[k_responded_at]) stamp(m, "responded_at");
    stamp(m, "closed_at");
    write_change(m.op, record(), m.row.id, record().field("resolution"), Value::of(m.reason), m.day);
}

void reopened(const Move& m) {
    write_change(m.op, record(), m.row.id, record().field("closed_at"), Value{}, m.day);
}

constexpr Transition transitions[] = {
    {"respond", states_of({Status::open}), static_cast<std::uint8_t>(Status::responded), N_("It is answered"), "",
     responded},
    {"close", states_of({Status::open, Status::responded}), static_cast<std::uint8_t>(Status::closed),
     N_("It is over; the reason says how"), N_("what was done, given as the reason"), closed, true},
    {"reopen", states_of({Status::closed}), static_cast<std::uint8_t>(Status::responded), N_("It is not over"), "",
     reopened, true},
};

}  // namespace

std::vector<std::string> open_of_project(db::Session& db, std::int64_t project, const AsOf& when) {
    std::vector<std::string> out;
    each_row_of(db, record(), "project", project, when, [&](const Row& row) {
        if (!row.voided_on && row.values[k_status].n != static_cast<std::int64_t>(Status::closed))
            out.emplace_back(row.values[k_number].s);
    });
    return out;
}

const Record& record() {
    static const Record r{.noun = N_("raid"),
                          .plural = N_("raids"),
                          .en = "RAID",
                          .zh = "RAID",
                          .fields = fields,
                          .currency_from = "project"};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

const Workflow workflow{record, transitions, "PRJ-032"};

Limits parse_limits(std::string_view text, const WorkingHours& hours) {
    const auto fault = [&] {
        return Error(Exit::usage, say("\"{text}\" says no limits", fmt::arg("text", text)),
                     tr("write working hours or days to answer and to solve, as 4h/2d"));
    };
    const auto read = [&](std::string_view part) -> std::optional<std::int64_t> {
        if (part.empty()) return {};
        std::int64_t n = 0;
        const char* last = part.data() + part.size() - 1;
        const auto [end, error] = std::from_chars(part.data(), last, n);
        if (error != std::errc() || end != last || n <= 0 || n > 10'000 || (*last != 'h' && *last != 'd'))
            throw fault();
        return n * (*last == 'h' ? 3600 : hours.seconds_a_day());
    };
    if (text.empty()) return {};
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) throw fault();
    return {read(text.substr(0, slash)), read(text.substr(slash + 1))};
}

}  // namespace agency::raid

namespace agency {

std::optional<std::int64_t> Raid::exposure() const {
    if (!probability || !impact) return {};
    return mul_div_half_up(*impact, probability->ppm, 1'000'000);
}

}  // namespace agency
