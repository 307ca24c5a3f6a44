#include "org/people.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "org/settings.hpp"
#include "record/import.hpp"

namespace agency::org {

People::People(Workspace& w) : db_(w.db()), actor_(w.actor()), references_(w.db(), w.today()) {
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
    return number_of(text);
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
