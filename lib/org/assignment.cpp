#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/employee.hpp"
#include "org/span_rules.hpp"

namespace agency {
namespace {

constexpr std::string_view employee_aliases[] = {"员工编号", "工号", "姓名", "employee number"};
constexpr std::string_view position_aliases[] = {"岗位编号", "岗位代码", "岗位编码", "position code"};
constexpr std::string_view kind_aliases[] = {"任职类型", "类型"};
constexpr std::string_view starts_aliases[] = {"任职开始", "起始日期", "开始日期"},
                           ends_aliases[] = {"任职结束", "截止日期", "结束日期"};
constexpr std::string_view primary_words[] = {"main"};
constexpr Word kinds[] = {{"primary", "主岗", primary_words}, {"concurrent", "兼岗"}, {"acting", "代理"}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Assignment::number>, "Number", "编号",
          N_("Key of the assignment; default EMPLOYEE/POSITION/FROM")}
        .filled()
        .fixed(),
    Field{"employee", FieldType::reference, member<&Assignment::employee>, "Employee", "员工", N_("Who holds it")}
        .required()
        .fixed()
        .also(employee_aliases)
        .refers_to(employee::record),
    Field{"position", FieldType::reference, member<&Assignment::position>, "Position", "岗位", N_("What is held")}
        .required()
        .fixed()
        .also(position_aliases)
        .refers_to(position::record),
    Field{"kind", FieldType::choice, member<&Assignment::kind>, "Kind", "任职方式",
          N_("Whether it is the one main position, a further one, or held for somebody; default primary")}
        .filled()
        .fixed()
        .also(kind_aliases)
        .one_of(kinds),
    Field{"fte", FieldType::decimal, member<&Assignment::fte>, "FTE", "工时占比",
          N_("Full-time equivalents, 0 to 1; default 1 for the primary one, else 0")}
        .filled()
        .dated()
        .scaled(2),
    Field{"starts_on", FieldType::day, member<&Assignment::starts_on>, "Starts", "任职起",
          N_("First day; default the day of hiring, else today")}
        .filled()
        .fixed()
        .also(starts_aliases),
    Field{"ends_on", FieldType::day, member<&Assignment::ends_on>, "Ends", "任职止",
          N_("Last day; empty: open, but of who acts it is required")}
        .also(ends_aliases),
    Field{"approves_to", FieldType::money, member<&Assignment::approves_to>, "Approves to", "代理审批限额",
          N_("Of an acting holder: the most that it may approve, in its currency, 0 for nothing; required where the "
             "position has an authority in force")}
        .dated(),
    Field{"currency", FieldType::currency, member<&Assignment::currency>, "Currency", "币种",
          N_("Of what an acting holder may approve: ISO 4217; empty: CNY")}
        .fixed(),
    Field{"job_read", FieldType::integer, member<&Assignment::job_read>, "Acknowledged", "已签收版本",
          N_("Last version of the job description that the holder acknowledged")}
        .dated()
        .by_verb_only(),
    Field{"note", FieldType::text, member<&Assignment::note>, "Note", "备注", N_("Anything else")},
};
enum { k_number, k_employee, k_position, k_kind, k_fte, k_starts_on, k_ends_on, k_approves_to };
constexpr std::string_view key_parts[] = {"employee", "position", "starts_on"};

Date day_or(const Value& v, Date otherwise) {
    return v ? Date{static_cast<std::int32_t>(v.n)} : otherwise;
}

org::Span span_of(const std::vector<Value>& v, std::int64_t id) {
    return {v[k_employee].n,
            v[k_position].n,
            day_or(v[k_starts_on], beginning),
            day_or(v[k_ends_on], last_day),
            static_cast<Assignment::Kind>(v[k_kind].n),
            id};
}

bool overlap(const org::Span& a, const org::Span& b) {
    return a.from <= b.to && b.from <= a.to;
}

/// Nothing of the one that the other had not.
bool within(const org::Span& a, const org::Span& b) {
    return a.position == b.position && a.employee == b.employee && a.kind == b.kind && a.from >= b.from && a.to <= b.to;
}

class AssignmentRules final : public RowRules {
public:
    std::span<const std::string_view> acceptable() const override { return assignments_.acceptable(); }
    void begin(Workspace& w, const ImportOptions&) override {
        w_ = &w;
        assignments_.begin(w);
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_kind]) v[k_kind] = Value::of(static_cast<std::int64_t>(Assignment::Kind::primary));
        if (!v[k_fte]) v[k_fte] = Value::of(v[k_kind].n == 0 ? std::int64_t{100} : std::int64_t{0});
        if (v[k_fte].n < 0 || v[k_fte].n > 100) row.problem("fte", "", tr("full-time equivalents lie between 0 and 1"));
        if (!v[k_employee]) return;
        const auto person = find_row(w_->db(), employee::record(), v[k_employee].n, {});
        const Record& r = employee::record();
        const Date hired = day_or(person->values[r.index("hired_on")], beginning);
        if (!v[k_starts_on]) v[k_starts_on] = Value::of(std::int64_t{(hired == beginning ? w_->today() : hired).days});
        org::check_span(row, assignment::record(), "starts_on", "ends_on");
        const Date left = day_or(person->values[r.index("left_on")], last_day);
        if (v[k_starts_on].n < hired.days || v[k_starts_on].n > left.days)
            row.refuse("starts_on", say("employee {number} is not employed on that day",
                                        fmt::arg("number", person->values[r.index("number")].s)));
        if (v[k_kind].n == static_cast<std::int64_t>(Assignment::Kind::acting)) check_acting(row);
        if (row.bad || !v[k_position]) return;
        const auto now = span_of(v, row.id);
        if (row.old && within(now, span_of(row.old->values, row.id))) return;  // what stands is not judged again
        assignments_.check(row, "position", now);
    }
    void take(ImportRow& row) override { assignments_.take(span_of(row.values, row.id)); }
    void complete_key(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_employee] || v[k_starts_on]) return;
        const auto person = find_row(w_->db(), employee::record(), v[k_employee].n, {});
        const Value& hired = person->values[employee::record().index("hired_on")];
        v[k_starts_on] = hired ? hired : Value::of(std::int64_t{w_->today().days});
    }

