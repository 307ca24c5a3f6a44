#include "leave/leave.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/superior.hpp"

namespace agency::leave {
namespace {

constexpr std::string_view number_aliases[] = {"请假单号", "leave number"};
constexpr std::string_view employee_aliases[] = {"员工编号", "工号", "姓名", "请假人", "employee number"};
constexpr std::string_view kind_aliases[] = {"请假类型", "假期类型", "leave type"};
constexpr std::string_view starts_aliases[] = {"开始", "请假开始", "from", "start date"};
constexpr std::string_view ends_aliases[] = {"结束", "请假结束", "to", "end date"};
constexpr std::string_view hours_aliases[] = {"请假小时"}, status_aliases[] = {"审批状态"};
constexpr std::string_view annual[] = {"年假", "annual leave"}, sick[] = {"sick leave"},
                           personal[] = {"personal leave"}, maternity[] = {"maternity leave"},
                           paternity[] = {"护理假", "paternity leave"}, approved_words[] = {"同意", "通过", "已通过"},
                           cancelled_words[] = {"已撤销"};
constexpr Word kinds[] = {{"annual", "年休假", annual},     {"sick", "病假", sick},
                          {"personal", "事假", personal},   {"marriage", "婚假"},
                          {"maternity", "产假", maternity}, {"paternity", "陪产假", paternity},
                          {"bereavement", "丧假"},          {"other", "其他假"}};
constexpr Word statuses[] = {{N_("requested"), "待批准"},
                             {N_("approved"), "已批准", approved_words},
                             {N_("rejected"), "已驳回"},
                             {N_("cancelled"), "已取消", cancelled_words}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Leave::number>, "Number", "编号",
          N_("Number of the leave; default LV- and the next number")}
        .fixed()
        .also(number_aliases),
    Field{"employee", FieldType::reference, member<&Leave::employee>, "Employee", "员工",
          N_("Who is away: a number, in files also the exact name")}
        .required()
        .fixed()
        .also(employee_aliases)
        .refers_to(employee::record),
    Field{"kind", FieldType::choice, member<&Leave::kind>, "Kind", "假别", N_("Kind of leave")}
        .required()
        .also(kind_aliases)
        .one_of(kinds),
    Field{"starts_on", FieldType::day, member<&Leave::starts_on>, "Starts", "开始日期", N_("First day away")}
        .required()
        .also(starts_aliases),
    Field{"ends_on", FieldType::day, member<&Leave::ends_on>, "Ends", "结束日期",
          N_("Last day away; default the first")}
        .filled()
        .also(ends_aliases),
    Field{"hours", FieldType::decimal, member<&Leave::hours>, "Hours", "小时",
          N_("Hours away, of a leave within one day; empty: whole work days")}
        .scaled(2)
        .also(hours_aliases),
    Field{"status", FieldType::choice, member<&Leave::status>, "Status", "状态",
          N_("State of the lifecycle; a file may bring decided ones with who decided")}
        .filled()
        .dated()
        .also(status_aliases)
        .one_of(statuses),
    Field{"decided_by", FieldType::text, member<&Leave::decided_by>, "Decided by", "审批人",
          N_("Who approved or rejected it")}
        .dated(),
    Field{"note", FieldType::text, member<&Leave::note>, "Note", "备注", N_("Anything else")},
};
enum { k_number, k_employee, k_kind, k_starts_on, k_ends_on, k_hours, k_status, k_decided_by, k_note };

constexpr std::int64_t requested = static_cast<std::int64_t>(Leave::Status::requested);
constexpr std::int64_t day_hours = 24'00;

Date day_of(const Value& v) {
    return Date{static_cast<std::int32_t>(v.n)};
}

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions& options) override {
        w_ = &w;
        by_hand_ = options.bytes.has_value();
        taken_.clear();
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_status]) v[k_status] = Value::of(requested);
        if (!v[k_ends_on]) v[k_ends_on] = v[k_starts_on];
        row.old ? check_change(row) : check_status(row);
        if (!v[k_employee] || !v[k_starts_on]) return;
        if (v[k_ends_on].n < v[k_starts_on].n)
            return row.problem("ends_on", "", say("it lies before {from}", fmt::arg("from", "starts_on")));
        check_hours(row);
        check_employed(row);
        check_overlap(row);
    }
    void take(ImportRow& row) override {
        auto& v = row.values;
        if (!row.old && !v[k_number]) {
            number_ = fmt::format("LV-{:06}", row.id);
            v[k_number] = Value::of(std::string_view(number_));
        }
        Leave l;
        for (std::size_t i = 0; i < v.size(); ++i) record().fields[i].access.set(&l, v[i]);
        auto& all = of(v[k_employee].n);
        std::erase_if(all, [&](const Leave& other) { return other.number == l.number; });
        if (l.stands()) all.push_back(std::move(l));
    }

