#include "change/change_request.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "change/settings.hpp"
#include "org/approver.hpp"
#include "org/superior.hpp"
#include "project/facts.hpp"
#include "project/plan.hpp"
#include "record/import.hpp"
#include "record/store.hpp"

namespace agency::change {
namespace {

using Status = ChangeRequest::Status;
using Level = ChangeRequest::Level;

constexpr std::string_view number_aliases[] = {"变更编号"}, project_aliases[] = {"项目", "项目编号"},
                           title_aliases[] = {"变更内容"}, reason_aliases[] = {"变更原因"},
                           days_aliases[] = {"工期影响"}, cost_aliases[] = {"费用影响"};
constexpr Word levels[] = {{"manager", "项目经理"}, {"sponsor", "发起人"}};
constexpr Word statuses[] = {
    {"draft", "草稿"}, {"submitted", "已提交"}, {"approved", "已批准"}, {"rejected", "已驳回"}, {"applied", "已实施"}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&ChangeRequest::number>, "Number", "编号",
          N_("Number of the request; default CR- and the next number")}
        .fixed()
        .also(number_aliases),
    Field{"project", FieldType::reference, member<&ChangeRequest::project>, "Project", "项目代码",
          N_("Code of the project")}
        .required()
        .fixed()
        .also(project_aliases)
        .refers_to(project::record),
    Field{"title", FieldType::text, member<&ChangeRequest::title>, "Title", "标题", N_("What is to change")}
        .required()
        .also(title_aliases),
    Field{"reason", FieldType::text, member<&ChangeRequest::reason>, "Reason", "原因", N_("Why it is asked for")}
        .required()
        .also(reason_aliases),
    Field{"scope", FieldType::text, member<&ChangeRequest::scope>, "Scope", "范围影响", N_("What of the work changes")},
    Field{"days", FieldType::integer, member<&ChangeRequest::days>, "Days", "工期影响天数",
          N_("By how many days it ends later; below zero earlier")}
        .also(days_aliases),
    Field{"cost", FieldType::money, member<&ChangeRequest::cost>, "Cost", "成本影响",
          N_("What it adds to the budget, in the project's currency; below zero what it saves")}
        .also(cost_aliases),
    Field{"quality", FieldType::text, member<&ChangeRequest::quality>, "Quality", "质量影响",
          N_("What it means for quality")},
    Field{"requested_by", FieldType::text, member<&ChangeRequest::requested_by>, "Requested by", "申请人",
          N_("Who asked for it; default who acts")}
        .filled()
        .fixed(),
    Field{"level", FieldType::choice, member<&ChangeRequest::level>, "Level", "审批层级",
          N_("Who decides: manager, or sponsor above the settings change.manager_cost and change.manager_days")}
        .filled()
        .by_verb_only()
        .one_of(levels),
    Field{"decided_by", FieldType::text, member<&ChangeRequest::decided_by>, "Decided by", "审批人",
          N_("Who approved or rejected it")}
        .dated()
        .by_verb_only(),
    Field{"status", FieldType::choice, member<&ChangeRequest::status>, "Status", "状态", N_("State of the lifecycle")}
        .filled()
        .dated()
        .by_verb_only()
        .one_of(statuses),
    Field{"note", FieldType::text, member<&ChangeRequest::note>, "Note", "备注", N_("Anything else")},
};
enum {
    k_number,
    k_project,
    k_title,
    k_reason,
    k_scope,
    k_days,
    k_cost,
    k_quality,
    k_requested_by,
    k_level,
    k_decided_by,
    k_status,
    k_note
};

Project project_of(db::Session& db, std::int64_t id) {
    return to_struct<Project>(project::record(), *find_row(db, project::record(), id, {}));
}

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override { w_ = &w; }
    Currency default_currency(const ImportRow& row) override {
        return row.values[k_project] ? project_of(w_->db(), row.values[k_project].n).currency : Currency{};
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (row.old && row.old->values[k_status].n != static_cast<std::int64_t>(Status::draft))
            return row.problem("status", "PRJ-005", tr("it was submitted and stays as it is; ask for another one"));
        if (!row.old) {
            v[k_status] = Value::of(std::int64_t{0});
            if (!v[k_requested_by]) v[k_requested_by] = Value::of(std::string_view(w_->actor()));
        }
        if (v[k_project]) v[k_level] = Value::of(static_cast<std::int64_t>(level_of(v)));
    }
    void take(ImportRow& row) override {
        if (row.old || row.values[k_number]) return;
        number_ = fmt::format("CR-{:06}", row.id);
        row.values[k_number] = Value::of(std::string_view(number_));
    }

private:
    Level level_of(const std::vector<Value>& v) {
        const auto base = project::baseline_of(w_->db(), v[k_project].n, {});
        const auto most =
            base ? mul_div_half_up(base->baseline.cost, w_->rules().rate(manager_cost).ppm, 1'000'000) : 0;
        const auto cost = v[k_cost] ? std::max(v[k_cost].n, -v[k_cost].n) : 0;
        const auto days = v[k_days] ? v[k_days].n : 0;
        return cost > most || days > w_->rules().integer(manager_days) ? Level::sponsor : Level::manager;
    }

