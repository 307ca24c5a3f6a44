#include "intake/service.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "intake/lifecycle.hpp"
#include "org/people.hpp"

namespace agency::intake {
namespace {

void no_warning(const Problem&) {}

[[noreturn]] void wrong(std::string_view field, std::string message, std::string_view rule = {}) {
    throw Error(Exit::usage, std::string(field) + ": " + message).with_rule(rule).with_field(field);
}

void require_range(std::string_view field, std::optional<std::int64_t> n, std::int64_t from, std::int64_t to) {
    if (n && (*n < from || *n > to))
        wrong(field, say("it is from {from} to {to}", fmt::arg("from", from), fmt::arg("to", to)));
}

void require_ranges(const IntakeRisk& r) {
    require_range("probability", r.probability, 1, 5);
    require_range("impact", r.impact, 1, 5);
    require_range("residual_probability", r.residual_probability, 1, 5);
    require_range("residual_impact", r.residual_impact, 1, 5);
    require_range("loss", r.loss, 0, INT64_MAX);
    require_range("residual_loss", r.residual_loss, 0, INT64_MAX);
    for (const auto& [key, rate] :
         {std::pair{"likelihood", r.likelihood}, {"residual_likelihood", r.residual_likelihood}})
        if (rate && (rate->ppm < 0 || rate->ppm > 1'000'000)) wrong(key, tr("it is from 0 % to 100 %"));
}

/// The assessment that a part of that number belongs to, still open.
Intake require_open_whole(db::Session& db, const Record& r, const Row& part) {
    const auto whole = find_row(db, record(), part.values[r.index("intake")].n, {});
    return require_open(db, whole->values[record().index("number")].s);
}

}  // namespace

Intake require_open(db::Session& db, std::string_view number) {
    const auto row = get_row(db, record(), number, {});
    if (row.voided_on)
        throw Error(Exit::refused, say("intake {number} is voided", fmt::arg("number", number))).with_ref(number);
    auto i = to_struct<Intake>(record(), row);
    if (i.status == Intake::Status::decided || i.status == Intake::Status::lost ||
        i.status == Intake::Status::withdrawn)
        throw Error(Exit::refused,
                    say("intake {number} is {status} and is not changed any more", fmt::arg("number", number),
                        fmt::arg("status", to_string(i.status))),
                    say("agency intake reopen {number} --reason TEXT makes a new version", fmt::arg("number", number)))
            .with_rule("INT-007")
            .with_ref(number);
    return i;
}

std::string open(Workspace& w, std::string_view lead, Texts texts, std::string_view command) {
    Operation op(w, "intake.open", lead, command);
    op.join();
    auto& db = w.db();
    const auto given = std::find_if(texts.begin(), texts.end(), [](const auto& t) { return t.first == "number"; });
    const auto number = given == texts.end() ? next_number(db, w.today().year()) : given->second;
    if (given == texts.end()) texts.emplace_back("number", number);
    if (!lead.empty()) texts.emplace_back("lead", lead);
    ImportOptions options;
    options.command = command;
    options.path = number;
    add_record(w, record(), *row_rules(), texts, options, no_warning);
    if (!lead.empty()) {
        const auto row = get_row(db, lead::record(), lead, {});
        const Field& status = lead::record().field("status");
        if (row.values[lead::record().index("status")].n == static_cast<std::int64_t>(Lead::Status::lead))
            add_change(op, lead::record(), row.id, status,
                       Value::of(static_cast<std::int64_t>(Lead::Status::opportunity)), w.today());
    }
    op.commit();
    return number;
}

std::string reopen(Workspace& w, std::string_view number, std::string_view reason, std::string_view command) {
    Operation op(w, "intake.reopen", number, command);
    auto& db = w.db();
    const auto row = get_row(db, record(), number, {});
    auto i = to_struct<Intake>(record(), row);
    if (row.voided_on)
        throw Error(Exit::refused, say("intake {number} is voided", fmt::arg("number", number))).with_ref(number);
    if (i.status != Intake::Status::decided && i.status != Intake::Status::lost &&
        i.status != Intake::Status::withdrawn)
        throw Error(Exit::refused,
                    say("intake {number} is {status}, not decided, lost or withdrawn", fmt::arg("number", number),
                        fmt::arg("status", to_string(i.status))),
                    tr("it is still open"))
            .with_ref(number);
    if (const auto next = latest_version(db, row.id, {}); next != row.id)
        throw Error(Exit::refused,
                    say("intake {number} was reopened already, as {next}", fmt::arg("number", number),
                        fmt::arg("next", number_of(db, record(), next))),
                    say("agency intake show {next}", fmt::arg("next", number_of(db, record(), next))))
            .with_ref(number);
    const auto base = i.version == 1 ? i.number : i.number.substr(0, i.number.rfind('.'));
    i.reopens = {row.id};
    ++i.version;
    i.number = fmt::format("{}.{}", base, i.version);
    i.opened_on = w.today();
    i.status = Intake::Status::assessing;
    i.decision.reset();
    i.decided_by.clear();
    i.reason = reason;
    std::vector<Value> values;
    for (const Field& f : record().fields) values.push_back(f.access.get(&i));
    const auto id = write_record(op, record(), values);
    op.audit("reopen", record().noun, id, json_of("number", number), json_of(db, record(), values));
    const auto copy = [&]<class Part>(const Record& r, char letter, std::type_identity<Part>) {
        for (auto& part : parts_of<Part>(db, r, "intake", row.id, {})) {
            part.intake = {id};
            add_part(op, r, part, i.number, letter);
        }
    };
    copy(score_record(), 'S', std::type_identity<IntakeScore>());
    copy(risk_record(), 'R', std::type_identity<IntakeRisk>());
    copy(knockout_record(), 'K', std::type_identity<IntakeKnockout>());
    copy(cash_record(), 'F', std::type_identity<IntakeCash>());
    copy(labour_record(), 'H', std::type_identity<IntakeLabour>());
    copy(party_record(), 'P', std::type_identity<IntakeParty>());
    op.commit();
    return i.number;
}

void estimate(Workspace& w, std::string_view number, const Texts& texts, const std::vector<std::string>& hours,
              const std::vector<std::string>& cash, std::string_view command) {
    Operation op(w, "intake.estimate", number, command);
    op.join();
    auto i = require_open(w.db(), number);
    if (!texts.empty()) {
        ImportOptions options;
        options.command = command;
        throw_problem(edit_record(w, record(), *row_rules(), std::string(number), texts, "", options), record(),
                      no_warning);
        i = require_open(w.db(), number);
    }
    for (const auto& text : hours) add_labour(op, i, text);
    for (const auto& text : cash) {
        const auto equals = text.find('=');
        const auto month = parse_month(text.substr(0, equals));
        const auto net = parse_amount(equals == text.npos ? "" : std::string_view(text).substr(equals + 1),
                                      i.currency.digits(), false, 0, i.currency.code());
        if (!month || net.fault != AmountFault::none)
            wrong("cash", say("\"{text}\" is no month with an amount; write 2026-03=-5000", fmt::arg("text", text)));
        IntakeCash c{.intake = i.id, .month = to_string(*month), .net = net.value, .entered_on = w.today()};
        add_part(op, cash_record(), c, number, 'F');
    }
    op.commit();
}

std::string score(Workspace& w, std::string_view number, std::string_view dimension, std::string_view item,
                  std::string_view value, std::string_view evidence, std::string_view assessor,
                  std::string_view command) {
    Operation op(w, "intake.score", number, command);
    const auto i = require_open(w.db(), number);
    IntakeScore s;
    s.intake = i.id;
    s.dimension = static_cast<Dimension>(word_of(score_record(), "dimension", dimension));
    const auto items = items_of(s.dimension);
    if (std::find(items.begin(), items.end(), item) == items.end()) {
        std::string all;
        for (const auto x : items) all += (all.empty() ? "" : ", ") + std::string(x);
        const auto near = nearest(item, items);
        throw Error(Exit::usage, say("{name} is none of: {all}", fmt::arg("name", item), fmt::arg("all", all)),
                    near.empty() ? std::string() : say("did you mean {near}?", fmt::arg("near", near)))
            .with_field("item");
    }
    s.item = item;
    const auto n = parse_amount(value, 1);
    if (n.fault == AmountFault::decimals) wrong("score", tr("a score has one decimal at most"), "INT-003");
    if (n.fault != AmountFault::none || n.value < 0 || n.value > 50)
        wrong("score", tr("a score is from 0 to 5"), "INT-003");
    s.score = n.value;
    s.evidence = trim(evidence);
    if (s.evidence.empty()) wrong("evidence", tr("a score rests on something; say on what"), "INT-003");
    const std::string_view who = !assessor.empty() ? assessor : !i.assessor.empty() ? i.assessor : w.actor();
    s.assessor = org::People(w).require("assessor", who);
    s.scored_on = w.today();
    const auto part = add_part(op, score_record(), s, number, 'S');
    if (i.status == Intake::Status::opportunity) {
        op.join();
        move(w, lifecycle, number, "assess", {}, {}, command);
    }
    op.commit();
    return part;
}

std::string add_risk(Workspace& w, std::string_view number, const Texts& texts, std::string_view command) {
    Operation op(w, "intake.risk", number, command);
    const auto i = require_open(w.db(), number);
    const auto row = read_part(risk_record(), texts, i.currency);
    auto r = to_struct<IntakeRisk>(risk_record(), row);
    r.intake = i.id;
    r.entered_on = w.today();
    require_ranges(r);
    org::People(w).require_employed("owner", r.owner);
    const auto part = add_part(op, risk_record(), r, number, 'R');
    op.commit();
    return part;
}

void mitigate(Workspace& w, std::string_view risk, const Texts& texts, std::string_view command) {
    Operation op(w, "intake.mitigate", risk, command);
    const auto before = get_row(w.db(), risk_record(), risk, {});
    const auto i = require_open_whole(w.db(), risk_record(), before);
    const auto given = read_part(risk_record(), texts, i.currency);
    auto after = before.values;
    for (std::size_t k = 0; k < after.size(); ++k)
        if (given.values[k]) after[k] = given.values[k];
    Row row;
    row.values = after;
    require_ranges(to_struct<IntakeRisk>(risk_record(), row));
    org::People(w).require_employed("owner", to_struct<IntakeRisk>(risk_record(), given).owner);
    for (std::size_t k = 0; k < after.size(); ++k)
        if (given.values[k]) add_change(op, risk_record(), before.id, risk_record().fields[k], after[k], w.today());
    op.commit();
}

std::string knock_out(Workspace& w, std::string_view number, std::string_view kind, std::string_view evidence,
                      std::string_view command) {
    Operation op(w, "intake.knockout", number, command);
    const auto i = require_open(w.db(), number);
    IntakeKnockout k{.intake = i.id,
                     .kind = static_cast<IntakeKnockout::Kind>(word_of(knockout_record(), "kind", kind)),
                     .evidence = std::string(trim(evidence)),
                     .found_on = w.today()};
    const auto part = add_part(op, knockout_record(), k, number, 'K');
    op.commit();
    return part;
}

std::string add_party(Workspace& w, std::string_view number, const Texts& texts, std::string_view command) {
    Operation op(w, "intake.party", number, command);
    const auto i = require_open(w.db(), number);
    auto p = to_struct<IntakeParty>(party_record(), read_part(party_record(), texts, i.currency));
    p.intake = i.id;
    p.entered_on = w.today();
    const auto part = add_part(op, party_record(), p, number, 'P');
    op.commit();
    return part;
}

std::string add_condition(Workspace& w, std::string_view number, const Texts& texts, std::string_view command) {
    Operation op(w, "intake.condition", number, command);
    const auto i = require_open(w.db(), number);
    auto c = to_struct<IntakeCondition>(condition_record(), read_part(condition_record(), texts, i.currency));
    c.intake = i.id;
    c.entered_on = w.today();
    org::People(w).require_employed("owner", c.owner);
    const auto part = add_part(op, condition_record(), c, number, 'C');
    op.commit();
    return part;
}

void satisfy(Workspace& w, std::string_view condition, std::optional<Date> day, std::string_view evidence,
             std::string_view command) {
    Operation op(w, "intake.satisfy", condition, command);
    const auto row = get_row(w.db(), condition_record(), condition, {});
    const auto c = to_struct<IntakeCondition>(condition_record(), row);
    if (row.voided_on)
        throw Error(Exit::refused, say("condition {number} is voided", fmt::arg("number", condition)))
            .with_ref(condition);
    if (c.satisfied_on)
        throw Error(Exit::refused, say("condition {number} was satisfied on {day}", fmt::arg("number", condition),
                                       fmt::arg("day", to_string(*c.satisfied_on))))
            .with_ref(condition);
    const auto on = day.value_or(w.today());
    if (on > w.today()) wrong("on", tr("it lies ahead"));
    const Record& r = condition_record();
    add_change(op, r, row.id, r.field("satisfied_on"), Value::of(std::int64_t{on.days}), on);
    add_change(op, r, row.id, r.field("evidence"), Value::of(evidence), on);
    op.commit();
}

std::vector<Finding> check_conflicts(Workspace& w, std::string_view number, std::string_view by,
                                     std::string_view command) {
    Operation op(w, "intake.conflict", number, command);
    const auto i = require_open(w.db(), number);
    auto findings = find_conflicts(w, i.id.value, {w.today()});
    IntakeCheck c{.intake = i.id,
                  .checked_on = w.today(),
                  .checked_by = by.empty() ? w.actor() : org::People(w).require("by", by),
                  .result = worst(findings),
                  .parties = facts_of_parties(w.db(), i.id.value, {}),
                  .findings = kept_text(findings)};
    add_part(op, check_record(), c, number, 'X');
    op.commit();
    return findings;
}

void take_out(Workspace& w, std::string_view part, std::string_view reason, std::string_view command) {
    Operation op(w, "intake.drop", part, command);
    for (const Record* r : {&score_record(), &risk_record(), &knockout_record(), &cash_record(), &labour_record(),
                            &party_record(), &condition_record()}) {
        const auto row = find_row(w.db(), *r, part, {});
        if (!row) continue;
        if (row->voided_on)
            throw Error(Exit::refused, say("{part} is out of force already", fmt::arg("part", part))).with_ref(part);
        require_open_whole(w.db(), *r, *row);
        add_void(op, *r, row->id, w.today(), reason);
        return op.commit();
    }
    throw Error(Exit::not_found, say("no assessment has a part {part}", fmt::arg("part", part)),
                tr("agency intake show NUMBER lists the parts"))
        .with_ref(part);
}

}  // namespace agency::intake
