#include "report/project_outcome.hpp"

#include "billing/project_billing.hpp"
#include "cost/facts.hpp"
#include "progress/earned_value.hpp"
#include "report/project_lines.hpp"

namespace agency {
namespace {

void add(ProjectOutcome& o, Workspace& w, progress::Basis& basis, const Project& p) {
    const auto fees = cost::official_fees_of_project(basis.db, p.id.value, p.currency, beginning, basis.when);
    const auto spent = add_checked(progress::actual_cost(basis, p), -fees);
    const bool closed = p.status == Project::Status::closed;
    o.closed = o.closed && closed;
    o.spent = add_checked(o.spent, spent);
    const auto value = progress::find_earned_value(w.rules(), basis, p.id.value);
    const auto bac = value ? value->inputs.bac : 0, earned = closed ? bac : value ? value->inputs.ev : 0;
    o.bac = add_checked(o.bac, bac);
    o.earned = add_checked(o.earned, earned);
    if (closed)
        o.cost = add_checked(o.cost, spent);
    else if (earned > 0)
        o.cost = add_checked(o.cost, mul_div_half_up(spent, bac, earned));
    else
        o.begun = false;
}

}  // namespace

std::map<std::int64_t, ProjectOutcome> project_outcomes(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    std::map<std::int64_t, ProjectOutcome> out;
    progress::Basis basis(db, when);
    for (const Project& p : projects_of(db, {}, when)) {
        if (!p.contract || p.status == Project::Status::cancelled) continue;
        const auto row = find_row(db, contract::record(), p.contract.value, when);
        if (row && to_struct<Contract>(contract::record(), *row).currency == p.currency)
            add(out[p.contract.value], w, basis, p);
    }
    if (out.empty()) return out;
    for (const auto& of : billing::billed_by_contract(db, when, beginning, when.day))
        if (const auto it = out.find(of.contract); it != out.end())
            it->second.billed = add_checked(it->second.billed, of.billed.net);
    return out;
}

}  // namespace agency
