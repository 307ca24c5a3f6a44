// `--fail-if COND` of reports.
#pragma once
#include "app/invocation.hpp"

namespace agency::cli {

/// Exit 1 when a totals row holds the condition; one row of zeros stands for none.
void fail_if(const Invocation& in, Outcome& outcome);
/// Exit 1 when any of the rows does.
void fail_if_row(const Invocation& in, Outcome& outcome);

}  // namespace agency::cli