private:
    /// By hand a leave is asked for; a file may bring what was decided, with who did.
    void check_status(ImportRow& row) {
        const auto& v = row.values;
        if (v[k_status].n == requested) {
            if (v[k_decided_by]) row.problem("decided_by", "LV-004", tr("nobody has decided on a request yet"));
            return;
        }
        if (by_hand_)
            return row.problem("status", "LV-004",
                               tr("by hand a leave is asked for; then: agency leave approve NUMBER"));
        if (!v[k_decided_by]) return row.problem("decided_by", "LV-004", tr("who decided is missing"));
        if (!v[k_employee]) return;
        const auto found = find_row(w_->db(), employee::record(), v[k_employee].n, {});
        if (org::acts_as(v[k_decided_by].s, to_struct<Employee>(employee::record(), *found)))
            row.problem("decided_by", "LV-004", tr("nobody decides on a leave of his own"));
    }
    /// What was decided stays; the lifecycle has its own verbs.
    void check_change(ImportRow& row) {
        const auto &v = row.values, &old = row.old->values;
        for (const auto k : {k_status, k_decided_by})
            if (v[k] != old[k])
                row.problem(record().fields[k].key, "LV-004",
                            tr("it is changed by agency leave approve, reject and cancel"));
        if (old[k_status].n == requested) return;
        for (const auto k : {k_kind, k_starts_on, k_ends_on, k_hours})
            if (v[k] != old[k])
                row.problem(record().fields[k].key, "LV-004",
                            tr("it was decided on as it is: cancel it and ask for another one"));
    }
    void check_hours(ImportRow& row) {
        const auto& v = row.values;
        if (!v[k_hours]) return;
        if (v[k_hours].n <= 0 || v[k_hours].n > day_hours)
            row.problem("hours", "", tr("a day has more than 0 and at most 24 hours"));
        else if (v[k_starts_on].n != v[k_ends_on].n)
            row.problem("hours", "",
                        tr("hours are of a leave within one day: enter the whole days and the part of a day apart"));
    }
    void check_employed(ImportRow& row) {
        const auto& v = row.values;
        const auto found = find_row(w_->db(), employee::record(), v[k_employee].n, {});
        const auto e = to_struct<Employee>(employee::record(), *found);
        for (const auto k : {k_starts_on, k_ends_on})
            if (const Date d = day_of(v[k]); (e.hired_on && d < *e.hired_on) || (e.left_on && d > *e.left_on))
                return row.problem(record().fields[k].key, "",
                                   say("{employee} is not employed on {day}", fmt::arg("employee", e.number),
                                       fmt::arg("day", to_string(d))));
    }
    /// LV-002. Parts of one day may stand beside each other as long as the day has room.
    void check_overlap(ImportRow& row) {
        const auto& v = row.values;
        if (static_cast<Leave::Status>(v[k_status].n) > Leave::Status::approved) return;
        const Date from = day_of(v[k_starts_on]), to = day_of(v[k_ends_on]);
        std::int64_t hours = v[k_hours] ? v[k_hours].n : 0;
        for (const Leave& l : of(v[k_employee].n)) {
            if (l.number == v[k_number].s && v[k_number]) continue;
            if (l.ends_on < from || l.starts_on > to) continue;
            if (l.hours && v[k_hours]) hours += *l.hours;
            if (l.hours && v[k_hours] && hours <= day_hours) continue;
            return row.problem("starts_on", "LV-002",
                               say("it overlaps {number}, from {from} to {to}", fmt::arg("number", l.number),
                                   fmt::arg("from", to_string(l.starts_on)), fmt::arg("to", to_string(l.ends_on))));
        }
    }
    /// Those of a person that take their days, stored and of this file.
    std::vector<Leave>& of(std::int64_t employee) {
        const auto [it, fresh] = taken_.try_emplace(employee);
        if (fresh)
            each_row_of(w_->db(), record(), "employee", employee, {}, [&](const Row& row) {
                auto l = to_struct<Leave>(record(), row);
                if (row.voided_on) return;
                if (!l.stands()) {  // what was taken of it before it was cancelled stays taken
                    const auto last = taken_until(w_->db(), l, {});
                    if (!last || *last < l.starts_on) return;
                    l.ends_on = *last;
                }
                it->second.push_back(std::move(l));
            });
        return it->second;
    }

    Workspace* w_ = nullptr;
    bool by_hand_ = false;
    std::map<std::int64_t, std::vector<Leave>> taken_;
    std::string number_;
};

/// After an undo that brings leaves back: LV-002 holds still.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    std::vector<std::int64_t> ids(touched.begin(), touched.end());
    for (auto id = first; first != 0 && id <= last; ++id) ids.push_back(id);
    for (const auto id : ids) {
        const auto row = find_row(db, record(), id, {});
        const auto l = row ? to_struct<Leave>(record(), *row) : Leave{};
        if (!row || row->voided_on || !l.stands()) continue;
        each_row_of(db, record(), "employee", l.employee.value, {}, [&](const Row& other) {
            const auto o = to_struct<Leave>(record(), other);
            if (other.id == id || other.voided_on || !o.stands() || (o.hours && l.hours)) return;
            if (o.ends_on < l.starts_on || o.starts_on > l.ends_on) return;
            throw Error(Exit::refused,
                        l.number + ": " +
                            say("it overlaps {number}, from {from} to {to}", fmt::arg("number", o.number),
                                fmt::arg("from", to_string(o.starts_on)), fmt::arg("to", to_string(o.ends_on))))
                .with_rule("LV-002")
                .with_ref(l.number);
        });
    }
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("leave"),
                          .plural = N_("leaves"),
                          .en = "Leave",
                          .zh = "请假",
                          .fields = fields,
                          .ends = "ends_on",
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::leave
