// What the exit code of a failed call of the system is.
#pragma once
#include "base/error.hpp"

namespace agency {

/// By an errno: denied where permission is, else outside. reason_of() says why.
Exit exit_of(int error_number);

}  // namespace agency
