// 能力匹配: what the law asks of a house that takes business of a trade on, as far as the books can tell.
#pragma once
#include <string>
#include <vector>

#include "intake/intake.hpp"

namespace agency::intake {

/// Bookkeeping for others (代理记账, handbook §2.5, mark U: not checked against the text of the law): three full-time
/// people, and who leads it has the title of an accountant (setting intake.bookkeeping_titles, among the licences) or
/// worked in it for three years, of which only the years in the house are known. Sentences; empty when it holds, for
/// other trades, and where no employees are kept. Whoever has no assignment is taken to be full-time.
std::vector<std::string> capability_warnings(Workspace& w, const Intake& i, const AsOf& when);

}  // namespace agency::intake