private:
    /// ORG-040: who stands in does so until a day and up to an amount that are said; what stands is not judged again.
    void check_acting(ImportRow& row) {
        auto& v = row.values;
        if (!v[k_ends_on] && (!row.old || row.old->values[k_ends_on]))
            row.problem("ends_on", "ORG-040", tr("who acts for somebody does so until a day that is named"));
        if (v[k_approves_to] || !v[k_position] || (row.old && !row.old->values[k_approves_to])) return;
        if (const auto action = authority_of(v[k_position].n, Date{static_cast<std::int32_t>(v[k_starts_on].n)});
            !action.empty())
            row.problem("approves_to", "ORG-040",
                        say("{code} has the authority \"{action}\": say how much who acts may approve, 0 for nothing",
                            fmt::arg("code", number_of(w_->db(), position::record(), v[k_position].n)),
                            fmt::arg("action", action)));
    }
    /// An action that the job description in force on the day lets the position approve; empty: none.
    std::string authority_of(std::int64_t position, Date day) {
        const auto place = find_row(w_->db(), position::record(), position, AsOf{day});
        const auto version = to_struct<Position>(position::record(), *place).job_version;
        std::string action;
        if (version)
            each_row_of(w_->db(), job::record(), "position", position, AsOf{day}, [&](const Row& row) {
                const auto line = to_struct<Job>(job::record(), row);
                if (line.version == *version && line.kind == Job::Kind::authority && !row.voided(day))
                    action = line.text;
            });
        return action;
    }

    Workspace* w_ = nullptr;
    org::Assignments assignments_;
};

}  // namespace

