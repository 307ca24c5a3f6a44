// Runs a target over the files named on the command line: every find that was kept stays found.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "fuzz/target.hpp"

int main(int count, char** names) {
    for (int i = 1; i < count; ++i) {
        std::ifstream file(names[i], std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        if (!file) return std::fprintf(stderr, "%s cannot be read\n", names[i]), 2;
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    return count > 1 ? 0 : 2;
}
