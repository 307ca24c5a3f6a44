// What the user sees: answers on standard output, errors on standard error.
#pragma once
#include <string>
#include <string_view>

#include "app/invocation.hpp"

namespace agency {
class Error;
}

namespace agency::cli {

/// Cells of the terminal on standard output; 0: it is none.
int terminal_width();

/// A text to standard output, as it is.
void print(std::string_view text);

/// What a verb answered, shaped and written as the options say, by way of a pager where one is wanted. Error(usage)
/// when
/// --output is the data file.
void print_outcome(const Invocation& in, Outcome& outcome);

/// The one error of a command to standard error, as a sentence with its hint or as one JSON object; answers its exit
/// code.
int report_error(const Error& e, bool json);

}  // namespace agency::cli
