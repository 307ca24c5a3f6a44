#include "record/workflow.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"

namespace agency {
namespace {

bool leaves(const Transition& t, std::int64_t state) {
    return (t.from >> state & 1U) != 0;
}

std::string legal_verbs(const Workflow& flow, std::int64_t state) {
    std::string out;
    for (const Transition& t : flow.transitions)
        if (leaves(t, state)) out += (out.empty() ? "" : ", ") + std::string(t.verb);
    return out;
}

}  // namespace

void require_voidable(const Workflow& flow, const Row& row, std::string_view number) {
    const Record& r = flow.record();
    const auto state = row.values[r.index(flow.field)].n;
    if (flow.void_from >> state & 1U) return;
    const auto word = r.field(flow.field).words[static_cast<std::size_t>(state)].word;
    const auto legal = legal_verbs(flow, state);
    throw Error(Exit::refused,
                say("{noun} {number} is {state} and is not voided any more", fmt::arg("noun", called(r)),
                    fmt::arg("number", number), fmt::arg("state", word)),
                legal.empty() ? std::string(tr("no step leads on from it"))
                              : say("legal from {state}: {verbs}", fmt::arg("state", word), fmt::arg("verbs", legal)))
        .with_rule(flow.rule)
        .with_ref(number);
}

void move(Workspace& w, const Workflow& flow, std::string_view number, std::string_view verb, std::optional<Date> day,
          std::string_view reason, std::string_view command) {
    const Record& r = flow.record();
    const Field& f = r.field(flow.field);
    const auto at = r.index(flow.field);
    const auto it =
        std::find_if(flow.transitions.begin(), flow.transitions.end(), [&](const auto& t) { return t.verb == verb; });
    if (it == flow.transitions.end()) throw Error(Exit::bug, std::string(verb) + " is no transition");
    if (it->reasoned && reason.empty())
        throw Error(Exit::usage, say("{verb} needs a reason", fmt::arg("verb", verb)), tr("add --reason TEXT"))
            .with_field("reason");
    Operation op(w, fmt::format("{}.{}", r.noun, verb), number, command);
    const auto from = day.value_or(w.today());
    const auto row = get_row(w.db(), r, number, AsOf{from}), last = get_row(w.db(), r, number, {});
    const auto noun = called(r);
    const auto refuse = [&](std::string message, std::string hint) {
        return Error(Exit::refused, std::move(message), std::move(hint)).with_rule(flow.rule).with_ref(number);
    };
    if (last.voided_on)
        throw refuse(say("{noun} {number} is voided", fmt::arg("noun", noun), fmt::arg("number", number)), {});
    const auto word = f.words[static_cast<std::size_t>(row.values[at].n)].word;
    if (const auto later = later_change(w.db(), r, row.id, flow.field, from))
        throw refuse(say("{noun} {number} has a later state already, of {day}", fmt::arg("noun", noun),
                         fmt::arg("number", number), fmt::arg("day", to_string(*later))),
                     tr("give a later --effective DAY"));
    if (!leaves(*it, row.values[at].n)) {
        const auto legal = legal_verbs(flow, row.values[at].n);
        throw refuse(say("{noun} {number} is {state}: {verb} is not possible", fmt::arg("noun", noun),
                         fmt::arg("number", number), fmt::arg("state", word), fmt::arg("verb", verb)),
                     legal.empty()
                         ? std::string(tr("no step leads on from it"))
                         : say("legal from {state}: {verbs}", fmt::arg("state", word), fmt::arg("verbs", legal)));
    }
    if (it->check) it->check({op, row, from, reason});
    add_change(op, r, row.id, f, Value::of(std::int64_t{it->to}), from);
    if (!reason.empty()) op.audit(verb, r.noun, row.id, "", json_of("reason", std::string(reason)));
    op.commit();
}

std::vector<GridColumn> workflow_columns() {
    return {{"from", CellType::text, "From", "原状态"},
            {"verb", CellType::text, "Verb", "动作"},
            {"to", CellType::text, "To", "新状态"},
            {"reason", CellType::flag, "Reason", "须说明原因"},
            {"guard", CellType::text, "Guard", "条件"}};
}

Report workflow_table(const Workflow& flow) {
    Report report;
    report.name = N_("workflow");
    report.rows.columns = workflow_columns();
    const Field& f = flow.record().field(flow.field);
    for (std::size_t state = 0; state < f.words.size(); ++state)
        for (const Transition& t : flow.transitions) {
            if (!leaves(t, static_cast<std::int64_t>(state))) continue;
            report.rows.add_constant(f.words[state].word);
            report.rows.add_text(t.verb);
            report.rows.add_constant(f.words[t.to].word);
            report.rows.add_flag(t.reasoned);
            report.rows.add_text(*t.guard ? tr(t.guard) : "");
        }
    return report;
}

}  // namespace agency
