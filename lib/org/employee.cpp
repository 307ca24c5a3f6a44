#include "org/employee.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/span_rules.hpp"
#include "project/facts.hpp"

namespace agency::employee {
namespace {

constexpr std::string_view number_aliases[] = {"工号",        "员工号", "employee number",
                                               "employee no", "emp no", "staff no"};
constexpr std::string_view name_aliases[] = {"员工姓名", "员工", "employee", "employee name"};
constexpr std::string_view position_aliases[] = {"主岗", "岗位编号", "岗位编码", "岗位代码"};
constexpr std::string_view hired_aliases[] = {"入职时间", "到岗日期", "hire date", "start date"};
constexpr std::string_view left_aliases[] = {"离职时间", "leave date", "end date"};
constexpr std::string_view email_aliases[] = {"邮箱", "电子邮箱", "mail"},
                           phone_aliases[] = {"手机", "手机号", "手机号码", "联系电话"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Employee::number>, "Number", "员工编号",
          N_("Number by which people and files name the employee")}
        .required()
        .fixed()
        .also(number_aliases),
    Field{"name", FieldType::text, member<&Employee::name>, "Name", "姓名", N_("Name as in the identity document")}
        .required()
        .dated()
        .also(name_aliases),
    Field{"position", FieldType::reference, member<&Employee::position>, "Position", "岗位",
          N_("Position held from the day of hiring on: makes the primary assignment; later ones stand there")}
        .as_entered()
        .also(position_aliases)
        .refers_to(position::record),
    Field{"hired_on", FieldType::day, member<&Employee::hired_on>, "Hired", "入职日期",
          N_("First day of employment; empty: unknown")}
        .also(hired_aliases),
    Field{"left_on", FieldType::day, member<&Employee::left_on>, "Left", "离职日期",
          N_("Last day of employment; empty: still there")}
        .also(left_aliases),
    Field{"email", FieldType::text, member<&Employee::email>, "Email", "电子邮件", N_("Mail address")}.also(
        email_aliases),
    Field{"phone", FieldType::text, member<&Employee::phone>, "Phone", "电话", N_("Telephone number as dialled")}.also(
        phone_aliases),
    Field{"note", FieldType::text, member<&Employee::note>, "Note", "备注", N_("Anything else")},
};
enum { k_number, k_name, k_position, k_hired_on, k_left_on };

/// A primary assignment from the day of hiring (or today) to that of leaving.
void assign(Operation& op, std::int64_t id, const std::vector<Value>& e) {
    const Record& r = assignment::record();
    const Date from = e[k_hired_on] ? Date{static_cast<std::int32_t>(e[k_hired_on].n)} : op.workspace().today();
    const auto number = fmt::format("{}/{}/{}", number_of(op.db(), record(), id),
                                    number_of(op.db(), position::record(), e[k_position].n), to_string(from));
    std::vector<Value> v(r.fields.size());
    v[r.index("number")] = Value::of(std::string_view(number));
    v[r.index("employee")] = Value::of(id);
    v[r.index("position")] = e[k_position];
    v[r.index("kind")] = Value::of(static_cast<std::int64_t>(Assignment::Kind::primary));
    v[r.index("fte")] = Value::of(std::int64_t{100});
    v[r.index("starts_on")] = Value::of(std::int64_t{from.days});
    v[r.index("ends_on")] = e[k_left_on];
    write_record(op, r, v);
}

/// The assignments of a person that go on after the day before `from`, in force.
std::vector<Row> open_assignments(db::Session& db, std::int64_t employee, Date from) {
    std::vector<std::int64_t> ids;
    db.each(
        "SELECT id FROM assignment WHERE employee = $1 ORDER BY id",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, employee);
    std::vector<Row> open;
    const Record& r = assignment::record();
    for (const auto id : ids) {
        auto row = find_row(db, r, id, {});
        const Value& ends = row->values[r.index("ends_on")];
        if (!row->voided_on && (!ends || ends.n >= from.days)) open.push_back(std::move(*row));
    }
    return open;
}

void end_assignment(Operation& op, const Row& row, Date last) {
    const Record& r = assignment::record();
    if (row.values[r.index("starts_on")].n > last.days)
        throw Error(Exit::refused,
                    say("assignment {number} begins later than {day}",
                        fmt::arg("number", row.values[r.index("number")].s), fmt::arg("day", to_string(last))),
                    tr("void it first"))
            .with_rule("ORG-050");
    add_change(op, r, row.id, r.field("ends_on"), Value::of(std::int64_t{last.days}), last);
}

/// ORG-050, and the assignments that come with employees; what those must keep is asked of their own rules.
class Rules final : public RowRules {
public:
    std::span<const std::string_view> acceptable() const override { return assignments_.acceptable(); }
    void begin(Workspace& w, const ImportOptions&) override {
        assignments_.begin(w);
        db_ = &w.db();
        today_ = w.today();
        new_.clear();
        left_.clear();
    }
    void check(ImportRow& row) override {
        org::check_span(row, record(), "hired_on", "left_on");
        if (const auto last = leaves_on(row); last && !row.bad) {
            check_leaving(row, *last);
            if (auto why = project::still_leads(*db_, row.old->id, *last); !why.empty())
                row.warning("left_on", "PRJ-001", std::move(why));
        }
        if (row.old || row.bad || !row.values[k_position]) return;
        assignments_.check(row, "position", span_of(row));
    }
    void take(ImportRow& row) override {
        if (const auto last = leaves_on(row)) left_.emplace_back(row.id, *last);
        if (row.old || !row.values[k_position]) return;
        assignments_.take(span_of(row));
        std::vector<Value> kept = row.values;
        for (Value& v : kept)
            if (v.kind == Value::Kind::text) v = {};
        new_.emplace_back(row.id, std::move(kept));
    }
    void after_insert(Operation& op, std::uint32_t) override {
        for (const auto& [id, values] : new_) assign(op, id, values);
        for (const auto& [id, last] : left_)
            for (const Row& open : open_assignments(*db_, id, last + 1)) end_assignment(op, open, last);
    }

private:
    org::Span span_of(const ImportRow& row) const {
        const auto& v = row.values;
        org::Span s{row.id, v[k_position].n};
        s.from = v[k_hired_on] ? Date{static_cast<std::int32_t>(v[k_hired_on].n)} : today_;
        if (v[k_left_on]) s.to = Date{static_cast<std::int32_t>(v[k_left_on].n)};
        return s;
    }

