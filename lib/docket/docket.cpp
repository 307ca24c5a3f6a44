#include "docket/docket.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "org/people.hpp"
#include "org/superior.hpp"
#include "record/store.hpp"

namespace agency::docket {
namespace {

using Status = Docket::Status;

constexpr std::string_view number_aliases[] = {"期限编号"}, matter_aliases[] = {"案号", "案件", "项目编号", "case"},
                           rule_aliases[] = {"规则代码", "rule code"}, title_aliases[] = {"事项"},
                           client_aliases[] = {"客户名称", "委托人", "client code"},
                           trigger_aliases[] = {"触发日", "触发日期", "trigger date"},
                           due_aliases[] = {"到期日", "到期日期", "due date", "deadline"},
                           responsible_aliases[] = {"承办人", "owner"}, backup_aliases[] = {"备份人", "second person"};
constexpr std::string_view posted_words[] = {"信函"}, electronic_words[] = {"电子送达"};
constexpr Word served_words[] = {{"electronic", "电子", electronic_words}, {"posted", "邮寄", posted_words}};
constexpr Word calendar_words[] = {{"loaded", "已载入"}, {"missing", "未载入"}};
constexpr Word statuses[] = {{"open", "未办"},
                             {"done", "已办待核"},
                             {"completed", "已核结"},
                             {"abandoning", "放弃待核"},
                             {"abandoned", "已放弃"}};
constexpr std::string_view key_parts[] = {"matter", "rule", "trigger_on"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Docket::number>, "Number", "编号",
          N_("Number of the deadline; default matter, rule and trigger day")}
        .filled()
        .fixed()
        .also(number_aliases),
    Field{"matter", FieldType::text, member<&Docket::matter>, "Matter", "事务",
          N_("The case or project that it belongs to")}
        .required()
        .fixed()
        .also(matter_aliases),
    Field{"rule", FieldType::text, member<&Docket::rule>, "Rule", "规则",
          N_("Code of the rule, see docket rules; empty: agreed, then due_on and title are given")}
        .fixed()
        .also(rule_aliases),
    Field{"version", FieldType::reference, member<&Docket::version>, "Version", "规则版本",
          N_("The version of the rule that applies to the trigger day")}
        .fixed()
        .by_verb_only()
        .refers_to(rule_record),
    Field{"title", FieldType::text, member<&Docket::title>, "Title", "名称",
          N_("What is to be done; default the rule's")}
        .filled()
        .also(title_aliases),
    Field{"client", FieldType::reference, member<&Docket::client>, "Client", "客户", N_("For whom")}
        .required()
        .fixed()
        .also(client_aliases)
        .refers_to(client::record),
    Field{"trigger_on", FieldType::day, member<&Docket::trigger_on>, "Trigger day", "起算日",
          N_("Day of the event that starts the period; it is not counted")}
        .required()
        .fixed()
        .also(trigger_aliases),
    Field{"served", FieldType::choice, member<&Docket::served>, "Served", "送达方式",
          N_("How the paper came; a posted one counts as received later where the rule says so; default electronic")}
        .filled()
        .fixed()
        .one_of(served_words),
    Field{"due_on", FieldType::day, member<&Docket::due_on>, "Due", "期限届满日",
          N_("Last day (first, of a rule that says when at the earliest); by the rule, and moved only by docket move")}
        .filled()
        .dated()
        .also(due_aliases),
    Field{"calendar", FieldType::choice, member<&Docket::calendar>, "Calendar", "日历",
          N_("Whether the working calendar of the due day was known when it was computed")}
        .filled()
        .dated()
        .by_verb_only()
        .one_of(calendar_words),
    Field{"responsible", FieldType::reference, member<&Docket::responsible>, "Responsible", "责任人",
          N_("Who sees to it: an employee's number, in files also the exact name")}
        .required()
        .dated()
        .also(responsible_aliases)
        .refers_to(employee::record),
    Field{"backup", FieldType::reference, member<&Docket::backup>, "Backup", "复核人",
          N_("Who sees to it that it is seen to; another employee")}
        .required()
        .dated()
        .also(backup_aliases)
        .refers_to(employee::record),
    Field{"status", FieldType::choice, member<&Docket::status>, "Status", "状态", N_("State of the lifecycle")}
        .filled()
        .dated()
        .by_verb_only()
        .one_of(statuses),
    Field{"done_by", FieldType::text, member<&Docket::done_by>, "Done by", "办理人",
          N_("Who did it; another person confirms")}
        .dated()
        .by_verb_only(),
    Field{"proof", FieldType::text, member<&Docket::proof>, "Proof", "办结凭证",
          N_("What shows that it was done, or that the client gave it up")}
        .dated()
        .by_verb_only(),
    Field{"evidence", FieldType::text, member<&Docket::evidence>, "Evidence", "变更依据",
          N_("What shows that the day was moved")}
        .dated()
        .by_verb_only(),
    Field{"trace", FieldType::text, member<&Docket::trace>, "Trace", "计算过程", N_("How the due day was computed")}
        .dated()
        .by_verb_only(),
    Field{"note", FieldType::text, member<&Docket::note>, "Note", "备注", N_("Anything else")},
};
enum {
    k_number,
    k_matter,
    k_rule,
    k_version,
    k_title,
    k_client,
    k_trigger_on,
    k_served,
    k_due_on,
    k_calendar,
    k_responsible,
    k_backup,
    k_status,
    k_done_by,
    k_proof,
    k_evidence,
    k_trace,
    k_note
};

Date day_of_value(const Value& v) {
    return Date{static_cast<std::int32_t>(v.n)};
}

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        w_ = &w;
        book_ = std::make_unique<RuleBook>(w.db());
        calendar_ = Calendar::load(w.db());
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (v[k_responsible] && v[k_backup] && v[k_responsible].n == v[k_backup].n)
            row.problem("backup", "DKT-002", tr("the backup is another person than the responsible one"));
        for (const auto k : {k_responsible, k_backup})
            if (v[k] && (!row.old || row.old->values[k].n != v[k].n)) check_person(row, fields[k].key, v[k].n);
        if (row.old) {
            if (v[k_due_on] != row.old->values[k_due_on])
                row.problem("due_on", "DKT-001", tr("the day of a deadline is moved with evidence"),
                            say("move it: agency docket move {number} --to DAY --evidence TEXT",
                                fmt::arg("number", v[k_number].s)));
            return;
        }
        if (!v[k_served]) v[k_served] = Value::of(static_cast<std::int64_t>(Docket::Served::electronic));
        v[k_status] = Value::of(static_cast<std::int64_t>(Status::open));
        v[k_calendar] = Value::of(static_cast<std::int64_t>(Docket::CalendarState::loaded));
        if (v[k_rule])
            by_rule(row);
        else if (!v[k_due_on])
            row.problem("due_on", "", tr("without a rule the due day is given"));
    }

