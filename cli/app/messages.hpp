// Messages for people while an answer for programs is made.
#pragma once

namespace agency::cli {

/// From now on Invocation::tell() says nothing, or speaks again.
void hold_messages(bool hold);
/// Whether anything would have been said since they were held.
bool messages_held();

}  // namespace agency::cli
