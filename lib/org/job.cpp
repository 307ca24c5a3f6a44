#include <set>

#include "base/translate.hpp"
#include "org/job_version.hpp"
#include "org/org.hpp"

namespace agency::job {
namespace {

constexpr std::string_view position_aliases[] = {"岗位编号", "position code"};
constexpr std::string_view text_aliases[] = {"描述", "职责", "description"};
constexpr std::string_view function_aliases[] = {"职能编号"};
constexpr std::string_view other_aliases[] = {"协作对象", "collaborates with"};
constexpr std::string_view limit_aliases[] = {"金额上限"}, share_aliases[] = {"工作占比"};
constexpr std::string_view duty_words[] = {"职责内容", "responsibility"}, goal_words[] = {"目标"},
                           qualification_words[] = {"任职要求"}, collaboration_words[] = {"协作"};
constexpr Word kinds[] = {{"duty", "职责", duty_words},
                          {"authority", "权限"},
                          {"goal", "工作目标", goal_words},
                          {"qualification", "任职资格", qualification_words},
                          {"collaboration", "协作关系", collaboration_words}};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Job::number>, "Number", "编号",
          N_("Key of the line; default POSITION/KIND/TEXT/VERSION, and /CURRENCY where that is not CNY")}
        .filled()
        .fixed(),
    Field{"position", FieldType::reference, member<&Job::position>, "Position", "岗位",
          N_("Position whose job description the line belongs to")}
        .required()
        .fixed()
        .also(position_aliases)
        .refers_to(position::record),
    Field{"version", FieldType::integer, member<&Job::version>, "Version", "版本",
          N_("Version of the job description; default the draft after the one in force")}
        .filled()
        .fixed(),
    Field{"kind", FieldType::choice, member<&Job::kind>, "Kind", "类别", N_("Part of the job description")}
        .required()
        .fixed()
        .one_of(kinds),
    Field{"text", FieldType::text, member<&Job::text>, "Text", "内容",
          N_("Duty as verb and object; of an authority: the action")}
        .required()
        .fixed()
        .also(text_aliases),
    Field{"function", FieldType::reference, member<&Job::function>, "Function", "职能",
          N_("Function that a duty serves; of an authority: only for it")}
        .also(function_aliases)
        .refers_to(function::record),
    Field{"limit", FieldType::money, member<&Job::limit>, "Limit", "限额",
          N_("Of an authority: the most, in its currency; empty: without limit, in any currency")}
        .also(limit_aliases),
    Field{"currency", FieldType::currency, member<&Job::currency>, "Currency", "币种",
          N_("Of a limit: ISO 4217; empty: CNY")}
        .fixed(),
    Field{"scope", FieldType::text, member<&Job::scope>, "Scope", "范围",
          N_("Of an authority: code of the department in which it holds, with those below; empty: everywhere")},
    Field{"target", FieldType::text, member<&Job::target>, "Target", "目标值", N_("Of a goal: the figure to reach")},
    Field{"unit", FieldType::text, member<&Job::unit>, "Unit", "单位", N_("Of a goal: what is counted")},
    Field{"period", FieldType::text, member<&Job::period>, "Period", "周期", N_("Of a goal or duty: how often")},
    Field{"share", FieldType::rate, member<&Job::share>, "Share", "时间占比",
          N_("Of a duty: part of the working time, 20% or 0.2")}
        .also(share_aliases),
    Field{"standard", FieldType::text, member<&Job::standard>, "Standard", "标准",
          N_("Of a duty: by what it is seen to be done; a word that is vague by itself may stand with one")},
    Field{"hard", FieldType::flag, member<&Job::hard>, "Hard", "法定",
          N_("Of a qualification: a licence of this name must be valid on every day; default no")}
        .filled(),
    Field{"other_position", FieldType::reference, member<&Job::other_position>, "Other position", "协作岗位",
          N_("Of a collaboration: the position with which it is, which says so too; empty: with somebody outside")}
        .also(other_aliases)
        .refers_to(position::record),
    Field{"note", FieldType::text, member<&Job::note>, "Note", "备注", N_("Anything else")},
};
enum {
    k_number,
    k_position,
    k_version,
    k_kind,
    k_text,
    k_function,
    k_limit,
    k_currency,
    k_scope,
    k_target,
    k_unit,
    k_period,
    k_share,
    k_standard,
    k_hard,
    k_other,
    k_note
};
constexpr std::string_view key_parts[] = {"position", "kind", "text", "version", "currency"};

