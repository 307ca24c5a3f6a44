// The verbs that take a contract from one state to another.
#pragma once
#include "contract/contract.hpp"
#include "record/workflow.hpp"

namespace agency::contract {

extern const Workflow lifecycle;

}  // namespace agency::contract
