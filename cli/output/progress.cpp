#include "output/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"

namespace agency::output {
namespace {

constexpr std::int64_t pause_ms = 100;
bool shown = false;

void tell(const std::string& text) {
    (void)!::write(STDERR_FILENO, text.data(), text.size());
}

int width() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

bool can_clear() {
    const char* term = std::getenv("TERM");
    return ::isatty(STDERR_FILENO) && term && *term && std::string_view(term) != "dumb";
}

}  // namespace

Progress::Progress(bool wanted) : wanted_(wanted && can_clear()) {}

Progress::~Progress() {
    clear();
}

void Progress::show(const std::string& text) {
    if (!wanted_) return;
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count();
    if (last_ != 0 && now - last_ < pause_ms) return;
    last_ = now;
    tell("\r\033[K" + truncate_cells(escape_controls(text), width() - 1));
    shown = true;
}

void Progress::clear() {
    if (shown) tell("\r\033[K");
    shown = false;
}

}  // namespace agency::output
