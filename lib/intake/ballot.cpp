#include "intake/ballot.hpp"

namespace agency::intake {

std::int64_t needed(const Ballot& b, Majority m) {
    const auto n = b.eligible();
    switch (m) {
        case Majority::ordinary:
            return n / 2 + 1;
        case Majority::special:
            return (2 * n + 2) / 3;
        case Majority::unanimous:
            return n;
    }
    return n;
}

bool quorate(const Ballot& b) {
    return b.eligible() > 0 && 2 * b.present() > b.eligible();
}

bool escalates(const Ballot& b) {
    return b.recused > 0 && b.eligible() < 3;
}

Outcome count(const Ballot& b, Majority m) {
    if (escalates(b)) return Outcome::escalated;
    if (!quorate(b)) return Outcome::no_quorum;
    return b.in_favour >= needed(b, m) ? Outcome::passed : Outcome::not_passed;
}

}  // namespace agency::intake
