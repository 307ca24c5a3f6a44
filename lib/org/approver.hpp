// Who may approve: the authority rows of job descriptions in force, resolved by position (handbook 1.5, invariant 9).
#pragma once
#include <string>
#include <vector>

#include "org/check.hpp"

namespace agency::org {

struct Request {
    std::string action;                  ///< as the authority rows have it: approve, spend, hire, discount, seal …
    std::optional<std::int64_t> amount;  ///< nothing: no amount is at stake
    Currency currency{};                 ///< of the amount; limits in others do not cover it, and nothing is converted
    std::string department;              ///< code; empty: none
    std::int64_t requester = 0;          ///< employee who asks, and never approves himself; 0: nobody in particular
    std::int64_t function = 0;           ///< only authorities for it, or for all; 0: any
    std::vector<std::int64_t> apart{};   ///< employees who prepared it, and do not approve it either
};

/// A position that was looked at, in the order of looking.
struct Step {
    std::int64_t position = 0;
    std::optional<std::int64_t> limit;  ///< nothing: without limit
    Currency currency;
    std::string verdict;  ///< a sentence
};

struct Approver {
    std::int64_t position = 0;  ///< 0: nobody
    Holder holder;
    bool authorized = false;  ///< some position has such an authority by a job description in force
    std::vector<Step> steps;
};

/// The lowest position whose authority suffices and which somebody holds: with a requester, up his line of reporting;
/// else among all, the smallest limit first. An acting holder approves up to his own limit; who is on leave that day is
/// passed over for who acts, else for the next position. Never throws.
Approver find_approver(Workspace& w, const Chart& chart, const AsOf& when, const Request& request);
/// Error(refused, ORG-040) that says why nobody was found.
Error nobody_found(const Chart& chart, const Request& request, const Approver& found);
/// Who approves; throws that error.
Approver get_approver(Workspace& w, const Chart& chart, const AsOf& when, const Request& request);

/// Who must approve where a job description in force has such an authority at all; nothing where none has.
/// Error(refused, ORG-040) when nobody's suffices. A requester without a position has no line; then it is anybody but
/// him.
std::optional<Approver> required_approver(Workspace& w, const Chart& chart, const AsOf& when, const Request& request);

/// One row: position, title, employee, name, kind, limit; with `explain` one row a step.
Report approver_report(const Chart& chart, const AsOf& when, const Request& request, const Approver& found,
                       bool explain);
std::vector<GridColumn> approver_columns();

}  // namespace agency::org
