#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "intake/meeting.hpp"
#include "org/people.hpp"

namespace agency::intake {
namespace {

constexpr std::string_view member_aliases[] = {"委员", "姓名", "员工", "employee", "name"};
constexpr std::string_view role_aliases[] = {"职务"};
constexpr std::string_view voting_aliases[] = {"是否表决", "表决权"};
constexpr std::string_view starts_aliases[] = {"任职日期", "开始日期", "from"};
constexpr std::string_view ends_aliases[] = {"卸任日期", "结束日期", "until", "to"};
constexpr Word roles[] = {
    {N_("chair"), "主任委员"}, {N_("member"), "委员"}, {N_("recorder"), "记录人"}, {N_("legal"), "法务"}};
constexpr Word functions[] = {{"management", "管理"}, {"business_development", "市场"},
                              {"delivery", "业务"},   {"finance", "财务"},
                              {"quality", "质控"},    {"legal", "法务"},
                              {"other", "其他"}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&CommitteeMember::number>, "Number", "编号",
          N_("Number of the membership; by default of member and first day")}
        .filled()
        .fixed(),
    Field{"member", FieldType::reference, member<&CommitteeMember::member>, "Member", "委员",
          N_("Who it is: an employee's number, in files also the exact name")}
        .required()
        .fixed()
        .also(member_aliases)
        .refers_to(employee::record),
    Field{"role", FieldType::choice, member<&CommitteeMember::role>, "Role", "委员会职务",
          N_("Chair, member, recorder or legal adviser; default member")}
        .filled()
        .fixed()
        .also(role_aliases)
        .one_of(roles),
    Field{"voting", FieldType::flag, member<&CommitteeMember::voting>, "Voting", "有表决权",
          N_("Whether the person votes; by default chair and members do")}
        .filled()
        .fixed()
        .also(voting_aliases),
    Field{"function", FieldType::choice, member<&CommitteeMember::function>, "Function", "职能",
          N_("What the person does in the house; who brings business cannot alone decide on it")}
        .filled()
        .fixed()
        .one_of(functions),
    Field{"starts_on", FieldType::day, member<&CommitteeMember::starts_on>, "Starts", "任职", N_("First day")}
        .required()
        .fixed()
        .also(starts_aliases),
    Field{"ends_on", FieldType::day, member<&CommitteeMember::ends_on>, "Ends", "卸任",
          N_("Last day; none: still in it")}
        .also(ends_aliases),
    Field{"note", FieldType::text, member<&CommitteeMember::note>, "Note", "备注", N_("Anything else")},
};
enum { k_number, k_member, k_role, k_voting, k_function, k_starts_on, k_ends_on, k_note };

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        w_ = &w;
        terms_.clear();
        each_row(w.db(), committee_record(), {}, [&](const Row& row) {
            if (!row.voided_on) remember(row.id, row.values);
        });
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_role]) v[k_role] = Value::of(static_cast<std::int64_t>(CommitteeMember::Role::member));
        if (!v[k_voting])
            v[k_voting] = Value::of(
                std::int64_t{v[k_role].n <= static_cast<std::int64_t>(CommitteeMember::Role::member) ? 1 : 0});
        if (!v[k_function]) v[k_function] = Value::of(static_cast<std::int64_t>(CommitteeMember::Function::other));
        if (v[k_starts_on] && v[k_ends_on] && v[k_ends_on].n < v[k_starts_on].n)
            row.problem("ends_on", "", tr("it ends before it starts"));
        if (v[k_voting].n && v[k_role].n > static_cast<std::int64_t>(CommitteeMember::Role::member))
            row.problem("voting", "INT-014", tr("a recorder or a legal adviser has no vote"));
        if (!row.bad && v[k_member] && v[k_starts_on]) check_apart(row);
        if (!row.bad && !row.old && v[k_member] && v[k_starts_on])
            if (auto why = org::absence(w_->db(), v[k_member].n, Date{static_cast<std::int32_t>(v[k_starts_on].n)},
                                        w_->today());
                !why.empty())
                row.problem("member", "INT-012", std::move(why));
    }
    void take(ImportRow& row) override { remember(row.id, row.values); }

private:
    struct Term {
        std::int64_t member, from, to;
    };
    void remember(std::int64_t id, const std::vector<Value>& v) {
        terms_[id] = {v[k_member].n, v[k_starts_on].n, v[k_ends_on] ? v[k_ends_on].n : last_day.days};
    }
    /// Two memberships at once would be two votes.
    void check_apart(ImportRow& row) {
        const auto& v = row.values;
        const Term own{v[k_member].n, v[k_starts_on].n, v[k_ends_on] ? v[k_ends_on].n : last_day.days};
        for (const auto& [id, t] : terms_)
            if (id != row.id && t.member == own.member && t.from <= own.to && own.from <= t.to)
                return row.problem("starts_on", "INT-014",
                                   say("the person is in the committee already from {day} on",
                                       fmt::arg("day", to_string(Date{static_cast<std::int32_t>(t.from)}))));
    }

    Workspace* w_ = nullptr;
    std::map<std::int64_t, Term> terms_;  ///< by id
};

/// INT-014 also after an undo: nobody sits twice.
void settle_committee(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    const Record& r = committee_record();
    each_row(db, r, {}, [&](const Row& row) {
        const bool turned =
            (row.id >= first && row.id <= last) || std::find(touched.begin(), touched.end(), row.id) != touched.end();
        if (!turned || row.voided_on) return;
        const auto m = to_struct<CommitteeMember>(r, row);
        each_row_of(db, r, "member", m.member.value, {}, [&](const Row& other) {
            const auto o = to_struct<CommitteeMember>(r, other);
            if (other.id == row.id || other.voided_on || o.starts_on > m.ends_on.value_or(last_day) ||
                m.starts_on > o.ends_on.value_or(last_day))
                return;
            throw Error(Exit::refused,
                        say("membership {number} would be beside {other} of the same person",
                            fmt::arg("number", m.number), fmt::arg("other", o.number)),
                        say("end or void {other} first", fmt::arg("other", o.number)))
                .with_rule("INT-014")
                .with_ref(m.number);
        });
    });
}

}  // namespace

const Record& committee_record() {
    static constexpr std::string_view key[] = {"member", "starts_on"};
    static const Record r{.noun = N_("committee"),
                          .plural = N_("committee_members"),
                          .en = "Committee",
                          .zh = "决策委员会",
                          .fields = fields,
                          .key_parts = key,
                          .settle = settle_committee};
    return r;
}

std::unique_ptr<RowRules> committee_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::intake