private:
    /// Who has left, or has not come yet, sees to nothing.
    void check_person(ImportRow& row, std::string_view field, std::int64_t id) {
        if (auto why = org::absence(w_->db(), id, w_->today(), w_->today()); !why.empty())
            row.problem(field, "DKT-005", std::move(why));
    }
    void by_rule(ImportRow& row) {
        auto& v = row.values;
        if (!v[k_trigger_on]) return;
        const auto code = v[k_rule].s;
        const auto trigger = day_of_value(v[k_trigger_on]);
        const auto* rule = book_->find(code, trigger);
        if (!rule) {
            const auto near = nearest(code, book_->codes());
            return row.problem("rule", "",
                               book_->has(code) ? say("rule {rule} is not in force for a trigger on {day}",
                                                      fmt::arg("rule", code), fmt::arg("day", to_string(trigger)))
                               : near.empty()   ? say("there is no rule \"{rule}\"; agency docket rules lists them",
                                                      fmt::arg("rule", code))
                                                : say("there is no rule \"{rule}\"; did you mean {near}?",
                                                      fmt::arg("rule", code), fmt::arg("near", near)));
        }
        v[k_version] = Value::of(rule->id.value);
        if (!v[k_title]) v[k_title] = Value::of(std::string_view(rule->title));
        try {
            const auto d = compute(term_of(*rule), trigger, v[k_served].n != 0, *calendar_);
            accept(row, *rule, d);
        } catch (const Error& e) {
            if (e.rule.empty()) throw;
            row.problem("trigger_on", e.rule, e.what(), e.hint);
        }
    }
    void accept(ImportRow& row, const DeadlineRule& rule, const Deadline& d) {
        auto& v = row.values;
        trace_ = d.trace;
        v[k_trace] = Value::of(std::string_view(trace_));
        if (!d.loaded) {
            v[k_calendar] = Value::of(static_cast<std::int64_t>(Docket::CalendarState::missing));
            row.warning("due_on", "CAL-001",
                        say("the working calendar of {year} is not loaded; {day} is the day by the count, and docket "
                            "recompute moves it once the calendar is there",
                            fmt::arg("year", d.nominal.year()), fmt::arg("day", to_string(d.due))));
        }
        const bool latest = rule.bound == DeadlineRule::Bound::latest;
        if (v[k_due_on] && (latest ? v[k_due_on].n > d.due.days : v[k_due_on].n < d.due.days))
            row.problem(
                "due_on", "DKT-001",
                say("by rule {rule} it is {day}", fmt::arg("rule", rule.code), fmt::arg("day", to_string(d.due))));
        else if (v[k_due_on] && v[k_due_on].n != d.due.days)
            row.warning("due_on", "",
                        say("by rule {rule} it is {day}; the safer day is kept", fmt::arg("rule", rule.code),
                            fmt::arg("day", to_string(d.due))));
        else
            v[k_due_on] = Value::of(std::int64_t{d.due.days});
    }

    Workspace* w_ = nullptr;
    std::unique_ptr<RuleBook> book_;
    std::optional<Calendar> calendar_;
    std::string trace_;
};

