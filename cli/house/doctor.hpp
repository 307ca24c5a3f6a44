// agency doctor: whether the place where the data file lives is as it should be.
#pragma once
#include "app/command.hpp"

namespace agency::cli {

Outcome doctor(Invocation& in);
/// Of its answer.
std::vector<GridColumn> doctor_columns();

}  // namespace agency::cli
