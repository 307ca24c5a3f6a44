// A whole command line on a file that is not there: whatever is typed ends with one of the exit codes, and not as a
// bug.
#include <fcntl.h>
#include <unistd.h>

#include "app/router.hpp"
#include "app/words.hpp"
#include "base/error.hpp"
#include "fuzz/target.hpp"

namespace {

/// An empty folder as home, nothing to run, nothing to say.
bool alone() {
    char folder[] = "/tmp/agency-fuzz-XXXXXX";
    agency::fuzz::must(::mkdtemp(folder) && ::chdir(folder) == 0);
    for (const char* name : {"HOME", "PATH", "TMPDIR"}) ::setenv(name, folder, 1);
    for (const char* name : {"VISUAL", "EDITOR", "PAGER", "AGENCY_DB", "AGENCY_NOW", "XDG_CONFIG_HOME"})
        ::unsetenv(name);
    return true;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace agency;
    [[maybe_unused]] static const bool once = alone();
    std::vector<std::string> words;
    try {
        words = cli::words_of(fuzz::text(data, size));
    } catch (const Error& e) {
        fuzz::must(e.code == Exit::usage);
        return 0;
    }
    for (auto& word : words) {
        word.resize(std::min(word.size(), word.find('\0')));
        if (word.find('/') != word.npos) return 0;  // stays in its folder
    }
    static const int nothing = ::open("/dev/null", O_RDWR), out = ::dup(1), err = ::dup(2), in = ::dup(0);
    for (const int fd : {0, 1, 2}) ::dup2(nothing, fd);
    const int exit = cli::run(words);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(err, 2);
    fuzz::must(exit >= 0 && exit <= 10);
    return 0;
}
