#include "lead/lifecycle.hpp"

#include "base/translate.hpp"

namespace agency::lead {
namespace {

using enum Lead::Status;

constexpr std::uint8_t to(Lead::Status s) {
    return static_cast<std::uint8_t>(s);
}

constexpr Transition transitions[] = {
    {"qualify", states_of({Lead::Status::lead}), to(opportunity), N_("There is business in it")},
    {"lose", states_of({Lead::Status::lead, opportunity}), to(lost), N_("Somebody else has got it"), "", nullptr, true},
    {"withdraw", states_of({Lead::Status::lead, opportunity}), to(withdrawn),
     N_("The client does not want it any more"), "", nullptr, true},
    {"revive", states_of({lost, withdrawn}), to(Lead::Status::lead), N_("It has come back"), "", nullptr, true},
};

}  // namespace

constexpr Workflow lifecycle{record, transitions, "INT-007"};

}  // namespace agency::lead
