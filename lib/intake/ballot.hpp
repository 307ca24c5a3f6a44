// 集体决策 in figures (handbook §2.3; Company Law art. 73, 124, 185): who may vote, whether enough did, whether it
// passed.
#pragma once
#include <cstdint>

namespace agency::intake {

/// What a matter needs of all that may vote: more than half, two thirds, or every one.
enum class Majority : std::uint8_t { ordinary, special, unanimous };

struct Ballot {
    std::int64_t voting = 0;   ///< members with a vote on the day
    std::int64_t recused = 0;  ///< of them: out of quorum and denominator
    std::int64_t in_favour = 0, against = 0, abstained = 0;

    std::int64_t eligible() const { return voting - recused; }
    std::int64_t present() const { return in_favour + against + abstained; }
};

/// What a special matter needs of the eligible (D).
struct Share {
    std::int64_t part = 2, whole = 3;
};
/// Votes for that a matter needs: floor(N/2)+1, the share rounded up, or N of the eligible. Abstentions count in N.
std::int64_t needed(const Ballot& b, Majority m, const Share& special = {});
/// More than half of the eligible are there.
bool quorate(const Ballot& b);
/// Fewer than three members may vote, whatever the reason: the shareholders decide.
bool escalates(const Ballot& b);

enum class Outcome : std::uint8_t { passed, not_passed, no_quorum, escalated };
Outcome count(const Ballot& b, Majority m, const Share& special = {});
/// Who has not voted yet may still carry it.
bool open(const Ballot& b, Majority m, const Share& special = {});

}  // namespace agency::intake