/// Lines are entered as a draft; a version in force, or an earlier one, is never added to.
class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        db_ = &w.db();
        written_.clear();
    }
    void take(ImportRow& row) override { written_.emplace(row.values[k_position].n, row.values[k_version].n); }
    void after_insert(Operation& op, std::uint32_t) override {
        for (const auto& [position, version] : written_) require_unapproved(op, position, version);
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        leave_out_cny(row);
        if (v[k_currency] && !v[k_limit]) row.problem("currency", "", tr("a currency is that of a limit"));
        if (!v[k_hard]) v[k_hard] = Value::of(std::int64_t{0});
        if (v[k_share] && v[k_share].n > 1'000'000) row.problem("share", "", tr("a share is at most the whole"));
        if (v[k_limit] && v[k_limit].n < 0) row.problem("limit", "", tr("a limit is not negative"));
        if (v[k_other] && v[k_other] == v[k_position])
            row.problem("other_position", "", tr("nobody collaborates with himself"));
        if (row.old) check_draft(row);
        if (!v[k_position] || row.old) return;
        complete_key(row);
        const Record& r = position::record();
        const auto found = find_row(*db_, r, v[k_position].n, {});
        if (v[k_version].n < draft_of(*found))
            row.problem(
                "version", "JD-010",
                say("version {version} of the job description of {code} is in force or older; a change is a new "
                    "version",
                    fmt::arg("version", v[k_version].n), fmt::arg("code", found->values[r.index("code")].s)));
    }

    void complete_key(ImportRow& row) override {
        auto& v = row.values;
        leave_out_cny(row);
        if (v[k_position] && !v[k_version])
            v[k_version] = Value::of(draft_of(*find_row(*db_, position::record(), v[k_position].n, {})));
    }

private:
    /// What a line asks for is changed in a draft that nobody has approved; a note may be at any time.
    void check_draft(ImportRow& row) {
        const auto& v = row.values;
        const auto place =
            to_struct<Position>(position::record(), *find_row(*db_, position::record(), v[k_position].n, {}));
        const auto version = v[k_version].n;
        const bool issued = version <= place.job_version.value_or(0);
        if (!issued && version != place.job_superior && version != place.job_hr) return;
        for (std::size_t k = 0; k < k_note; ++k)
            if (const Value& before = row.old->values[k]; bool(before) != bool(v[k]) || (before && before != v[k]))
                row.problem(fields[k].key, issued ? "JD-010" : "JD-003",
                            issued ? say("version {version} of the job description of {code} is in force or older; a "
                                         "change is a new version: agency job draft {code}",
                                         fmt::arg("version", version), fmt::arg("code", place.code))
                                   : say("version {version} of the job description of {code} is approved; void the "
                                         "line and enter it anew, then it is approved again",
                                         fmt::arg("version", version), fmt::arg("code", place.code)));
    }
    /// CNY is what no currency means, so that it has one key.
    static void leave_out_cny(ImportRow& row) {
        if (Value& c = row.values[k_currency]; c && c.s == Currency{}.code()) c = {};
    }
    static std::int64_t draft_of(const Row& place) {
        const Value& in_force = place.values[position::record().index("job_version")];
        return in_force ? in_force.n + 1 : 1;
    }

    db::Session* db_ = nullptr;
    std::set<std::pair<std::int64_t, std::int64_t>> written_;  ///< position and version
};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("job"),
                          .plural = N_("job_lines"),
                          .en = "Job description",
                          .zh = "岗位说明书",
                          .fields = fields,
                          .key_parts = key_parts,
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::job
