// Manual pages from the tables.
#pragma once
#include "app/command.hpp"

namespace agency::cli {

Outcome manual(Invocation& in);
/// The page of a noun; `agency` is the program's own.
std::string manual_page(std::string_view noun);

}  // namespace agency::cli