void set_text(const Move& m, std::string_view field, std::string_view text) {
    write_change(m.op, record(), m.row.id, record().field(field), text.empty() ? Value{} : Value::of(text), m.day);
}

void note_done(const Move& m) {
    set_text(m, "done_by", m.op.workspace().actor());
    set_text(m, "proof", m.reason);
}

/// Whether two names under which somebody acted are one person's: the same, or an employee's number and name.
bool same_person(db::Session& db, std::string_view a, std::string_view b) {
    bool same = a == b;
    each_row(db, employee::record(), {}, [&](const Row& row) {
        const auto e = to_struct<Employee>(employee::record(), row);
        same = same || (org::acts_as(a, e) && org::acts_as(b, e));
    });
    return same;
}

/// Where employees are kept, the second person is one of them and is employed.
void require_employed(const Move& m) {
    auto& w = m.op.workspace();
    bool any = false;
    std::string why;
    each_row(w.db(), employee::record(), {}, [&](const Row& row) {
        if (row.voided_on || (any && why.empty())) return;
        const bool acts = org::acts_as(w.actor(), to_struct<Employee>(employee::record(), row));
        any = true;
        why = acts ? org::absence(w.db(), row.id, w.today(), w.today())
                   : say("it is confirmed by an employee, and {person} is none", fmt::arg("person", w.actor()));
    });
    if (!why.empty())
        throw Error(Exit::refused, std::move(why), tr("who acts is named with --actor, by number or name"))
            .with_rule("DKT-002")
            .with_ref(m.row.values[k_number].s);
}

void second_person(const Move& m) {
    const auto& by = m.row.values[k_done_by].s;
    require_employed(m);
    if (same_person(m.op.db(), m.op.workspace().actor(), by))
        throw Error(Exit::refused,
                    say("{number} was done by {person}, and another person confirms it",
                        fmt::arg("number", m.row.values[k_number].s), fmt::arg("person", by)),
                    tr("let a second person look at the proof and run the command"))
            .with_rule("DKT-002")
            .with_ref(m.row.values[k_number].s);
}

void undo_done(const Move& m) {
    set_text(m, "done_by", "");
    set_text(m, "proof", "");
}

constexpr Transition transitions[] = {
    {"done", states_of({Status::open}), static_cast<std::uint8_t>(Status::done), N_("It was done, with proof"),
     N_("proof is given"), note_done, true},
    {"confirm", states_of({Status::done}), static_cast<std::uint8_t>(Status::completed),
     N_("A second person has seen the proof"), N_("another person than who did it (DKT-002)"), second_person},
    {"abandon", states_of({Status::open}), static_cast<std::uint8_t>(Status::abandoning),
     N_("The client gives it up, with proof"), N_("the client's word is given"), note_done, true},
    {"confirm-abandon", states_of({Status::abandoning}), static_cast<std::uint8_t>(Status::abandoned),
     N_("A second person has seen the client's word"), N_("another person than who did it (DKT-002)"), second_person},
    {"return", states_of({Status::done, Status::abandoning}), static_cast<std::uint8_t>(Status::open),
     N_("The proof does not hold; it is open again"), "", undo_done, true},
};

/// Whether all that `taken` operation ids of the docket by this undo were entered today: a slip of the day.
bool of_today(Operation& op, std::string_view table, std::int64_t id) {
    bool all = true;
    op.db().each(
        "SELECT o.recorded_at FROM " + std::string(table) +
            " AS d JOIN operation AS o ON o.id = d.operation WHERE d.id = $1 AND o.undone_by = $2",
        [&](db::Statement& s) {
            const auto& w = op.workspace();
            const auto at = parse_instant(s.string(0));
            all = all && at && day_of(*at, w.rules().zone_minutes) == w.today();
        },
        id, op.id());
    return all;
}

