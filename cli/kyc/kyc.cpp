#include "kyc/kyc.hpp"

#include "app/command.hpp"
#include "base/translate.hpp"

namespace agency::cli {
namespace {

constexpr const Record& (*parts[])() = {kyc::override_record};

}  // namespace

extern const Noun kyc_noun{.name = "kyc",
                           .summary = N_("What was found out of clients, and how they are rated"),
                           .record = kyc::record,
                           .rules = kyc::row_rules,
                           .parts = parts};

}  // namespace agency::cli
