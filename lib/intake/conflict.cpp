#include "intake/conflict.hpp"

#include <algorithm>

#include "intake/part_fields.hpp"

namespace agency::intake {
namespace {

constexpr Word roles[] = {{N_("legal_representative"), "法定代表人"},
                          {N_("shareholder"), "股东"},
                          {N_("group"), "集团"},
                          {N_("opponent"), "对方当事人"},
                          {N_("bidder"), "投标人"},
                          {N_("related_person"), "关联人"},
                          {N_("matter"), "标的编号"}};
constexpr Word results[] = {{N_("clear"), "无冲突"}, {N_("potential"), "潜在冲突"}, {N_("statutory"), "法定冲突"}};

constexpr Field whole(Access access) {
    return part_of("intake", access, "Intake", "评估编号", N_("Assessment that it belongs to"), record);
}

constexpr Field party_fields[] = {
    part_number(member<&IntakeParty::number>),
    whole(member<&IntakeParty::intake>),
    Field{"role", FieldType::choice, member<&IntakeParty::role>, "Role", "角色",
          N_("What the party is to the business; a matter is a tender, patent or trademark number")}
        .required()
        .fixed()
        .one_of(roles),
    Field{"name", FieldType::text, member<&IntakeParty::name>, "Name", "名称", N_("Name, or the matter's number")}
        .required()
        .fixed(),
    Field{"identifier", FieldType::text, member<&IntakeParty::identifier>, "Identifier", "识别号",
          N_("USCC, or what else tells it from others of the name")}
        .fixed(),
    Field{"note", FieldType::text, member<&IntakeParty::note>, "Note", "备注", N_("Anything else")},
    part_entered(member<&IntakeParty::entered_on>),
};

constexpr Field check_fields[] = {
    part_number(member<&IntakeCheck::number>),
    whole(member<&IntakeCheck::intake>),
    Field{"checked_on", FieldType::day, member<&IntakeCheck::checked_on>, "Checked", "审查日期", N_("Day of the check")}
        .required()
        .fixed(),
    Field{"checked_by", FieldType::text, member<&IntakeCheck::checked_by>, "Checked by", "审查人", N_("Who checked")}
        .required()
        .fixed(),
    Field{"result", FieldType::choice, member<&IntakeCheck::result>, "Result", "审查结论",
          N_("Clear, a potential conflict, or one that the law forbids")}
        .required()
        .fixed()
        .one_of(results),
    Field{"parties", FieldType::integer, member<&IntakeCheck::parties>, "Parties", "相关方记录数",
          N_("Facts of parties that were looked at; more since: it is stale")}
        .required()
        .fixed(),
    Field{"findings", FieldType::text, member<&IntakeCheck::findings>, "Findings", "审查发现",
          N_("What was met, `;` between")}
        .fixed(),
};

}  // namespace

const Record& party_record() {
    static const Record r{.noun = N_("intake_party"),
                          .plural = "intake_parties",
                          .en = "Intake party",
                          .zh = "评估相关方",
                          .fields = party_fields,
                          .part_of = "intake",
                          .settle = settle_part<party_record>};
    return r;
}
const Record& check_record() {
    static const Record r{.noun = N_("intake_check"),
                          .plural = "intake_checks",
                          .en = "Intake check",
                          .zh = "利益冲突审查",
                          .fields = check_fields,
                          .part_of = "intake",
                          .settle = settle_part<check_record>};
    return r;
}

IntakeCheck::Result worst(const std::vector<Finding>& findings) {
    auto result = IntakeCheck::Result::clear;
    for (const auto& f : findings) result = std::max(result, f.result);
    return result;
}

std::string kept_text(const std::vector<Finding>& findings) {
    std::string out;
    for (const auto& f : findings)
        out += (out.empty() ? "" : "; ") + f.name + " (" + f.role + ") " + std::string(f.met) + " " + f.where;
    return out;
}

std::int64_t facts_of_parties(db::Session& db, std::int64_t intake, const AsOf& when) {
    return db
        .integer(
            "SELECT (SELECT COUNT(*) FROM intake_party AS p WHERE p.intake = $1 AND p.operation <= $2) + (SELECT "
            "COUNT(*) FROM intake_party_change AS c JOIN intake_party AS p ON p.id = c.id WHERE p.intake = $1 AND "
            "c.operation <= $2)",
            intake, when.operation)
        .value_or(0);
}

namespace {

/// Something was found out of the client, its name, code or parent changed, or it has a new branch, after the check:
/// those are parties too. What comes after the decision does not make the check stale, nor what was taken back.
bool client_changed(db::Session& db, std::int64_t intake, const IntakeCheck& check, const AsOf& when) {
    const auto decided =
        db.integer("SELECT MAX(operation) FROM intake_change WHERE id = $1 AND field = 'decision' AND operation <= $2",
                   intake, when.operation);
    const auto checked = db.integer("SELECT operation FROM intake_check WHERE id = $1", check.id.value).value_or(0);
    std::vector<std::int64_t> later;
    db.each(
        "SELECT k.operation FROM intake AS i JOIN kyc AS k ON k.client = i.client WHERE i.id = $1 AND k.operation > $2 "
        "AND k.operation <= $3 UNION SELECT c.operation FROM intake AS i JOIN kyc AS k ON k.client = i.client JOIN "
        "kyc_change AS c ON c.id = k.id WHERE i.id = $1 AND c.operation > $2 AND c.operation <= $3 UNION SELECT "
        "c.operation FROM intake AS i JOIN client_change AS c ON c.id = i.client WHERE i.id = $1 AND c.field IN "
        "('name', 'uscc', 'parent') AND c.operation > $2 AND c.operation <= $3 UNION SELECT b.operation FROM intake AS "
        "i JOIN client AS b ON b.parent = i.client WHERE i.id = $1 AND b.operation > $2 AND b.operation <= $3",
        [&](db::Statement& s) { later.push_back(s.integer(0)); }, intake, checked, decided.value_or(when.operation));
    // What came after the check and was taken back says nothing; that something older was taken back does.
    const auto undone = undone_operations(db, when.operation);
    return std::any_of(later.begin(), later.end(), [&](std::int64_t operation) {
        if (undone.contains(operation)) return false;
        const auto root = db.integer("SELECT MIN(root) FROM operation_undo WHERE operation = $1", operation);
        return !root || *root <= checked;
    });
}

}  // namespace

CheckState check_state(db::Session& db, std::int64_t intake, const AsOf& when) {
    CheckState state;
    each_part(db, check_record(), "intake", intake, when,
              [&](const Row& row) { state.last = to_struct<IntakeCheck>(check_record(), row); });
    state.current = state.last && state.last->parties == facts_of_parties(db, intake, when) &&
                    !client_changed(db, intake, *state.last, when);
    return state;
}

}  // namespace agency::intake
