#include "base/error.hpp"
#include "fuzz/target.hpp"
#include "record/source.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        agency::parse_map(agency::fuzz::text(data, size), "map.toml");
    } catch (const agency::Error& e) {
        agency::fuzz::must(e.code == agency::Exit::usage);
    }
    return 0;
}
