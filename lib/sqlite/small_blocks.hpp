// The memory of the engine's small pieces.
#pragma once

namespace agency::sqlite {

/// Before the engine's first use: pieces up to half a kilobyte come from lists of free ones, a list for each size and
/// thread, and go back to the list of the thread that lets them go. The engine asks for thousands in a command of
/// milliseconds, and Debian builds it without its own lists of that kind ("lookaside"). What a list has stays with it
/// until the program ends. Not in a sanitized build, which watches each piece.
void use_small_blocks();

}  // namespace agency::sqlite
