// A fuzz target is one function; libFuzzer calls it (scripts/fuzz), and so does ctest for every file of the corpus.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace agency::fuzz {

inline std::string text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}
/// What must hold; both callers take an abort as a find.
inline void must(bool holds) {
    if (!holds) std::abort();
}

}  // namespace agency::fuzz
