// The engine's memory. Debian builds SQLite without its own pool (OMIT_LOOKASIDE), and parsing a schema and a few
// statements asks for thousands of small pieces that live for moments.
#pragma once

namespace agency::sqlite {

/// Gives the engine pieces of up to 1 KiB from lists by size, the rest from malloc. Small pieces are used again, never
/// returned. Each thread has lists of its own. To be called before the engine is used. Does nothing in a sanitized
/// build, which is to see every piece.
void set_up_memory();

}  // namespace agency::sqlite
