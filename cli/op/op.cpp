// Operations: what was done, taking it back, and the imports among them.
#include <charconv>

#include "app/invocation.hpp"
#include "app/messages.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "op/operations.hpp"
#include "op/undo.hpp"

namespace agency::cli {
namespace {

constexpr Argument operation_argument[] = {{"OPERATION", N_("Number of an operation, as agency op list shows it")}};
constexpr Argument operations_argument[] = {
    {"OPERATION", N_("Number of an operation; default the last one that stands"), false, true}};
constexpr Option undo_options[] = {{"batch", "NAME", N_("All imports of this batch, the last one first")}};
constexpr std::string_view show_examples[] = {"agency op show 12"};
constexpr std::string_view diff_examples[] = {"agency op diff 12"};
constexpr std::string_view list_examples[] = {"agency op list --limit 10", "agency op list --where 'actor = li'"};
constexpr std::string_view undo_examples[] = {"agency undo --dry-run", "agency undo 12", "agency undo --batch 2026-11"};
constexpr std::string_view import_examples[] = {"agency import list --where 'batch = 2026-11'"};

std::int64_t number(std::string_view text) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size() || id <= 0)
        throw Error(Exit::usage, say("\"{text}\" is not the number of an operation", fmt::arg("text", text)),
                    tr("agency op list shows the operations"));
    return id;
}

Outcome list(Invocation& in) {
    return Outcome::of(op::operations(in.workspace()));
}

Outcome show(Invocation& in) {
    return Outcome::of(op::operation(in.workspace(), number(in.argument(0))));
}

Outcome diff(Invocation& in) {
    return Outcome::of(op::difference(in.workspace(), all_records(), number(in.argument(0))));
}

/// A person who takes something back sees first what it is.
void ask(Invocation& in, std::int64_t id) {
    const auto row = op::operation(in.workspace(), id).rows;
    const auto text = [&](const char* key) { return row.cell(0, static_cast<std::size_t>(row.find(key))).text(); };
    if (!confirmed(in, say("take back operation {id} of {instant} by {actor}: {command}?", fmt::arg("id", id),
                           fmt::arg("instant", text("recorded_at")), fmt::arg("actor", text("actor")),
                           fmt::arg("command", text("command")))))
        throw Error(Exit::refused, tr("nothing was taken back: the answer was not yes"),
                    tr("--yes answers beforehand"));
}

Outcome undo(Invocation& in) {
    auto& w = in.workspace();
    if (in.has("batch") && !in.arguments.empty())
        throw Error(Exit::usage, tr("name operations or a batch, not both")).with_field("batch");
    std::vector<std::int64_t> targets;
    for (const auto& text : in.arguments) targets.push_back(number(text));
    if (in.has("batch"))
        targets = op::standing_of_batch(w.db(), in.get("batch"));
    else if (targets.empty())
        targets = {op::last_standing(w.db())};
    for (const auto id : targets) ask(in, id);
    return Outcome::of(op::undo(w, all_records(), std::move(targets), in.command_line));
}

Outcome imports(Invocation& in) {
    return Outcome::of(op::imports(in.workspace()));
}

constexpr Verb op_verbs[] = {
    {"list",
     N_("Every operation, the last one first"),
     list,
     {},
     {},
     list_examples,
     Needs::read,
     true,
     op::operations_columns},
    {"show", N_("One operation with its rows of the trail"), show, operation_argument, {}, show_examples, Needs::read},
    {"diff",
     N_("What one operation entered, changed or took back"),
     diff,
     operation_argument,
     {},
     diff_examples,
     Needs::read,
     true,
     op::difference_columns},
};
constexpr Verb undo_verbs[] = {{"undo", N_("Take an operation back by opposite facts; of an undo: bring it back"), undo,
                                operations_argument, undo_options, undo_examples, Needs::write}};
constexpr Verb import_verbs[] = {{"list",
                                  N_("Every import, the last one first"),
                                  imports,
                                  {},
                                  {},
                                  import_examples,
                                  Needs::read,
                                  true,
                                  op::imports_columns}};

}  // namespace

extern const Noun op_noun{"op", N_("Operations: who did what when"), op_verbs};
extern const Noun undo_noun{"undo", N_("Take an operation back"), undo_verbs};
extern const Noun import_noun{"import", N_("Imports and their batches"), import_verbs};

}  // namespace agency::cli
