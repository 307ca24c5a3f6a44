#include "org/people.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "org/settings.hpp"
#include "record/import.hpp"

namespace agency::org {

std::string absence(db::Session& db, std::int64_t employee, Date day, Date today) {
    const auto row = find_row(db, employee::record(), employee, {});
    if (!row) return {};
    const auto e = to_struct<Employee>(employee::record(), *row);
    const bool gone = e.left_on && *e.left_on < day;
    if (!gone && !(e.hired_on && *e.hired_on > std::max(day, today))) return {};
    return say("{person} is not employed on {day}", fmt::arg("person", e.number), fmt::arg("day", to_string(day)));
}

People::People(Workspace& w) : db_(w.db()), today_(w.today()), actor_(w.actor()), references_(w.db(), w.today()) {
    asked_ = w.rules().text(people) != "any" && db_.integer("SELECT 1 FROM employee WHERE undone = 0 LIMIT 1");
}

std::int64_t People::id_of(std::string_view text) {
    const auto id = text.empty() ? 0 : references_.find(employee::record(), text);
    return id == RowRules::ambiguous ? 0 : id;
}

std::string People::number_of(std::string_view text) {
    const auto id = id_of(text);
    return id ? agency::number_of(db_, employee::record(), id) : std::string(text);
}

std::string People::fault(std::string_view text) {
    if (!asked_ || id_of(text)) return {};
    if (references_.find(employee::record(), text) == RowRules::ambiguous)
        return say("several employees are called {name}; write the number", fmt::arg("name", text));
    return say("{name} is no employee", fmt::arg("name", text));
}

std::string People::require(std::string_view field, std::string_view text) {
    if (auto why = fault(text); !why.empty())
        throw Error(Exit::not_found, std::string(field) + ": " + why,
                    say("name an employee by number or exact name (--{option}), or set org.people to any",
                        fmt::arg("option", field)))
            .with_rule("INT-009")
            .with_field(field);
    require_employed(field, text);
    return number_of(text);
}

std::string People::absent(std::string_view text, Date day) {
    const auto id = asked_ ? id_of(text) : 0;
    return id ? absence(db_, id, day, today_) : std::string();
}

void People::require_employed(std::string_view field, std::string_view text) {
    if (auto why = absent(text, today_); !why.empty())
        throw Error(Exit::refused, std::string(field) + ": " + why,
                    say("name somebody who is employed on that day (--{option})", fmt::arg("option", field)))
            .with_rule("INT-009")
            .with_field(field);
}

void People::check(ImportRow& row, const Record& r, std::string_view field, Date day, bool inherited) {
    Value& person = row.values[r.index(field)];
    const Value before = row.old ? row.old->values[r.index(field)] : Value{};
    if (!person || person == before) return;
    std::string& kept = kept_[r.field(field).key];
    kept = number_of(person.s);
    const auto named = std::exchange(person, Value::of(std::string_view(kept)));
    if (before && number_of(before.s) == kept) return;
    if (auto why = inherited ? std::string() : fault(named.s); !why.empty())
        row.report(
            {.field = std::string(field), .rule = "INT-009", .message = std::move(why), .code = Exit::not_found});
    else if (auto gone = absent(named.s, day); !gone.empty())
        row.problem(field, "INT-009", std::move(gone));
}

bool People::same(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return false;
    return match_form(number_of(a)) == match_form(number_of(b));
}

std::string People::not_his(std::string_view person) {
    if (actor_.empty() || same(actor_, person) || references_.find(employee::record(), actor_) == 0) return {};
    return say("{actor} decides under no other name, and not for {person}", fmt::arg("actor", actor_),
               fmt::arg("person", person));
}

std::string People::decider(std::string_view field, std::string_view text, std::string_view rule) {
    auto person = require(field, text.empty() ? actor_ : text);
    if (auto why = not_his(person); !why.empty())
        throw Error(Exit::refused, std::move(why),
                    say("who decides runs the command: --actor {person}", fmt::arg("person", person)))
            .with_rule(rule)
            .with_field(field);
    return person;
}

void People::note_entered(Operation& op, std::string_view noun, std::int64_t record, std::string_view decider) {
    if (!same(actor_, decider))
        op.audit("enter", noun, record, "", json_of({{"decided_by", std::string(decider)}, {"entered_by", actor_}}));
}

}  // namespace agency::org