    Workspace* w_ = nullptr;
    std::string number_;
};

std::optional<Employee> manager_of(db::Session& db, const Project& p) {
    const auto row = p.manager ? find_row(db, employee::record(), p.manager.value, {}) : std::nullopt;
    return row ? std::optional(to_struct<Employee>(employee::record(), *row)) : std::nullopt;
}

/// The employee by whose number or name somebody acted; 0: none, or one without a position, who has no line above.
std::int64_t placed(db::Session& db, std::string_view actor, const AsOf& when) {
    std::int64_t id = 0;
    each_row(db, employee::record(), when, [&](const Row& row) {
        const auto e = to_struct<Employee>(employee::record(), row);
        if (!row.voided(when.day) && org::acts_as(actor, e) && org::unit_of(db, e.id, when)) id = row.id;
    });
    return id;
}

/// Whether authority rows of job descriptions in force say who approves changes; then who it is. Error(refused,
/// ORG-040) when nobody's suffices.
std::optional<Employee> approver_of(Workspace& w, const ChangeRequest& c, const Project& p) {
    auto& db = w.db();
    const AsOf now{w.today()};
    const org::Chart chart(w, now);
    const auto unit = p.manager ? org::unit_of(db, p.manager, now) : std::nullopt;
    org::Request request;
    request.action = std::string(w.rules().text(authority));
    if (unit) request.department = unit->code;
    if (!org::find_approver(w, chart, now, request).authorized) return {};
    request.amount = std::max(c.cost.value_or(0), -c.cost.value_or(0));
    request.currency = p.currency;
    request.requester = placed(db, c.requested_by, now);
    const auto found = org::get_approver(w, chart, now, request);
    return chart.people().at(found.holder.employee);
}

/// The approver himself, or anybody above him.
bool decides(db::Session& db, std::string_view actor, const Employee& approver, const AsOf& when) {
    std::optional<Employee> at = approver;
    for (int n = 0; at && n < 100; ++n, at = org::superior_of(db, at->id, when))
        if (org::acts_as(actor, *at)) return project::employed(*at, when.day);
    return false;
}

/// Employees who act under that name today, by number or exact name; `any` is set when employees are kept at all.
std::vector<Employee> people_called(db::Session& db, std::string_view actor, Date day, bool& any) {
    std::vector<Employee> out;
    each_row(db, employee::record(), AsOf{day}, [&](const Row& row) {
        const auto e = to_struct<Employee>(employee::record(), row);
        any = true;
        if (!row.voided(day) && project::employed(e, day) && org::acts_as(actor, e)) out.push_back(e);
    });
    return out;
}

/// Without authorities of job descriptions: up to the limits the project's manager, or who stands above him by the
/// chart; above them the project's sponsor where it has one, else, and when the manager asked himself, his superior; or
/// who stands above that one. Where the chart has nobody above him, anybody else who is employed. Why not; empty when
/// the one who acts may.
std::string not_by_level(Workspace& w, const ChangeRequest& c, const Project& p, bool above) {
    auto& db = w.db();
    const AsOf now{w.today()};
    const auto number = fmt::arg("number", c.number);
    const auto manager = manager_of(db, p);
    const bool is_manager = manager && org::acts_as(w.actor(), *manager);
    if (above && is_manager) return say("{number} is above what the project's manager may decide", number);
    auto decider = manager;
    if (above || (manager && org::acts_as(c.requested_by, *manager)))
        decider = manager ? org::superior_of(db, manager->id, now) : std::nullopt;
    if (above && p.sponsor)
        decider = to_struct<Employee>(employee::record(), *find_row(db, employee::record(), p.sponsor.value, {}));
    if (decider) {
        if (decides(db, w.actor(), *decider, now)) return {};
        return say("{number} is decided by {person}, or by who stands above", number,
                   fmt::arg("person", decider->number));
    }
    bool any = false;
    if (!people_called(db, w.actor(), now.day, any).empty() || !any) return {};
    return say("{number} is decided by an employee, and {person} is none", number, fmt::arg("person", w.actor()));
}

