#include "app/router.hpp"

// Nothing here uses std::cout and its kin, but two libraries include <iostream>, whose static object makes eight
// streams and a locale at each start. In the static link its constructor and destructor are these (-Wl,--wrap).
extern "C" {
void __wrap__ZNSt8ios_base4InitC1Ev(void*) {}  // NOLINT
void __wrap__ZNSt8ios_base4InitD1Ev(void*) {}  // NOLINT
}

int main(int argc, char** argv) {
    return agency::cli::run({argv + 1, argv + argc});
}
