// A lifecycle is a table: states, and the named transitions between them. The table is what is enforced, what an error
// lists, what the manual prints and what the tests walk.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "record/store.hpp"

namespace agency {

/// A transition on its way: the row as it is in force, the day from which it shall be in the new state, and why.
struct Move {
    Operation& op;
    const Row& row;
    Date day;
    std::string_view reason;
};

struct Transition {
    std::string_view verb;                 ///< `suspend`
    std::uint32_t from;                    ///< one bit a state, see states_of()
    std::uint8_t to;                       ///< index of a state in the field's words
    const char* summary;                   ///< one line, translated when printed
    const char* guard = "";                ///< what must hold, one line, translated when printed; empty: nothing
    void (*check)(const Move&) = nullptr;  ///< throws Error(refused) when it does not; may write what goes with it
    bool reasoned = false;                 ///< needs a reason
};

/// The lifecycle of a record by its dated choice field.
struct Workflow {
    const Record& (*record)();
    std::span<const Transition> transitions;
    std::string_view rule;  ///< of an illegal transition
    std::string_view field = "status";
    std::uint32_t void_from = ~0U;  ///< the states in which a record may be voided
};

/// The set of these states.
template <class State>
constexpr std::uint32_t states_of(std::initializer_list<State> states) {
    std::uint32_t bits = 0;
    for (const State s : states) bits |= 1U << static_cast<std::uint32_t>(s);
    return bits;
}

/// Takes one step from `day` on (default today). Error(refused) with the legal verbs when the state has no such
/// transition, or when a later one is recorded already; Error(usage) when a reason is missing.
void move(Workspace& w, const Workflow& flow, std::string_view number, std::string_view verb, std::optional<Date> day,
          std::string_view reason, std::string_view command);

/// Error(refused), with the legal verbs, in a state in which the record is not voided.
void require_voidable(const Workflow& flow, const Row& row, std::string_view number);

/// The table itself: from, verb, to, guard; one row a state and verb.
Report workflow_table(const Workflow& flow);
std::vector<GridColumn> workflow_columns();

}  // namespace agency
