#include "refund/refund.hpp"

#include "app/command.hpp"
#include "base/translate.hpp"

namespace agency::cli {

extern const Noun refund_noun{"refund", N_("Money paid back"), {}, refund::record, refund::row_rules};

}  // namespace agency::cli
