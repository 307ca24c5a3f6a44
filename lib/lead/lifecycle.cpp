#include "lead/lifecycle.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency::lead {
namespace {

using enum Lead::Status;

constexpr std::uint8_t to(Lead::Status s) {
    return static_cast<std::uint8_t>(s);
}

/// INT-017: what became of it is told by its assessment, while there is one.
void require_idle(const Move& m) {
    auto why = at_work(m.op.db(), m.row.id);
    if (why.empty()) return;
    const auto code = m.row.values[record().index("code")].s;
    throw Error(Exit::refused, say("lead {code}: {why}", fmt::arg("code", code), fmt::arg("why", why)),
                tr("agency intake lose NUMBER --reason TEXT, or withdraw"))
        .with_rule("INT-017")
        .with_ref(std::string(code));
}

constexpr Transition transitions[] = {
    {"qualify", states_of({Lead::Status::lead}), to(opportunity), N_("There is business in it")},
    {"lose", states_of({Lead::Status::lead, opportunity}), to(lost), N_("Somebody else has got it"),
     N_("no assessment of it is open or taken on"), require_idle, true},
    {"withdraw", states_of({Lead::Status::lead, opportunity}), to(withdrawn),
     N_("The client does not want it any more"), N_("no assessment of it is open or taken on"), require_idle, true},
    {"revive", states_of({lost, withdrawn}), to(Lead::Status::lead), N_("It has come back"), "", nullptr, true},
};

}  // namespace

constexpr Workflow lifecycle{record, transitions, "INT-007"};

}  // namespace agency::lead
