// The states of an assessment and the verbs between them (handbook §2.1). Reopening is no transition: it makes a new
// version.
#pragma once
#include "intake/intake.hpp"
#include "record/workflow.hpp"

namespace agency::intake {

extern const Workflow lifecycle;

}  // namespace agency::intake