/// X8: who asked does not decide, under his number or his name. Who may: whom the authorities of job descriptions name;
/// where there are none, by the level.
void may_decide(const Move& m) {
    auto& w = m.op.workspace();
    const auto c = to_struct<ChangeRequest>(record(), m.row);
    const auto refuse = [&](const std::string& why) {
        return Error(Exit::refused, why, tr("who acts is named with --actor, by number or name"))
            .with_rule("PRJ-005")
            .with_ref(c.number);
    };
    bool any = false;
    const auto acting = people_called(w.db(), w.actor(), w.today(), any);
    if (w.actor() == c.requested_by ||
        std::any_of(acting.begin(), acting.end(), [&](const Employee& e) { return org::acts_as(c.requested_by, e); }))
        throw refuse(say("{number} was asked for by {person}, and another person decides", fmt::arg("number", c.number),
                         fmt::arg("person", c.requested_by)));
    // Who acts under an employee's name and wrote it down or handed it in is a maker, too.
    if (!acting.empty())
        w.db().each(
            "SELECT actor FROM operation WHERE id = $1 OR id IN (SELECT operation FROM change_request_change WHERE id "
            "= $2 AND field = 'status')",
            [&](db::Statement& s) {
                const auto maker = s.string(0);
                if (std::any_of(acting.begin(), acting.end(),
                                [&](const Employee& e) { return org::acts_as(maker, e); }))
                    throw refuse(say("{number} was entered or submitted by {person}, and another person decides",
                                     fmt::arg("number", c.number), fmt::arg("person", maker)));
            },
            m.row.operation, m.row.id);
    const auto p = project_of(w.db(), c.project.value);
    const auto approver = approver_of(w, c, p);
    if (approver && !decides(w.db(), w.actor(), *approver, AsOf{w.today()}))
        throw refuse(say("{number} is decided by {person}, by the authorities of job descriptions",
                         fmt::arg("number", c.number), fmt::arg("person", approver->number)));
    // Authorities have limits of money only; how late it may become stays a matter of the setting.
    const bool above = approver ? c.days.value_or(0) > w.rules().integer(manager_days) : c.level == Level::sponsor;
    const auto manager = manager_of(w.db(), p);
    if (approver && above && manager && org::acts_as(w.actor(), *manager))
        throw refuse(say("{number} is above what the project's manager may decide", fmt::arg("number", c.number)));
    if (!approver)
        if (const auto why = not_by_level(w, c, p, above); !why.empty()) throw refuse(why);
    write_change(m.op, record(), m.row.id, record().field("decided_by"), Value::of(std::string_view(w.actor())), m.day);
}

/// PRJ-005: the plan costs more and ends later than the baseline only by what the approved requests say that are not
/// applied yet, all together, for the plan may hold the work of several (handbook §3.1: approval by level). Leave that
/// was approved since changes no plan, and nobody asks for it.
void require_as_approved(db::Session& db, const ChangeRequest& c, Date day) {
    const auto base = project::baseline_of(db, c.project.value, {});
    if (!base) return;
    std::int64_t cost = 0, days = 0;
    each_row_of(db, record(), "project", c.project.value, {}, [&](const Row& row) {
        const auto one = to_struct<ChangeRequest>(record(), row);
        if (row.voided_on || one.status != Status::approved) return;
        cost = add_checked(cost, std::max<std::int64_t>(0, one.cost.value_or(0)));
        days = add_checked(days, std::max<std::int64_t>(0, one.days.value_or(0)));
    });
    const auto plan = project::load_plan(db, c.project.value, AsOf{day}, base->when);
    const auto refuse = [&](std::string why) {
        return Error(Exit::refused, std::move(why),
                     tr("ask for the rest with another request: agency change add; or mend the plan: agency task edit"))
            .with_rule("PRJ-005")
            .with_ref(c.number);
    };
    const auto& b = base->baseline;
    const auto money = [&](std::int64_t minor) { return to_string(Money{minor, plan.project.currency}); };
    if (plan.cost - b.cost > cost)
        throw refuse(say("the plan costs {more} more than baseline {version}, and {approved} more is approved",
                         fmt::arg("more", money(plan.cost - b.cost)), fmt::arg("version", b.version),
                         fmt::arg("approved", money(cost))));
    // Days of the plan, or of the calendar: whichever the request counts in.
    if (const auto more = std::min<std::int64_t>(plan.length - b.length, plan.ends_on - b.ends_on); more > days)
        throw refuse(say("the plan is {more} days longer than baseline {version}, and {approved} more are approved",
                         fmt::arg("more", more), fmt::arg("version", b.version), fmt::arg("approved", days)));
}

