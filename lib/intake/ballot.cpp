#include "intake/ballot.hpp"

namespace agency::intake {

std::int64_t needed(const Ballot& b, Majority m, const Share& special) {
    const auto n = b.eligible();
    switch (m) {
        case Majority::ordinary:
            return n / 2 + 1;
        case Majority::special:
            return (special.part * n + special.whole - 1) / special.whole;
        case Majority::unanimous:
            return n;
    }
    return n;
}

bool quorate(const Ballot& b) {
    return b.eligible() > 0 && 2 * b.present() > b.eligible();
}

bool escalates(const Ballot& b) {
    return b.eligible() < 3;
}

Outcome count(const Ballot& b, Majority m, const Share& special) {
    if (escalates(b)) return Outcome::escalated;
    if (!quorate(b)) return Outcome::no_quorum;
    return b.in_favour >= needed(b, m, special) ? Outcome::passed : Outcome::not_passed;
}

bool open(const Ballot& b, Majority m, const Share& special) {
    const auto n = needed(b, m, special);
    return b.in_favour < n && b.in_favour + b.eligible() - b.present() >= n;
}

}  // namespace agency::intake
