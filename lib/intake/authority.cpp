#include "intake/authority.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/approver.hpp"
#include "org/people.hpp"

namespace agency::intake {

std::vector<AuthorityStep> require_authority(Workspace& w, const Assessment& a, std::string_view decider) {
    const Intake& i = a.intake;
    org::People people(w);
    const AsOf today{w.today()};
    const org::Chart chart(w, today);
    org::Request request{
        .action = a.policy.authority, .amount = i.amount, .currency = i.currency, .requester = people.id_of(i.owner)};
    if (const auto id = people.id_of(i.assessor)) request.apart.push_back(id);
    for (const auto& s : a.scores)
        if (const auto id = people.id_of(s.assessor)) request.apart.push_back(id);
    const auto found = org::required_approver(w, chart, today, request);
    if (!found) return {};
    std::vector<AuthorityStep> steps;
    std::string why;
    for (const auto& s : found->steps) {
        steps.push_back({chart.code(s.position), s.verdict, s.position == found->position});
        why += (why.empty() ? "" : "; ") + steps.back().position + ": " + s.verdict;
    }
    if (found->holder.employee == people.id_of(decider)) return steps;
    throw Error(Exit::refused,
                say("intake {number}: {name} decides on this amount, not {person}", fmt::arg("number", i.number),
                    fmt::arg("name", org::name_of(chart, found->holder)), fmt::arg("person", decider)),
                std::move(why))
        .with_rule("ORG-040")
        .with_ref(i.number);
}

}  // namespace agency::intake