    /// The last day that a row gives to somebody who had none, or a later one.
    static std::optional<Date> leaves_on(const ImportRow& row) {
        const Value& last = row.values[k_left_on];
        if (!row.old || !last) return std::nullopt;
        const Value& before = row.old->values[k_left_on];
        if (before && before.n <= last.n) return std::nullopt;
        return Date{static_cast<std::int32_t>(last.n)};
    }
    /// What is held ends with the employment; what begins only later cannot.
    void check_leaving(ImportRow& row, Date last) {
        const Record& r = assignment::record();
        for (const Row& open : open_assignments(*db_, row.id, last + 1))
            if (open.values[r.index("starts_on")].n > last.days)
                row.problem("left_on", "ORG-050",
                            say("assignment {number} begins later than {day}",
                                fmt::arg("number", open.values[r.index("number")].s), fmt::arg("day", to_string(last))),
                            say("void it first: agency assignment void {number} --reason TEXT",
                                fmt::arg("number", open.values[r.index("number")].s)));
    }

    org::Assignments assignments_;
    db::Session* db_ = nullptr;
    Date today_;
    std::vector<std::pair<std::int64_t, std::vector<Value>>> new_;
    std::vector<std::pair<std::int64_t, Date>> left_;  ///< who leaves, and the last day
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("employee"),
                          .plural = N_("employees"),
                          .en = "Employee",
                          .zh = "员工",
                          .fields = fields,
                          .name = "name",
                          .ends = "left_on"};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

std::string leave(Workspace& w, std::string_view number, Date last, std::string_view reason, std::string_view command) {
    Operation op(w, "employee.leave", number, command);
    const auto row = get_row(w.db(), record(), number, {});
    if (row.voided_on || row.values[k_left_on])
        throw Error(Exit::refused, say("employee {number} is not employed any more", fmt::arg("number", number)))
            .with_ref(number);
    if (row.values[k_hired_on] && row.values[k_hired_on].n > last.days)
        throw Error(Exit::refused, say("employee {number} is hired later than {day}", fmt::arg("number", number),
                                       fmt::arg("day", to_string(last))))
            .with_rule("ORG-050")
            .with_ref(number);
    for (const Row& open : open_assignments(w.db(), row.id, last + 1)) end_assignment(op, open, last);
    add_change(op, record(), row.id, record().field("left_on"), Value::of(std::int64_t{last.days}), last);
    if (!reason.empty()) op.audit("leave", "employee", row.id, "", json_of("reason", reason));
    auto warning = project::still_leads(w.db(), row.id, last);
    op.commit();
    return warning;
}

void transfer(Workspace& w, std::string_view number, std::string_view to, Date from, std::string_view command) {
    Operation op(w, "employee.transfer", number, command);
    const Record& r = assignment::record();
    const auto row = get_row(w.db(), record(), number, {});
    const auto target = get_row(w.db(), position::record(), to, AsOf{from});
    for (const Row& open : open_assignments(w.db(), row.id, from))
        if (open.values[r.index("kind")].n == static_cast<std::int64_t>(Assignment::Kind::primary))
            end_assignment(op, open, from + -1);
    op.join();
    const auto rules = assignment::row_rules();
    ImportOptions options;
    options.command = command;
    add_record(w, r, *rules,
               {{"employee", std::string(number)}, {"position", std::string(to)}, {"starts_on", to_string(from)}},
               options, [](const Problem&) {});
    op.commit();
}

}  // namespace agency::employee
