#include "project/mspdi.hpp"

#include "base/error.hpp"
#include "fuzz/target.hpp"

/// What is read as a plan is rows of as many columns as the header has; anything else is refused.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string rows;
    try {
        rows = agency::project::rows_of_mspdi(agency::fuzz::text(data, size), "plan.xml");
    } catch (const agency::Error& e) {
        agency::fuzz::must(e.code == agency::Exit::rejected);
        return 0;
    }
    int commas = 0;
    bool quoted = false;
    for (const char c : rows) {
        quoted = quoted != (c == '"');
        commas += !quoted && c == ',';
        if (quoted || c != '\n') continue;
        agency::fuzz::must(commas == 9);
        commas = 0;
    }
    agency::fuzz::must(!quoted && commas == 0);
    return 0;
}
