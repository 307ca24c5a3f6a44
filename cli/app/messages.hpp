// Messages for people while an answer for programs is made.
#pragma once
#include <string>

namespace agency::cli {

class Invocation;

/// Asks on the terminal and waits for the answer. True without asking where --yes was given, nothing will be written,
/// or nobody is there to be asked.
bool confirmed(const Invocation& in, const std::string& question);

/// From now on Invocation::tell() says nothing, or speaks again.
void hold_messages(bool hold);
/// Whether anything would have been said since they were held.
bool messages_held();

}  // namespace agency::cli
