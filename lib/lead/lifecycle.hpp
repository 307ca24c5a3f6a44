// The states of a lead and the verbs between them (handbook §2.1).
#pragma once
#include "lead/lead.hpp"
#include "record/workflow.hpp"

namespace agency::lead {

extern const Workflow lifecycle;

}  // namespace agency::lead
