#include "intake/facts.hpp"

#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::intake {
namespace {

/// The version after `id` that was decided too, else `id`; and so on.
std::int64_t last_decided(db::Session& db, std::int64_t id) {
    std::int64_t decided = id;
    while (const auto next = db.integer(
               "SELECT id FROM intake AS r WHERE reopens = $1 AND " + listed(record(), "r", "$2") + " LIMIT 1", id,
               INT64_MAX)) {
        id = *next;
        const auto row = find_row(db, record(), id, {});
        if (row && !row->voided_on && to_struct<Intake>(record(), *row).decision) decided = id;
    }
    return decided;
}

}  // namespace

std::optional<IntakeCondition> open_condition(db::Session& db, std::int64_t intake, IntakeCondition::Blocks blocks,
                                              Date day) {
    for (auto& c : parts_of<IntakeCondition>(db, condition_record(), "intake", last_decided(db, intake), {}))
        if (c.blocks == blocks && (!c.satisfied_on || *c.satisfied_on > day)) return std::move(c);
    return std::nullopt;
}

std::map<std::int64_t, std::string> by_lead(db::Session& db) {
    std::set<std::int64_t> reopened;
    std::vector<Intake> all;
    each_row(db, record(), {}, [&](const Row& row) {
        auto i = to_struct<Intake>(record(), row);
        if (i.reopens && !row.voided_on) reopened.insert(i.reopens.value);
        if (i.lead && !row.voided_on) all.push_back(std::move(i));
    });
    std::map<std::int64_t, std::string> out;
    for (const Intake& i : all) {
        const bool over =
            i.status == Intake::Status::lost || i.status == Intake::Status::withdrawn || i.decision == Decision::no_go;
        if (!over && !reopened.contains(i.id.value)) out.emplace(i.lead.value, i.number);
    }
    return out;
}

void require_start(db::Session& db, std::int64_t intake, Date day, std::string_view project) {
    const auto open = open_condition(db, intake, IntakeCondition::Blocks::before_start, day);
    if (!open) return;
    throw Error(Exit::refused,
                say("project {code} does not begin: condition {number} is not satisfied: {text}",
                    fmt::arg("code", project), fmt::arg("number", open->number), fmt::arg("text", open->condition)),
                tr("agency intake satisfy CONDITION --evidence TEXT"))
        .with_rule("INT-008")
        .with_ref(project);
}

}  // namespace agency::intake
