#include "app/router.hpp"

int main(int argc, char** argv) {
    return agency::cli::run({argv + 1, argv + argc});
}