void org::Assignments::begin(Workspace& w) {
    w_ = &w;
    headcounts_.reset();
    loaded_ = false;
    by_employee_.clear();
    by_position_.clear();
}

void org::Assignments::load() {
    if (loaded_) return;
    loaded_ = true;
    each_row(w_->db(), assignment::record(), {}, [&](const Row& row) {
        if (!row.voided_on) take(span_of(row.values, row.id));
    });
}

void org::Assignments::take(const Span& s) {
    load();
    const auto put = [&](std::vector<Span>& spans) {
        const auto it = std::find_if(spans.begin(), spans.end(), [&](const Span& o) { return o.id && o.id == s.id; });
        it == spans.end() ? spans.push_back(s) : void(*it = s);
    };
    put(by_employee_[s.employee]);
    put(by_position_[s.position]);
}

void org::Assignments::check(ImportRow& row, std::string_view field, const Span& s) {
    for (auto why : {overlapping(s), overfull(s)})
        if (why) row.problem(field, why->rule, std::move(why->message), std::move(why->hint));
}

std::optional<Problem> org::Assignments::fault(const Span& s) {
    auto why = overlapping(s);
    return why ? why : overfull(s);
}

std::optional<Problem> org::Assignments::overlapping(const Span& s) {
    load();
    for (const Span& o : by_employee_[s.employee]) {
        if ((s.id && o.id == s.id) || !overlap(o, s)) continue;
        const bool both = s.kind == Assignment::Kind::primary && o.kind == s.kind;
        if (!both && o.position != s.position) continue;
        const auto since = to_string(std::max(o.from, s.from));
        const auto code = number_of(w_->db(), position::record(), o.position);
        const auto day = fmt::arg("day", since), position = fmt::arg("position", code);
        const auto number = number_of(w_->db(), assignment::record(), o.id);
        return Problem{
            .rule = both ? "ORG-023" : "ORG-050",
            .message = both ? say("on {day} the employee has another primary position, {position}", day, position)
                            : say("on {day} the employee holds {position} already", day, position),
            .hint = number.empty() ? std::string()
                                   : say("end that one the day before: agency assignment end {number} --on DAY",
                                         fmt::arg("number", number))};
    }
    return std::nullopt;
}

std::optional<std::pair<Date, std::int64_t>> org::Assignments::first_above(std::int64_t position, const Days& days,
                                                                           std::int64_t left_out, std::int64_t more,
                                                                           std::int64_t most) {
    load();
    const auto& held = by_position_[position];
    const auto counts = [&](const Span& o) {
        return o.kind != Assignment::Kind::acting && (!left_out || o.id != left_out);
    };
    std::set<Date> starts{days.from};
    for (const Span& o : held)
        if (counts(o) && o.from > days.from && o.from <= days.to) starts.insert(o.from);
    for (const Date day : starts) {
        const auto heads = more + std::count_if(held.begin(), held.end(), [&](const Span& o) {
                               return counts(o) && o.from <= day && day <= o.to;
                           });
        if (heads > most) return std::pair(day, heads);
    }
    return std::nullopt;
}

std::string org::Assignments::above(std::int64_t position, Date from, std::int64_t headcount) {
    const auto next = later_change(w_->db(), position::record(), position, "headcount", from);
    const auto found = first_above(position, {from, next ? *next + -1 : last_day}, 0, 0, headcount);
    if (!found) return {};
    return say("on {day} {heads} {heads:person holds|people hold} it; the headcount is {headcount} then",
               fmt::arg("day", to_string(found->first)), fmt::arg("heads", Count(found->second)),
               fmt::arg("headcount", headcount));
}