/// After an undo: DKT-001. What was entered or moved by mistake is taken back on its own day; later a deadline by law
/// is there to stay, and its day goes away from the safe side only with evidence, as in docket move.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    const auto refuse = [&](std::int64_t id, std::string why, std::string hint) {
        return Error(Exit::refused, std::move(why), std::move(hint))
            .with_rule("DKT-001")
            .with_ref(number_of(db, record(), id));
    };
    std::vector<std::int64_t> gone;
    db.each(
        "SELECT id FROM docket WHERE id BETWEEN $1 AND $2 AND undone <> 0 AND rule IS NOT NULL ORDER BY id",
        [&](db::Statement& s) { gone.push_back(s.integer(0)); }, first, last);
    for (const auto id : gone)
        if (!of_today(op, "docket", id))
            throw refuse(id,
                         say("deadline {number} is one by law and is never deleted",
                             fmt::arg("number", number_of(db, record(), id))),
                         tr("end it with docket done or docket abandon, each with proof and confirmed by a second "
                            "person"));
    const RuleBook book(db);
    for (const auto id : touched) {
        const auto now = find_row(db, record(), id, {}),
                   before = find_row(db, record(), id, AsOf{last_day, op.id() - 1});
        if (!now || !before || now->voided_on) continue;
        const auto d = to_struct<Docket>(record(), *now);
        const auto was = to_struct<Docket>(record(), *before).due_on;
        const auto* rule = d.version ? book.find(d.version) : nullptr;
        const bool earliest = rule && rule->bound == DeadlineRule::Bound::earliest;
        if ((earliest ? d.due_on >= was : d.due_on <= was) || !trim(d.evidence).empty()) continue;
        if (!of_today(op, "docket_change", id))
            throw refuse(id,
                         say(earliest ? N_("deadline {number} moves from {from} to the earlier {to} only with evidence")
                                      : N_("deadline {number} moves from {from} to the later {to} only with evidence"),
                             fmt::arg("number", d.number), fmt::arg("from", to_string(was)),
                             fmt::arg("to", to_string(d.due_on))),
                         say("agency docket move {number} --to {to} --evidence TEXT", fmt::arg("number", d.number),
                             fmt::arg("to", to_string(d.due_on))));
    }
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("docket"),
                          .plural = N_("dockets"),
                          .en = "Deadline",
                          .zh = "期限",
                          .fields = fields,
                          .key_parts = key_parts,
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

const Workflow workflow{record, transitions, "DKT-003"};

void void_docket(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
                 std::string_view command) {
    Operation op(w, "docket.void", number, command);
    const auto row = get_row(w.db(), record(), number, {});
    if (row.values[k_rule])
        throw Error(Exit::refused,
                    say("deadline {number} is one by law and is never deleted", fmt::arg("number", number)),
                    tr("end it with docket done or docket abandon, each with proof and confirmed by a second person"))
            .with_rule("DKT-001")
            .with_ref(number);
    if (row.voided_on)
        throw Error(Exit::refused, say("deadline {number} is voided already", fmt::arg("number", number)))
            .with_ref(number);
    add_void(op, record(), row.id, day.value_or(beginning), reason);
    op.commit();
}

void move_due(Workspace& w, std::string_view number, Date to, std::string_view evidence, std::string_view command) {
    Operation op(w, "docket.move", number, command);
    const Record& r = record();
    const auto row = get_row(w.db(), r, number, {});
    const auto d = to_struct<Docket>(r, row);
    if (d.status != Status::open)
        throw Error(Exit::refused,
                    say("deadline {number} is {state}, not open", fmt::arg("number", number),
                        fmt::arg("state", statuses[static_cast<std::size_t>(d.status)].word)),
                    tr("return it first: agency docket return NUMBER --reason TEXT"))
            .with_ref(number);
    const RuleBook book(w.db());
    const auto* rule = d.version ? book.find(d.version) : nullptr;
    const bool earliest = rule && rule->bound == DeadlineRule::Bound::earliest;  // not before it, instead of until then
    if ((earliest ? to < d.due_on : to > d.due_on) && trim(evidence).empty())
        throw Error(
            Exit::refused,
            say(earliest ? N_("deadline {number} moves from {from} to the earlier {to} only with evidence")
                         : N_("deadline {number} moves from {from} to the later {to} only with evidence"),
                fmt::arg("number", number), fmt::arg("from", to_string(d.due_on)), fmt::arg("to", to_string(to))),
            tr("name it with --evidence, e.g. the notice of extension"))
            .with_rule("DKT-001")
            .with_ref(number);
    const auto trace = (d.trace.empty() ? to_string(d.due_on) : d.trace) + "; moved -> " + to_string(to);
    const auto today = w.today();
    add_change(op, r, row.id, r.field("due_on"), Value::of(std::int64_t{to.days}), today);
    // What it stands on beyond its rule stays named when it comes back a little.
    if (!evidence.empty()) add_change(op, r, row.id, r.field("evidence"), Value::of(evidence), today);
    write_change(op, r, row.id, r.field("trace"), Value::of(std::string_view(trace)), today);
    op.commit();
}

}  // namespace agency::docket
