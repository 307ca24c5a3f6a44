#include "fuzz/rows.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return agency::fuzz::read_rows(agency::fuzz::text(data, size), agency::FileKind::xlsx);
}