/// ORG-020: the position is there on the first day. ORG-021: on every day, those who hold it for themselves are at most
/// its headcount.
std::optional<Problem> org::Assignments::overfull(const Span& s) {
    if (s.kind == Assignment::Kind::acting) return std::nullopt;
    const Record& r = position::record();
    const auto found = find_row(w_->db(), r, s.position, AsOf{s.from});
    const Date first = day_or(found->values[r.index("valid_from")], beginning),
               last = day_or(found->values[r.index("valid_to")], last_day);
    const auto code = found->values[r.index("code")].s;
    if (s.from < first || s.from > last || found->voided(s.from))
        return Problem{.rule = "ORG-020",
                       .message = say("position {code} is closed on {day}", fmt::arg("code", code),
                                      fmt::arg("day", to_string(s.from))),
                       .hint = say("see: agency position show {code}", fmt::arg("code", code))};
    if (!headcounts_) headcounts_.emplace(w_->db(), r, "headcount", AsOf{});
    const auto entered = find_row(w_->db(), r, s.position, AsOf{beginning});
    for (const Term& term : headcounts_->of(s.position, entered->values[r.index("headcount")].n)) {
        const Days days = common(term.days, {s.from, s.to});
        if (days.none()) continue;
        if (const auto above = first_above(s.position, days, s.id, 1, term.value))
            return Problem{
                .rule = "ORG-021",
                .message = say("on {day} position {code} would have {heads} holders; its headcount is {headcount}",
                               fmt::arg("day", to_string(above->first)), fmt::arg("code", code),
                               fmt::arg("heads", above->second), fmt::arg("headcount", term.value)),
                .hint = say("end another assignment first, or raise the headcount: agency position edit {code} --set "
                            "headcount={heads} --effective {day}",
                            fmt::arg("day", to_string(above->first)), fmt::arg("code", code),
                            fmt::arg("heads", above->second))};
    }
    return std::nullopt;
}

namespace {

/// What an undo gives back or prolongs breaks no rule: ORG-020, ORG-021, ORG-023 and ORG-050.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    const Record& r = assignment::record();
    std::vector<std::int64_t> ids(touched.begin(), touched.end());
    db.each(
        "SELECT id FROM assignment WHERE id BETWEEN $1 AND $2 AND undone = 0",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, first, last);
    org::Assignments assignments;
    assignments.begin(op.workspace());
    for (const auto id : ids) {
        const auto is = find_row(db, r, id, {}), was = find_row(db, r, id, AsOf{last_day, op.id() - 1});
        if (is->voided_on) continue;
        const auto now = span_of(is->values, id);
        if (was && !was->voided_on && within(now, span_of(was->values, id))) continue;
        const auto why = assignments.fault(now);
        if (!why) continue;
        const auto number = is->values[k_number].s;
        throw Error(Exit::refused,
                    say("assignment {number}: {why}", fmt::arg("number", number), fmt::arg("why", why->message)),
                    tr("end or void what stands against it first"))
            .with_rule(why->rule)
            .with_ref(std::string(number));
    }
}

}  // namespace

const Record& assignment::record() {
    static const Record r{.noun = N_("assignment"),
                          .plural = N_("assignments"),
                          .en = "Assignment",
                          .zh = "任职",
                          .fields = fields,
                          .key_parts = key_parts,
                          .ends = "ends_on",
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> assignment::row_rules() {
    return std::make_unique<AssignmentRules>();
}

void assignment::end(Workspace& w, std::string_view number, Date day, std::string_view command) {
    Operation op(w, "assignment.end", number, command);
    const auto row = get_row(w.db(), record(), number, {});
    const Value& ends = row.values[k_ends_on];
    if (row.voided_on || (ends && ends.n < day.days))
        throw Error(Exit::refused, say("assignment {number} has ended before", fmt::arg("number", number)))
            .with_ref(number);
    if (row.values[k_starts_on].n > day.days)
        throw Error(Exit::refused, say("assignment {number} begins later than {day}", fmt::arg("number", number),
                                       fmt::arg("day", to_string(day))))
            .with_rule("ORG-050")
            .with_ref(number);
    add_change(op, record(), row.id, record().field("ends_on"), Value::of(std::int64_t{day.days}), day);
    op.commit();
}

}  // namespace agency