/// A closed or cancelled project changes no more.
void require_project_open(db::Session& db, const ChangeRequest& c) {
    if (const auto p = project_of(db, c.project.value); !p.open())
        throw Error(Exit::refused, say("project {code} is over", fmt::arg("code", p.code)))
            .with_rule("PRJ-005")
            .with_ref(c.number);
}

/// PRJ-040: what it saves is not committed or spent already.
void may_approve(const Move& m) {
    auto& db = m.op.db();
    const auto c = to_struct<ChangeRequest>(record(), m.row);
    require_project_open(db, c);
    may_decide(m);
    const auto s = budget::standing(db, c.project.value, {});
    const auto left = add_checked(add_checked(s.whole(), -s.used()), c.cost.value_or(0));
    if (c.cost.value_or(0) >= 0 || !s.budget || left >= 0) return;
    throw Error(
        Exit::refused,
        say("{number} lowers the budget, and {used} are committed and spent already", fmt::arg("number", c.number),
            fmt::arg("used", to_string(Money{s.used(), s.currency}))),
        say("see: agency project budget {code}", fmt::arg("code", number_of(db, project::record(), c.project.value))))
        .with_rule("PRJ-040")
        .with_ref(c.number);
}

void new_baseline(const Move& m) {
    const auto c = to_struct<ChangeRequest>(record(), m.row);
    require_project_open(m.op.db(), c);
    require_as_approved(m.op.db(), c, m.day);
    project::set_baseline(m.op, c.project.value, m.day, c.number);
}

constexpr Transition transitions[] = {
    {"submit", states_of({Status::draft}), static_cast<std::uint8_t>(Status::submitted), N_("Hand in for a decision")},
    {"approve", states_of({Status::submitted}), static_cast<std::uint8_t>(Status::approved), N_("It is agreed"),
     N_("another person than who asked; whom authorities name, else the project's manager, above the limits the "
        "sponsor or his superior (PRJ-005); what it saves is not spent (PRJ-040)"),
     may_approve},
    {"reject", states_of({Status::submitted}), static_cast<std::uint8_t>(Status::rejected), N_("It is turned down"),
     N_("another person than who asked; whom authorities name, else the project's manager, above the limits the "
        "sponsor or his superior (PRJ-005)"),
     may_decide, true},
    {"apply", states_of({Status::approved}), static_cast<std::uint8_t>(Status::applied),
     N_("The plan as it is now becomes the next baseline"),
     N_("the plan holds (PRJ-003, PRJ-004) and grows by no more than was approved (PRJ-005)"), new_baseline},
};

/// After an undo: PRJ-040 where a change that raised the budget is not approved any more.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    budget::require_kept(op, project::projects_of(op.db(), record(), first, last, touched));
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("change_request"),
                          .plural = N_("change_requests"),
                          .en = "Change request",
                          .zh = "变更申请",
                          .fields = fields,
                          .currency_from = "project",
                          .booked = true,
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

const Workflow workflow{record, transitions, "PRJ-005", "status",
                        states_of({Status::draft, Status::submitted, Status::rejected})};

std::int64_t approved_cost(db::Session& db, std::int64_t project, const AsOf& when) {
    std::int64_t sum = 0;
    each_row_of(db, record(), "project", project, when, [&](const Row& row) {
        const auto c = to_struct<ChangeRequest>(record(), row);
        if (!row.voided_on && (c.status == Status::approved || c.status == Status::applied))
            sum = add_checked(sum, c.cost.value_or(0));
    });
    return sum;
}

}  // namespace agency::change
